"""Parameters: plain numbers to the model, documented and bounded to everyone else."""

from __future__ import annotations

import copy
import pickle

import pytest

from model import units
from model.errors import CallSheetError
from model.parameters import Params
from tests.pace import quiet_seconds

ENTRY = """
{key}:
  label:  {label}
  value:  {value}
  unit:   {unit}
  range:  {range}
  kind:   {kind}
  says:
    - {{source: some-source, value: 0.4, note: no second source found}}
  why:    Because it has to be something.
"""


def entry(
    key, value=0.25, range="[0.0, 0.8]", unit="share of shoot weeks", kind="assumption", label="What it is"
):
    return ENTRY.format(key=key, value=value, range=range, unit=unit, kind=kind, label=label)


def seeds(tmp_path, **files):
    (tmp_path / "parameters").mkdir(exist_ok=True)
    for name, text in files.items():
        (tmp_path / "parameters" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def params(tmp_path):
    labor = (
        entry("exit_base")
        + entry("spell_weeks", 26, "[0, 52]", "weeks")
        + entry("rehire", "true", "[0, 1]", "switch")
    )
    ai = entry("by_stage", "[0.1, 0.2, 0.3]", "[0.0, 1.0]") + entry("whole_float", 1, "[0.0, 2.0]", "ratio")
    return Params.load(seeds(tmp_path, labor=labor, ai=ai))


def test_a_parameter_is_a_plain_number_under_its_file_and_key(params):
    assert params.labor.exit_base == params["labor.exit_base"] == 0.25
    assert type(params.labor.exit_base) is float
    assert type(params.labor.spell_weeks) is int
    assert params.labor.rehire is True
    assert params.ai.by_stage == (0.1, 0.2, 0.3)
    assert params.names() == (
        "ai.by_stage",
        "ai.whole_float",
        "labor.exit_base",
        "labor.spell_weeks",
        "labor.rehire",
    )


def test_a_whole_value_in_a_range_with_points_may_become_a_fraction(params):
    assert params.override({"ai.whole_float": 1.5}).ai.whole_float == 1.5


def test_what_is_known_about_a_parameter_can_be_asked(params):
    about = params.about("labor.exit_base")
    assert (about.unit, about.range, about.kind) == ("share of shoot weeks", (0.0, 0.8), "assumption")
    assert about.says[0].source == "some-source"
    assert about.say() == "25% of shoot weeks"


def test_an_override_leaves_a_trail_and_the_original_alone(params):
    other = params.override({"labor.exit_base": "0.5"}, by="--set")
    assert params.labor.exit_base == 0.25
    assert other.labor.exit_base == 0.5
    assert other.changed() == {"labor.exit_base": 0.5}
    assert other.trail[-1] == ("labor.exit_base", 0.25, 0.5, "--set")
    assert other.override({"labor.exit_base": 0.25}).changed() == {}


def test_the_digest_depends_on_values_and_nothing_else(params, tmp_path):
    again = Params.load(
        seeds(tmp_path, labor=(tmp_path / "parameters" / "labor.yaml").read_text().replace("Because", "As"))
    )
    assert again.digest() == params.digest()
    assert params.override({"labor.exit_base": 0.5}).digest() != params.digest()
    assert params.override({"labor.exit_base": 0.25}).digest() == params.digest()


def test_lists_are_overridden_by_lists_of_their_length(params):
    assert params.override({"ai.by_stage": "0.5, 0.5, 1"}).ai.by_stage == (0.5, 0.5, 1.0)
    with pytest.raises(CallSheetError, match="a list of 3 numbers"):
        params.override({"ai.by_stage": [0.5]})


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        (
            "labor.exit_base",
            0.9,
            "labor.exit_base is 0.9, outside its range of 0 to 0.8 (share of shoot weeks)",
        ),
        ("labor.exit_base", "much", "but must be a number"),
        ("labor.exit_base", True, "but must be a number"),
        ("labor.exit_base", None, "but must be a number"),
        ("labor.exit_base", float("nan"), "but must be a number"),
        ("labor.exit_base", "1e999", "too large"),
        pytest.param("labor.exit_base", 10**5000, "but must be a number", id="huge"),
        ("labor.spell_weeks", 2.5, "a whole number"),
        ("labor.rehire", 1, "true or false"),
        ("labor.exit_bse", 0.1, "Did you mean labor.exit_base"),
        ("exit_base", 0.1, "Did you mean labor.exit_base"),
    ],
)
def test_an_illegal_override_is_a_sentence(params, name, value, said):
    with pytest.raises(CallSheetError) as caught:
        params.override({name: value})
    assert said in str(caught.value)


