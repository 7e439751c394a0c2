"""What docs/app.md and docs/data.md say of the app is what its code does: settings, pages, addresses, keys, bytes."""

import re
from pathlib import Path

import numpy as np
import pytest

from model import tables
from viz import data, url
from viz.parts.keys import SHORTCUTS
from viz.runs import watch
from viz.settings import PREFIX, Settings
from viz.shown import MEASURES, columns
from viz.view import PAGES

ROOT = Path(__file__).resolve().parents[2]
APP, DATA = ((ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("app.md", "data.md"))
MADE = {  # defaults that are made when the server starts
    "results": "`app` in `CALLSHEET_CACHE`", "secret": "drawn at the start", "root_path": "none",
}
SECRET = "what sessions are signed with"


def rows(text, heading):
    """The rows of the first table below a heading, without its head; cells without blanks around them."""
    below = text.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = re.search(r"(?:^\|.*\n)+", below, re.MULTILINE)[0].splitlines()[2:]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def setting_row(name):
    """A setting as the table has it."""
    field = Settings.model_fields[name]
    ends = {each: getattr(rule, each) for rule in field.metadata for each in ("ge", "le") if hasattr(rule, each)}
    default = MADE.get(name) or (str(field.default).lower() if isinstance(field.default, bool) else f"{field.default}")
    allowed = f"{ends['ge']:,} to {ends['le']:,}" if ends else _in_words(field)
    return [f"`{PREFIX}{name.upper()}`", default, allowed, field.description or SECRET]


def _in_words(field):
    if field.annotation is bool:
        return "true or false"
    if any(getattr(rule, "min_length", None) for rule in field.metadata):
        return "16 characters or more"
    if any(getattr(rule, "pattern", None) for rule in field.metadata):
        return "/name, as often as needed"
    return "any"


@pytest.mark.parametrize("name", Settings.model_fields)
def test_a_setting_stands_in_the_table_with_its_default_and_bounds(name):
    assert setting_row(name) in rows(APP, "Settings"), f"docs/app.md needs | {' | '.join(setting_row(name))} |"


def test_the_table_of_settings_has_no_other_row():
    assert [row[0] for row in rows(APP, "Settings")] == [f"`{PREFIX}{name.upper()}`" for name in Settings.model_fields]


def test_every_setting_that_a_document_names_exists():
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    elsewhere = ("CACHE", "CACHE_LIMIT", "CHROMIUM", "MEASURED", "SHOTS")  # of the model, and of tests
    others = {f"{PREFIX}{name}" for name in elsewhere}
    for path in (*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"):
        named = set(re.findall(rf"{PREFIX}[A-Z_]+", path.read_text(encoding="utf-8")))
        assert named <= known | others, f"{path.name}: {', '.join(sorted(named - known - others))}"


def test_every_page_is_described_in_the_order_of_the_menu():
    assert [row[:2] for row in rows(APP, "Pages")] == [
        [label, f"`{page or './'}`"] for page, label in PAGES.items() if page != "story"
    ] + [["Story", "`story`"]]


def test_addresses_that_are_shown_need_nothing_set_right():
    block = APP.split("## The address is the state")[1].split("```")[1]
    shown = block.split()
    assert len(shown) > 4
    for each in shown:
        page, _, query = each.partition("?")
        view, notices = url.read(page, query)
        assert not notices, f"{each}: {notices[0].text}"
        assert url.read(*url.write(view).split("?"))[0] == view


def test_every_key_of_an_address_is_described():
    said = {key for row in rows(APP, "The address is the state") for key in re.findall(r"`([a-z]+\d?)`", row[0])}
    assert {"s", "vs", "n", "w", "m", "v", *url.EXTRA} - {"down"} <= said
    for old, new in url.OLD_NAMES.items():
        assert f"`{old}`" in APP
        assert new in said or new.startswith("lever.")


def test_limits_of_an_address_are_those_of_the_code():
    assert f"at most {url.LONGEST:,}" in " ".join(APP.split())
    assert f"{url.MOST_PARTS} keys, a value at most {url.LONGEST_VALUE} characters" in " ".join(APP.split())
    assert f"futures, 1 to {Settings.model_fields['futures'].default} unless" in APP


def test_every_shortcut_is_in_the_table():
    assert rows(APP, "Keyboard") == [[each.shown, each.says] for each in SHORTCUTS if each.says]


def test_series_map_and_states_are_documented_in_their_order():
    assert [row[1] for row in rows(DATA, "series")] == [f"`{name}`" for name in MEASURES]
    assert [row[0] for row in rows(DATA, "series")] == [str(at) for at in range(len(MEASURES))]
    assert [row[1] for row in rows(DATA, "map")] == [f"`{name}`" for name in watch.ON_MAP]
    assert [row[:2] for row in rows(DATA, "board")] == [[str(at), name] for at, name in enumerate(watch.COLUMNS)]
    assert f"plus {watch.WITH_AI} " in DATA
    assert f"weeks × {len(columns())}: " in DATA


def test_the_reader_that_is_shown_reads_what_a_run_writes(tmp_path):
    """The code block of docs/data.md, on weeks written as a run writes them."""
    code = re.search(r"```python\n(.*?)```", DATA, re.DOTALL)[1]
    names = {}
    exec(code, names)  # noqa: S102 - the text is ours
    districts, crafts = len(tables.rows("districts.csv")), len(tables.crafts().names)
    assert names["DISTRICTS"] == districts
    assert names["FIGURES"] == len(columns()) == len(MEASURES) + crafts
    figures = np.arange(3 * len(columns()), dtype="<f8")
    assert names["series"](figures.tobytes()).shape == (3, len(columns()))
    assert names["on_map"](np.zeros(2 * 4 * districts, "<i4").tobytes()).shape == (2, 4, districts)
    new = [5 | 3 << 20 | 7 << 25, 9 | (crafts - 1) << 20 | (districts - 1) << 25]
    words = np.array([2, 2, *new, 5 | 1 << 20 | 3 << 24, 9 | 12 << 20 | (crafts - 1) << 24,
                      0, 1, 5 | 0 << 20 | 3 << 24], "<u4")  # fmt: skip
    weeks = list(names["board"](words.tobytes()))
    assert weeks == [
        ([(5, 3, 7), (9, crafts - 1, districts - 1)], [(5, 1, 3), (9, 12, crafts - 1)]),
        ([], [(5, 0, 3)]),
    ]
    (tmp_path / "board.bin").write_bytes(words.tobytes())
    np.array([0, 24, 36], "<u8").tofile(tmp_path / "board.idx")
    assert list(names["board"](data.board(tmp_path, 0, 2, 1, -1))) == weeks
    assert list(names["board"](data.board(tmp_path, 1, 2, 10, -1))) == [([], [])]
    assert len(list(names["board"](data.board(tmp_path, 0, 2, 1, 3)))) == 2
