"""The Method page shows every parameter, lever and table with where it is from, and finds what is asked for."""

import re

import pytest

from experiments.page.sheet import KINDS
from model.levers import lever_classes
from model.parameters import Params
from model.state.now import rule_names
from tests.unit.viz.method.told import ROOT, changed
from tests.unit.viz.seen import Seen
from viz.levers_panel import movable
from viz.pages.method import numbers, page, readers, seed_tables
from viz.pages.method.code import modules

PARAMS = Params.load()


@pytest.mark.parametrize("name", PARAMS.names())
def test_a_parameter_is_shown_with_value_kind_sources_and_reason(name):
    about, row = PARAMS.about(name), next(each for each in numbers.rows() if each.name == name)
    values = about.value if isinstance(about.value, tuple) else (about.value,)
    said = [about.say(value) for value in values]
    alike = len(said) > 1 and len(set(values)) == 1
    assert [value for _, value in row.values] == (said[:1] if alike else said)
    assert all(of for of, _ in row.values) == isinstance(about.value, tuple)
    assert [each.id for each in row.says] == [each.source for each in about.says]
    assert all(each.url.startswith("http") for each in row.says)
    assert row.why == about.why
    assert row.readers, f"{name} is read by nothing"


def test_the_table_holds_every_parameter_and_the_mark_of_its_kind(pages):
    rows = [attrs for attrs in pages["numbers"].all("tr") if attrs.get("id", "").startswith("parameter-")]
    assert [attrs["id"].removeprefix("parameter-") for attrs in rows] == list(PARAMS.names())
    assert not any("hidden" in attrs for attrs in rows)
    for name in {PARAMS.about(each).kind for each in PARAMS.names()}:
        assert f"{KINDS[name]} {name}" in pages["numbers"].text


def test_sources_that_disagree_stand_side_by_side(pages):
    about = PARAMS.about("ai_tasks.takes")
    html = page("numbers").html.partition('id="parameter-ai_tasks.takes"')[2].partition("</tr>")[0]
    assert len({each.value for each in about.says}) > 1
    for each in about.says:
        assert PARAMS.source(each.source).url.replace("&", "&amp;") in html
        assert about.say(each.value) in html or f"<strong>{each.value:g}</strong>" in html


def test_an_assumption_is_what_was_chosen_whether_or_not_sources_were_found(pages):
    assert any(PARAMS.about(name).kind == "assumption" and PARAMS.about(name).says for name in PARAMS.names())
    assert "no source" not in numbers.MEANT["assumption"]
    assert "what we chose" in pages["numbers"].text


def test_the_count_of_parameters_says_how_many_simulate_moves(pages):
    assert (f"The model has {len(PARAMS.names())} parameters. Simulate has a slider for {len(movable(PARAMS))} of them"
            in pages["numbers"].text)


def test_one_kind_shows_only_its_own():
    claims = [name for name in PARAMS.names() if PARAMS.about(name).kind == "claim"]
    shown = re.findall(r'id="parameter-([\w.]+)"', page("numbers", "claim").html)
    assert shown == claims
    assert re.findall(r'id="parameter-([\w.]+)"', page("numbers", "nonsense").html) == list(PARAMS.names())


def test_a_search_hides_what_does_not_speak_of_its_words():
    found = _found(page("numbers", search="Overscale tightness").html)
    assert "wages.slope" in found
    assert len(found) < 10
    for name in found:
        about = PARAMS.about(name)
        row = next(each for each in numbers.rows() if each.name == name)
        assert all(word in row.words for word in ("overscale", "tightness")), about


def test_a_search_inside_a_kind_keeps_the_kind():
    seen = Seen(page("numbers", "claim", "shoot").html)
    assert {"type": "hidden", "name": "kind", "value": "claim"} in seen.all("input")
    found = _found(page("numbers", "claim", "shoot").html)
    assert found
    assert all(PARAMS.about(name).kind == "claim" for name in found)


def test_a_search_for_nothing_known_leaves_no_row_and_says_so():
    html = page("numbers", search="xylophone").html
    assert _found(html) == []
    assert f"0 of {len(PARAMS.names())} parameters" in Seen(html).text


def test_what_is_searched_for_is_escaped():
    html = page("numbers", search='"><script>alert(1)</script>').html
    assert "<script>alert" not in html
    assert not Seen(html).wrong


def test_the_script_and_the_page_mean_the_same_attributes(pages):
    script = (ROOT / "viz" / "web" / "filter.js").read_text(encoding="utf-8")
    form = next(attrs for attrs in pages["numbers"].all("form") if "data-filters" in attrs)
    narrowed = form["data-filters"].split(" ")
    assert set(narrowed) <= set(pages["numbers"].ids)
    assert [attrs["data-count-of"] for attrs in pages["numbers"].all("span") if "data-count-of" in attrs] == narrowed
    assert any("data-searched" in attrs for attrs in pages["numbers"].all("span"))
    for name in ("data-filters", "data-words", "data-count-of", "data-searched"):
        assert name in script or f"dataset.{name.removeprefix('data-')}" in script
    assert "innerHTML" not in script