def test_a_typo_is_answered_with_the_nearest_name(params):
    with pytest.raises(CallSheetError, match="Did you mean exit_base"):
        assert params.labor.exit_bas
    with pytest.raises(CallSheetError, match="labor"):
        assert params.labour
    with pytest.raises(KeyError, match=r"labor\.exit_base"):
        assert params["labor.exit_bas"]
    assert not hasattr(params, "nothing")


def test_parameters_cannot_be_assigned(params):
    with pytest.raises(AttributeError, match="frozen"):
        params.labor.exit_base = 1
    with pytest.raises(AttributeError, match="frozen"):
        params.labor = 1


def test_parameters_travel_between_processes(params):
    changed = params.override({"labor.exit_base": 0.5})
    baseline = Params.load()
    for one in (params, changed, baseline):
        assert pickle.loads(pickle.dumps(one)) == copy.deepcopy(one) == one
    assert pickle.loads(pickle.dumps(changed)).labor.exit_base == 0.5
    assert pickle.loads(pickle.dumps(params)).sources == params.sources


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (entry("x", unit="furlongs"), "not on the list of units"),
        (entry("x", kind="guess"), "is of kind 'guess'"),
        (entry("x", value=0.9), "outside its range"),
        (entry("x", value="high"), "must be a number"),
        (entry("x", range="[0.8, 0.0]"), "the lower one first"),
        (entry("x", range="0.8"), "two numbers"),
        (entry("x").replace("label", "lable"), "Did you mean label"),
        (entry("x").replace("  why:    Because it has to be something.", ""), "no why"),
        (entry("x").replace("source:", "sauce:"), "says"),
        (entry("Big"), "small letters"),
        (entry("lambda"), "no word of Python"),
        (entry("x") + entry("x"), "already there"),
        ("- 1\n", "one entry per parameter"),
    ],
)
def test_a_wrong_entry_is_a_sentence_that_names_the_file(tmp_path, text, said):
    with pytest.raises(CallSheetError, match=r"seeds/parameters/labor\.yaml") as caught:
        Params.load(seeds(tmp_path, labor=text))
    assert said in str(caught.value)


def test_a_file_may_not_be_called_as_something_else_is(tmp_path):
    with pytest.raises(CallSheetError, match="Rename the file"):
        Params.load(seeds(tmp_path, values=entry("x")))


def test_a_hundred_and_fifty_parameters_are_read_within_sixty_milliseconds(tmp_path):
    folder = seeds(tmp_path, **{f"g{n}": "".join(entry(f"p{m}") for m in range(15)) for n in range(10)})
    assert len(Params.load(folder)) == 150
    assert quiet_seconds(lambda: Params.load(folder)) < 0.06


def test_the_baseline_is_read_once_a_process():
    assert Params.load() is Params.load()


def test_every_source_a_parameter_names_is_in_sources():
    baseline = Params.load()
    named = {saying.source for name in baseline.names() for saying in baseline.about(name).says}
    for name in sorted(named):
        source = baseline.source(name)
        assert source.url, f"the source {name} has no url"
        assert source.date, f"the source {name} has no date"


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0.25, "share of traditional shoot weeks", "25% of traditional shoot weeks"),
        (0.031, "probability per week", "3.1% per week"),
        (45000, "cents per week", "$450 per week"),
        (330, "USD million a year", "$330 million a year"),
        (1250.5, "USD per shoot day", "$1,250.50 per shoot day"),
        (26, "weeks", "26 weeks"),
        (True, "switch", "on"),
    ],
)
def test_a_value_is_written_with_its_unit(value, unit, said):
    assert units.say(value, unit) == said
