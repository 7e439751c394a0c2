"""Who gains and who loses, person by person; lives told from events are those that the raw log and the state say."""

from dataclasses import replace

import numpy as np
import pytest

from experiments.answer.people import HARD_HIT, QUARTERS, TENTH, People, at_rank, groups_of, lives_in_both
from experiments.lives.told import told
from model.lives import follow
from model.state.events import unpack
from model.state.turns import WORKERS
from model.tables import AI_CRAFT, crafts
from model.vocabulary import Event, Status
from model.world import WORLDS_PART

END = WORLDS_PART + 260


def log_of(recording):
    """(week, event, production, row) of every event, slowly, from the packed log and the events of each week."""
    events, at = np.asarray(recording.events), 0
    for done, many in enumerate(recording.series["events_per_week"]):
        for packed in events[at : at + many]:
            what, uid, row = unpack(packed)
            yield recording.first_week + done, Event(int(what)), int(uid), int(row)
        at += many


def lived(recordings, rows):
    """Slow twin: weeks on a call, weeks out, titles and the day of leaving, straight from the raw log, by row."""
    found = {row: {"titles": set(), "on": 0, "out": 0, "now": None, "since": WORLDS_PART, "left": None} for row in rows}
    for week, event, uid, row in log_of(recordings):
        if row not in found:
            continue
        life, name = found[row], event.name
        before = life["now"]
        if before is None:
            before = "on" if name in ("WRAP", "LAYOFF", "QUIT") else "idle"
        if before in ("on", "out"):
            life[before] += week - life["since"]
        if name.startswith("HIRED"):
            life["now"] = "on"
        elif name == "EXIT":
            life["now"], life["left"] = "out", week
        elif name != "RETRAINED":
            life["now"] = "idle"
        else:
            life["now"] = before
        life["since"] = week
        if uid:
            life["titles"].add(uid)
    for life in found.values():
        if life["now"] in ("on", "out"):
            life[life["now"]] += END - life["since"]
    return found


def people_of(days, days_after, craft=0):
    rows = np.zeros(len(days), WORKERS)
    rows["row"], rows["days"], rows["days_after"], rows["craft"] = np.arange(len(days)), days, days_after, craft
    return rows


def test_lives_of_the_summary_are_those_of_the_raw_log(ai_summary, ai_pairs):
    people = ai_summary["people"]
    medians = [people["everyone"]["median"], people["everyone"]["tenth"]]
    medians += [row["median"] for kind in ("by_craft", "by_experience", "by_district") for row in people[kind]]
    rows = {median["row"] for median in medians}
    assert len(rows) > 20
    for key, recording in zip(("life", "life_against"), ai_pairs[0], strict=True):
        lives = lived(recording, rows)
        for median in medians:
            life, slow = median[key], lives[median["row"]]
            if slow["now"] is None:
                continue  # nothing happened to this worker: there is nothing in the log to tell
            assert life["weeks_on_call"] == slow["on"] == sum(life["by_year"].values())
            assert life["weeks_out"] == slow["out"] == sum(weeks for _, weeks in life["away"])
            assert life["titles"] == len(slow["titles"])
            assert (life["left"] is not None) == (slow["now"] == "out")


def test_everyones_lives_add_up_to_the_weeks_on_calls(ai_pairs):
    mine = ai_pairs[0][0]
    workers = mine.tables["workers"]
    lives = mine.lives(workers["row"].tolist())
    years = [
        told(lives[int(row)], WORLDS_PART, END, days > 0).status
        for row, days in zip(workers["row"], workers["days_after"], strict=True)
    ]
    on_call = np.count_nonzero(np.array(years) == Status.ON_CALL, axis=0)
    everyone = mine.series["on_call"].sum(axis=1)
    newcomers = np.cumsum(mine.series["entries"] + mine.series["returns"])
    assert (on_call <= everyone).all()
    assert (everyone - on_call <= newcomers).all()
    at_the_end = np.array(years)[:, -1]
    assert (at_the_end == workers["status_after"]).all()


def test_a_life_told_is_the_life_that_the_state_lived(ai_scenario, ai_pairs):
    row = int(ai_pairs[0][0].tables["workers"]["row"][7])
    status = told(ai_pairs[0][0].lives([row])[row], WORLDS_PART, END, False).status
    weeks = follow(ai_scenario, row, WORLDS_PART, WORLDS_PART + 52)
    assert [Status(int(each)).name.lower() for each in status[:52]] == [each.status for each in weeks]


def test_a_life_by_hand():
    turns = [
        {"week": 3, "event": "wrap", "production": 11},
        {"week": 5, "event": "hired_by_referral", "production": 12},
        {"week": 9, "event": "layoff", "production": 12},
        {"week": 9, "event": "hired_from_open_call", "production": 13},
        {"week": 10, "event": "quit", "production": 13},
        {"week": 12, "event": "retrained", "production": 0},
        {"week": 14, "event": "exit", "production": 0},
        {"week": 16, "event": "return", "production": 0},
        {"week": 18, "event": "exit", "production": 0},
    ]
    life = told(turns, 1, 21, False)
    assert life.calls == ((1, 2), (5, 4), (9, 1))
    assert life.away == ((14, 2), (18, 3))
    plain = life.plain()
    assert (plain["weeks_on_call"], plain["weeks_out"], plain["weeks_between_calls"]) == (7, 5, 8)
    assert plain["titles"] == 3
    assert plain["longest_wait"] == 4
    assert plain["retrained"] == ["2015-03-30"]
    assert plain["left"] == "2015-05-11"
    assert plain["by_year"] == {"2015": 7}