def test_a_search_finds_levers_too_by_what_they_and_their_knobs_say():
    html = page("numbers", search="wage insurance").html
    assert "WageInsurance" in _levers(html)
    assert len(_levers(html)) < len(lever_classes())
    assert f"{len(_levers(html))} of {len(lever_classes())} levers" in Seen(html).text
    for name, lever in lever_classes().items():
        label = next(iter(lever.knobs.values())).label
        assert name in _levers(page("numbers", search=label).html)
    assert _levers(page("numbers").html) == sorted(lever_classes())
    assert _levers(page("numbers", search="xylophone").html) == []


def _levers(html):
    """Names of the levers that are not hidden."""
    return [attrs["aria-labelledby"].removeprefix("lever-") for attrs in Seen(html).all("section")
            if attrs.get("aria-labelledby", "").startswith("lever-") and "hidden" not in attrs]


def _rule(name):
    """Whether a parameter becomes a rule of a working life, all of which `World.life_rules` reads in one go."""
    group, _, key = name.partition(".")
    return name == "referral.share" or {key, f"{group}_{key}", f"ai_{key}"} & set(rule_names())


def _found(html):
    """Names of the parameters whose rows are not hidden."""
    rows = [attrs for attrs in Seen(html).all("tr") if attrs.get("id", "").startswith("parameter-")]
    return [attrs["id"].removeprefix("parameter-") for attrs in rows if "hidden" not in attrs]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("production.stage_capacity", "model/measures.py"),  # by its full name
        ("ai_tasks.shoot_cut", "model/mechanisms/techniques.py"),  # of a group with a short name
        ("ai_providers.outage_hours", "model/mechanisms/providers.py"),  # of a group that was handed over
        ("wages.slope", "model/mechanisms/wages.py"),  # as a value that was handed over
        ("wages.premium", "model/mechanisms/wages.py"),  # as a rule of a working life
        ("referral.share", "model/mechanisms/referral.py"),  # as a rule under another name
        ("demand.cash_pull", "model/mechanisms/demand.py"),  # by its name as text
        ("unexplained.short", "model/mechanisms/demand.py"),  # as one of a group that is gone through
    ],
)
def test_a_reader_is_found_whichever_way_a_parameter_travels(name, file):
    assert file in readers.readers()[name]


def test_readers_outside_the_mechanisms_name_the_parameter():
    """In a mechanism a value that was handed over has the name of an argument."""
    looked_at = [(name, file) for name, files in readers.readers().items() for file in files
                 if not file.startswith("model/mechanisms/") and (file != "model/world.py" or not _rule(name))]
    assert len(looked_at) >= 50
    for name, file in looked_at:
        text = (ROOT / file).read_text(encoding="utf-8")
        key = name.partition(".")[2]
        words = (key, name.replace(".", "_"), f"ai_{key}")
        assert any(re.search(rf"\b{re.escape(word)}\b", text) for word in words), (name, file)


def test_a_reader_that_is_gone_is_no_longer_named():
    gone = changed("model.mechanisms.providers", "rules.outage_hours", "9.7")
    found = readers.read_by(gone, modules())
    assert "model/mechanisms/providers.py" not in found["ai_providers.outage_hours"]
    assert "model/mechanisms/providers.py" in found["ai_providers.outages"]


def test_every_lever_and_knob_is_listed(pages):
    for name, lever in lever_classes().items():
        assert f"lever-{name}" in pages["numbers"].ids
        for knob in lever.knobs.values():
            assert f"{knob.label} ({knob.name})" in pages["numbers"].text


def test_every_data_file_is_listed_with_what_it_holds(pages):
    assert set(seed_tables.files()) == set(seed_tables.holds())
    there = {path.relative_to(ROOT / "seeds").as_posix() for path in (ROOT / "seeds").rglob("*")
             if path.suffix in (".csv", ".yaml", ".json")}
    apart = {name for name in there if name.startswith(("parameters/", "scenarios/"))}
    assert set(seed_tables.files()) == there - apart
    for name, says in seed_tables.holds().items():
        assert name in pages["numbers"].text
        assert says in pages["numbers"].text


def test_rows_and_sources_of_a_table_are_counted_from_the_file():
    one = seed_tables.planted("districts.csv")
    assert one.rows == len((ROOT / "seeds" / "districts.csv").read_text(encoding="utf-8").splitlines()) - 1
    assert seed_tables.planted("history/la_payroll_jobs.csv").sources == ("bls-ces-la-512",)
