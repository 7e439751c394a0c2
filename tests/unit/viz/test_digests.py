"""A digest says what the summary of the recordings says, survives the disk, and refuses what is not its own."""

import zipfile

import numpy as np
import pytest

from experiments.answer.summary import summarise
from experiments.runners import worlds
from experiments.runs import pairs_of
from model import measures
from model.errors import CallSheetError
from model.scenario import Scenario
from viz.digests import Digest, Digests, digest, file

NEVER_KEPT = ("median", "tenth")  # lives, which take the log of events


def without_lives(value):
    if isinstance(value, dict):
        return {key: without_lives(each) for key, each in value.items() if key not in NEVER_KEPT}
    return [without_lives(each) for each in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def saved(ai_digests, tmp_path_factory):
    path = tmp_path_factory.mktemp("digests") / "one.npz"
    ai_digests.first.save(path)
    return path


@pytest.mark.parametrize("name", list(measures.measures()))
def test_yearly_values_and_effects_of_every_measure_are_those_of_the_summary(ai_summary, ai_digests, name):
    assert [row[name] for row in ai_digests.years_of()] == [row[name] for row in ai_summary["years"]]
    assert ai_digests.effect(name) == ai_summary["effects"][name]


def test_accounts_are_those_of_the_summary(ai_summary, ai_digests):
    for name in ("saved_dollar", "saved_dollar_producers", "crew_weeks"):
        assert ai_digests.summary["accounts"][name] == ai_summary["accounts"][name]
        assert ai_digests.summary["accounts_over_futures"][name] == ai_summary["accounts_over_futures"][name]
    assert ai_digests.summary["accounts_over_futures"]["crafts"] == ai_summary["accounts_over_futures"]["crafts"]


def test_people_and_flows_are_those_of_the_summary(ai_summary, ai_digests):
    assert without_lives(ai_digests.people) == without_lives(ai_summary["people"])
    assert ai_digests.shift == {key: each for key, each in ai_summary["shift"].items() if key != "dose_response"}


def test_numbers_over_the_horizon_are_those_of_a_study_run(ai_pairs, ai_digests):
    mine, other = ai_pairs[1]
    names = worlds._numbers(mine)
    read = ai_digests.numbers((), [*names, *(f"{worlds.AGAINST}{name}" for name in names)])
    assert {name: read[name][1] for name in names} == names
    assert {name: read[f"{worlds.AGAINST}{name}"][1] for name in names} == worlds._numbers(other)


def test_a_run_before_2026_without_another_world_has_the_same_years_and_no_accounts():
    scenario = Scenario.named("baseline").varied(start="2015-01-05", until="2016-01-04", scale=0.01, futures=2)
    pairs = [(mine, None) for mine, _ in pairs_of(scenario, None, lambda done, total: None)]
    found = Digests([digest(*pair) for pair in pairs])
    assert found.years_of() == summarise(scenario, iter(pairs))["years"]
    assert not found.compared
    assert found.people is None
    assert found.crew_weeks is None
    assert found.saved_dollar(True) is None
    with pytest.raises(CallSheetError, match="no other world"):
        found.effect("crew_weeks")


def test_periods_are_weekly_means_and_add_up_to_the_horizon(ai_digests):
    one = ai_digests.first
    labels, lengths = np.unique(one.dates.astype("datetime64[M]").astype(int) // 3, return_counts=True)
    assert len(labels) == len(ai_digests.periods)
    summed = one.arrays["periods"][:, one.at("crew_weeks")] @ lengths
    assert summed == pytest.approx(one.arrays["horizon"][:, one.at("crew_weeks")])
    assert ai_digests.periods[0] == "2026Q2"


def test_a_short_horizon_is_shown_by_month(ai_scenario):
    short = ai_scenario.varied(until="2026-10-05", futures=1, scale=0.01)
    (mine, _), = pairs_of(short, None, lambda done, total: None)
    assert digest(mine).head["periods"] == ["2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09"]


def test_a_digest_comes_back_from_disk_as_it_was(ai_digests, saved):
    one, back = ai_digests.first, Digest.load(saved)
    assert back.scenario.identity() == one.scenario.identity()
    assert back.future == one.future
    assert set(back.arrays) == set(one.arrays)
    for name, values in one.arrays.items():
        np.testing.assert_array_equal(back.arrays[name], values, err_msg=name)
    assert [each.name for each in saved.parent.iterdir()] == [saved.name]


def test_a_digest_is_small(saved):
    assert saved.stat().st_size < 500_000


def test_the_reduced_digest_loses_weeks_and_no_statistic(ai_digests):
    small = Digests([each.reduced() for each in ai_digests])
    assert "weekly" not in small.first.arrays
    assert small.effects == ai_digests.effects
    assert small.years_of() == ai_digests.years_of()
    assert small.people == ai_digests.people
    exact, rounded = (found.over_time("crew_weeks")[0] for found in (ai_digests, small))
    np.testing.assert_allclose(rounded, exact, rtol=1e-6)


def test_futures_are_in_their_order_and_each_is_there_once(ai_digests):
    assert [each.future for each in Digests(reversed(list(ai_digests)))] == [0, 1]
    with pytest.raises(CallSheetError, match="twice"):
        Digests([ai_digests[0], ai_digests[0]])
    with pytest.raises(CallSheetError, match="at least one"):
        Digests([])


def test_futures_of_different_settings_are_not_mixed(ai_digests):
    one = ai_digests[1]
    head = {**one.head, "scenario": {**one.head["scenario"], "overrides": {"worlds.entrant": 1}}}
    with pytest.raises(CallSheetError, match="not of one comparison"):
        Digests([ai_digests[0], Digest(head, one.arrays)])


def test_worlds_on_different_chance_are_refused(ai_pairs):
    with pytest.raises(CallSheetError, match="same future"):
        digest(ai_pairs[0][0], ai_pairs[1][1])


@pytest.mark.parametrize("name", ["horizon", "parts", "worked", "people"])
def test_a_digest_whose_shapes_are_not_those_of_its_head_is_refused(ai_digests, tmp_path, name):
    one = ai_digests.first
    file.write(tmp_path / "bad.npz", one.head, {**one.arrays, name: one.arrays[name][..., :-1]})
    with pytest.raises(CallSheetError, match=name):
        Digest.load(tmp_path / "bad.npz")


def test_a_digest_with_a_value_that_is_no_number_is_refused(ai_digests, tmp_path):
    one = ai_digests.first
    broken = one.arrays["yearly"].copy()
    broken[0, 0, 0] = np.nan
    file.write(tmp_path / "bad.npz", one.head, {**one.arrays, "yearly": broken})
    with pytest.raises(CallSheetError, match="no number"):
        Digest.load(tmp_path / "bad.npz")


@pytest.mark.parametrize(("change", "said"), [({"format": 99}, "newer"), ({"format": "x"}, "format"),
                                              ({"years": 3}, "damaged"), ({"scenario": {"start": "x"}}, "start")])
def test_a_head_that_is_not_ours_is_refused(ai_digests, tmp_path, change, said):
    one = ai_digests.first
    file.write(tmp_path / "bad.npz", {**one.head, **change}, one.arrays)
    with pytest.raises(CallSheetError, match=said):
        Digest.load(tmp_path / "bad.npz")


def test_pickles_text_and_half_a_file_are_refused(saved, tmp_path):
    objects = tmp_path / "objects.npz"
    np.savez_compressed(objects, head=np.array([{}], object))
    (tmp_path / "text.npz").write_text("no digest")
    (tmp_path / "half.npz").write_bytes(saved.read_bytes()[:-4000])
    for each in (objects, tmp_path / "text.npz", tmp_path / "half.npz", tmp_path / "absent.npz"):
        with pytest.raises(CallSheetError, match="cannot be read"):
            Digest.load(each)


@pytest.fixture(scope="module")
def with_places(saved):
    """The bytes of a digest, and where each part of the file has some: heads, contents, and the list at its end."""
    with zipfile.ZipFile(saved) as inside:
        begins = [each.header_offset for each in inside.infolist()]
        listed = inside.start_dir
    held = saved.read_bytes()
    places = {at + k for at in begins for k in range(0, 60, 3)} | set(range(listed, len(held), 7))
    return held, sorted(places | set(range(0, len(held), len(held) // 100)) | set(range(len(held) - 22, len(held))))


@pytest.mark.parametrize("mask", [0xFF, 0x01, 0x20])
def test_a_byte_that_was_flipped_is_a_sentence_or_changes_no_number(ai_digests, with_places, tmp_path, mask):
    held, places = with_places
    path, one, said = tmp_path / "flipped.npz", ai_digests.first, []
    for at in places:
        path.write_bytes(held[:at] + bytes([held[at] ^ mask]) + held[at + 1 :])
        try:
            found = Digest.load(path)
        except CallSheetError as trouble:
            said.append(str(trouble))
        else:
            assert all(np.array_equal(one.arrays[name], values) for name, values in found.arrays.items()), at
    assert len(said) > len(places) // 3
    assert all(each.endswith(".") for each in said)


def test_a_file_that_unpacks_to_more_than_it_may_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(file, "MOST_UNPACKED", 1000)
    np.savez_compressed(tmp_path / "large.npz", head=np.zeros(100_000))
    with pytest.raises(CallSheetError, match="unpack"):
        Digest.load(tmp_path / "large.npz")
