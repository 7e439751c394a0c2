"""The Method page says of mechanisms switched off what the kept result holds, and only what is sure."""

import copy

import pytest

from experiments.facts.mechanisms import MEASURES, kept, read
from experiments.scars.switches import SWITCHES
from model.digest import model_digest
from tests.unit.viz.seen import Seen
from viz.fragments import sections
from viz.pages.method import mechanisms, reality


def found_of(**values):
    """A result in which every mechanism has 0.5 in each of three futures, but for those given."""
    given = {switch.name: [0.5, 0.51, 0.49] for switch in SWITCHES} | values  # the same luck in each future
    runs = [{"mechanism": name, "future": future, **dict.fromkeys(MEASURES, value)}
            for name, each in given.items() for future, value in enumerate(each)]
    return kept(runs, 0.2, 1.0)


def shown(found):
    return Seen(sections(mechanisms.parts(found), "method", "", contents=False).html).text


def test_every_mechanism_stands_there_with_what_is_left_without_it():
    found = mechanisms.shipped()
    text = Seen(reality.tab().html).text
    for row in found["rows"]:
        assert row["label"] in text
        for measure in mechanisms.SHOWN:
            assert mechanisms._short(row[measure]["value"]["mean"]) in text


def test_only_what_is_beyond_chance_is_said_to_carry_it():
    text = shown(found_of(fading=[0.8, 0.81, 0.79], choice=[0.7, 0.71, 0.69], exit=[0.2, 0.21, 0.19],
                          phone=[0.3, 0.9, 0.4]))
    higher, _, lower = text.partition("It would be higher")[2].partition("With all of them off")[0].partition("lower")
    assert higher.index("skill fades") < higher.index("choose by skill")
    assert "(0.80 without)" in higher
    assert "leave the market (0.20 without)" in lower
    assert "called by phone" not in higher + lower


def test_where_nothing_is_beyond_chance_it_says_so():
    assert mechanisms.NOTHING in shown(found_of())


@pytest.mark.parametrize(("model", "stale"), [("0" * 32, True), (model_digest(), False)])
def test_results_of_another_model_are_called_stale(model, stale):
    found = copy.deepcopy(found_of())
    found["model"] = model
    assert ("These results are stale" in shown(found)) is stale


def test_without_a_result_there_is_no_section(tmp_path):
    assert read(tmp_path / "none.json") is None
    (tmp_path / "broken.json").write_text("{")
    assert read(tmp_path / "broken.json") is None
