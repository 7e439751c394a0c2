"""YAML from anyone is read plainly, within bounds, and what is wrong is said with its line."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from model.errors import CallSheetError
from model.safe_yaml import MOST_BYTES, read_yaml
from tests.pace import quiet_seconds


def test_plain_values_are_read_as_people_mean_them():
    text = "a: 1\nb: 2.5\nc: [1, -2]\nd: {e: yes}\nf: true\ng:\n"
    text += "h: 2025-07-01\ni: 1e6\nj: '3'\nk: 1_000\nl: 010\n"
    assert read_yaml(text) == {
        "a": 1, "b": 2.5, "c": [1, -2], "d": {"e": "yes"}, "f": True, "g": None,
        "h": date(2025, 7, 1), "i": 1e6, "j": "3", "k": 1000, "l": "010",
    }  # fmt: skip


@pytest.mark.parametrize("text", ["1_", "1__0", "1_.5", "1_e3", "_1", "1.5_"])
def test_what_is_not_quite_a_number_is_a_word(text):
    assert read_yaml(f"a: {text}") == {"a": text}


def test_a_file_is_read_by_path_and_by_name(tmp_path):
    file = tmp_path / "case.yaml"
    file.write_text("a: 1\n", encoding="utf-8")
    assert read_yaml(file) == read_yaml(str(file)) == read_yaml(b"a: 1") == {"a": 1}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x [1]\nb: *x\n", "line 1: anchors and aliases"),
        ("b: *x\n", "anchors"),
        ("a: 1\nb: !!python/object/apply:os.system [ls]\n", "line 2: tags"),
        ("a: !x 1\n", "line 1: tags"),
        ("a: 1\nb: 2\na: 3\n", "line 3: the key a is already there"),
        ("[" * 13 + "]" * 13, "deeper than 12"),
        ("a: 1\n---\nb: 2\n", "second document"),
        ("a: [1, 2\n", "not YAML"),
        ("a: 2025-02-30\n", "line 1: 2025-02-30 is not a day of the calendar"),
        ("a: .inf\n", "finite"),
        ("a: 1e999\n", "too large"),
        ("a: " + "9" * 50, "50 characters"),
        ("? [1]\n: 2\n", "cannot be a key"),
        ("a: 1\n\x00", "not YAML"),
    ],
)
def test_what_is_refused_is_said_with_its_line(text, said):
    with pytest.raises(CallSheetError, match="the text") as caught:
        read_yaml(text)
    assert said in str(caught.value)


def test_a_yaml_bomb_is_refused_at_once():
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))

    def refused():
        with pytest.raises(CallSheetError, match="anchors"):
            read_yaml(bomb)

    assert quiet_seconds(refused, 1) < 0.1


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    file = tmp_path / "large.yaml"
    file.write_bytes(b"#" * (MOST_BYTES + 1))
    with pytest.raises(CallSheetError, match="larger than 256 KiB"):
        read_yaml(file)


def test_a_missing_file_a_folder_and_foreign_bytes_are_sentences(tmp_path):
    (tmp_path / "binary.yaml").write_bytes(b"\xff\xfe\x00")
    for name in ("missing.yaml", "binary.yaml", ""):
        with pytest.raises(CallSheetError) as caught:
            read_yaml(tmp_path / name)
        assert str(tmp_path.parent) not in str(caught.value), "no path of this machine in a sentence"


words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=20)
keys = st.from_regex("[a-z]{1,8}", fullmatch=True)
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats(-1e9, 1e9) | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=20,
)


@given(plain)
def test_what_a_program_writes_is_read_back(value):
    written = yaml.safe_dump({"held": value}, allow_unicode=True)
    if "&id" not in written:
        assert read_yaml(written) == {"held": value}


@given(st.text(max_size=200))
def test_any_text_is_a_value_or_a_sentence(text):
    with contextlib.suppress(CallSheetError):
        read_yaml(text)