def test_turns_outside_the_weeks_are_not_told_and_a_silent_life_goes_on_as_it_was():
    turns = [{"week": 0, "event": "hired_by_referral", "production": 4}, {"week": 9, "event": "wrap", "production": 4}]
    assert told(turns, 1, 9, True).calls == ((1, 8),)
    assert told(turns, 1, 9, False).calls == ()
    assert told([], 1, 9, False).plain()["longest_wait"] == 8


def test_the_middle_by_rank_of_loss_by_hand():
    other = people_of([0] * 5, [100, 100, 100, 100, 100])
    mine = people_of([0] * 5, [10, 150, 95, 100, 60])  # changes: -90, +50, -5, 0, -40
    assert at_rank(other, mine) == 2
    assert at_rank(other[:4], mine[:4]) == 2  # -90, +50, -5, 0: of -5 and 0 the one that loses more
    assert at_rank(other, mine, 0.0) == 0
    assert at_rank(other, mine, 1.0) == 1
    tied = people_of([0] * 4, [0, 10, 20, 90])
    assert at_rank(tied, tied) == 1  # all lose nothing: the first of those nearest to the median of 15 days
    before, after = people_of([0] * 5, [0, 0, 70, 80, 90]), people_of([0] * 5, [0, 0, 70, 60, 99])
    assert at_rank(before, after) == 2  # three lose nothing, and 70 is the usual number of days


def test_every_worker_is_in_one_craft_one_quarter_and_one_home(ai_pairs):
    workers = ai_pairs[0][0].tables["workers"]
    sizes = {}
    for (kind, _), _, members in groups_of(workers):
        sizes.setdefault(kind, []).append(members.size)
    assert {kind: sum(many) for kind, many in sizes.items()} == dict.fromkeys(
        ("all", "craft", "experience", "district"), workers.size
    )
    assert max(sizes["experience"]) - min(sizes["experience"]) <= 1
    ordered = [workers["days"][members] for (kind, _), _, members in groups_of(workers) if kind == "experience"]
    assert len(ordered) == len(QUARTERS)
    assert all(low.max() <= high.min() for low, high in zip(ordered, ordered[1:], strict=False))


def test_days_gained_and_lost_are_those_of_the_workers(ai_summary, ai_pairs, ai_scenario):
    changes, losing = [], []
    for mine, other in ai_pairs:
        a, b = other.tables["workers"], mine.tables["workers"]
        of = a["craft"] == crafts().names.index("vfx")
        change = (b["days_after"][of].astype(float) - a["days_after"][of]) / (260 / 52.1775)
        changes.append(change.mean())
        losing.append(np.mean(change < 0))
    row = next(row for row in ai_summary["people"]["by_craft"] if row["group"] == "vfx")
    assert row["change"]["mean"] == pytest.approx(np.mean(changes))
    assert row["days_a_year"] - row["days_a_year_against"] == pytest.approx(np.mean(changes))
    assert row["losing"] == pytest.approx(np.mean(losing))
    assert 0 < row["losing"] + row["gaining"] <= 1
    assert 0 < row["out"] < 1
    everyone = ai_summary["people"]["everyone"]
    assert everyone["workers"] == pytest.approx(
        np.mean([mine.tables["workers"].size for mine, _ in ai_pairs]) / ai_scenario.scale
    )


def test_what_became_of_each_is_counted_person_by_person(ai_summary, ai_pairs, ai_scenario):
    def end_of(worker):
        if worker["status_after"] == Status.OUT:
            return "out"
        names = crafts().names
        if worker["craft_after"] == worker["craft"]:
            return "same"
        return "ai" if names[worker["craft_after"]] == AI_CRAFT else "other"

    counts = {}
    for mine, other in ai_pairs:
        for here, there in zip(mine.tables["workers"], other.tables["workers"], strict=True):
            key = end_of(there), end_of(here)
            counts[key] = counts.get(key, 0) + 1
    rows = {row["without"]: row for row in ai_summary["people"]["moves"]}
    for there, row in rows.items():
        for here in rows:
            assert row[here] == pytest.approx(counts.get((there, here), 0) / len(ai_pairs) / ai_scenario.scale)
    assert rows["same"]["ai"] > 0 == rows["ai"]["workers"]


def test_one_in_ten_loses_more_than_the_one_at_a_tenth(ai_summary, ai_pairs):
    mine, other = (each.tables["workers"] for each in ai_pairs[0])
    change = mine["days_after"].astype(int) - other["days_after"]
    tenth = ai_summary["people"]["everyone"]["tenth"]
    loss = tenth["days"] - tenth["days_against"]
    assert loss < 0
    assert np.mean(change < loss) <= TENTH <= np.mean(change <= loss)
    found = lives_in_both({HARD_HIT: at_rank(other, mine, TENTH)}, *ai_pairs[0])
    assert found[HARD_HIT] == tenth


def test_worlds_with_other_people_at_first_are_not_compared(ai_pairs):
    mine, other = ai_pairs[0]
    workers = mine.tables["workers"].copy()
    workers["days"][0] += 1
    people = People()
    people.take(replace(mine, tables={**mine.tables, "workers": workers}), other)
    assert people.fields() is None


def test_without_the_log_gains_are_told_but_no_lives(ai_pairs):
    people = People()
    people.take(*(replace(each, events=None) for each in ai_pairs[0]))
    fields = people.fields()
    assert fields["everyone"]["median"] is None
    assert fields["everyone"]["losing"] > 0
