"""The page of one life, twice: who is followed follows from the address, and every figure from the recordings."""

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit

import numpy as np
import pytest

from experiments.lives import week_by_week
from model.calendar import monday
from model.tables import crafts
from model.vocabulary import Event
from tests.unit.viz.seen import Seen
from viz import url
from viz.lives import Lives
from viz.pages.people import PeopleView, page
from viz.pages.people.choose import choose, like
from viz.pages.people.marks import marks
from viz.pages.people.spread import OUTERMOST, spread
from viz.pages.people.strips import parts
from viz.pages.people.words import spell_at, week_says
from viz.spells import CALL, COURSE, OUT, SEARCH, Spell

WEEK = 112
KEPT = {"s": "everyone_adopts", "lever.TaxCredit.rate": "0.4", "w": str(WEEK)}


def asked(**extra):
    """What an address asks for."""
    view, notices = url.read("/people", urlencode(KEPT | {key: str(value) for key, value in extra.items()}))
    assert not notices
    return PeopleView.of(view)


@pytest.fixture(scope="module")
def lives(ai_pairs):
    return Lives(*ai_pairs[0])


@pytest.fixture(scope="module")
def details(lives, ai_scenario, tmp_path_factory):
    """(row, weeks here, weeks in the other world) of the one in the middle."""
    row = int(lives.workers["row"][choose(lives, asked()).place])
    worlds = (ai_scenario, lives.other.scenario)
    return row, *([week.plain() for week in week_by_week.detail(each, row, keep=False)] for each in worlds)


def shown(lives, view, *more):
    seen = Seen(page(lives, view, *more).whole)
    assert not seen.wrong
    assert not seen.open
    return seen


# Whom to follow


def test_the_one_in_the_middle_has_as_many_who_lose_more_as_less(lives):
    change = lives.mine.workers["days_after"].astype(int) - lives.other.workers["days_after"]
    at = choose(lives, asked()).place
    assert np.mean(change < change[at]) <= 0.5 <= np.mean(change <= change[at])
    grips = np.flatnonzero(lives.workers["craft"] == crafts().names.index("grip"))
    at = choose(lives, asked(craft="grip")).place
    assert at in grips
    assert np.mean(change[grips] < change[at]) <= 0.5 <= np.mean(change[grips] <= change[at])


def test_one_in_ten_loses_more_than_the_one_hit_hard(lives):
    change = lives.mine.workers["days_after"].astype(int) - lives.other.workers["days_after"]
    at = choose(lives, asked(pick="hardest")).place
    assert np.mean(change < change[at]) <= 0.1 <= np.mean(change <= change[at])


def test_another_like_one_has_the_craft_and_in_turn_everyone_of_it_is_shown(lives):
    row = int(lives.workers["row"][50])
    others = like(lives, 50)
    assert len(set(others.tolist())) == others.size == np.sum(lives.workers["craft"] == lives.workers["craft"][50]) - 1
    assert 50 not in others
    seen = [choose(lives, asked(like=row, k=nth)).place for nth in range(1, others.size + 2)]
    assert seen == [*others.tolist(), int(others[0])]
    homes = lives.workers["district"][others] == lives.workers["district"][50]
    assert homes.any()
    assert not homes[np.argmin(homes) :].any(), "those of the same home come first"
    apart = np.abs(lives.workers["days"][others].astype(int) - int(lives.workers["days"][50]))
    assert (np.diff(apart[homes]) >= 0).all()


def test_the_link_to_another_leads_to_the_next_and_then_to_the_one_after(lives):
    first = shown(lives, asked(pick="hardest"))
    address = next(a["href"] for a in first.all("a") if "like=" in a["href"])
    query = {key: value for key, (value,) in parse_qs(urlsplit(address).query).items()}
    assert query.items() >= KEPT.items()
    at = choose(lives, asked(**{key: query[key] for key in ("pick", "like", "k")})).place
    base = choose(lives, asked(pick="hardest")).place
    assert at == like(lives, base)[0]
    second = shown(lives, asked(**{key: query[key] for key in ("pick", "like", "k")}))
    assert any(f"like={query['like']}&k=2" in a["href"] for a in second.all("a"))


def test_groups_narrow_the_choice_together_and_wrong_ones_are_said(lives):
    at = choose(lives, asked(craft="grip", home="burbank", experience="quarter_4")).place
    person = lives.workers[at]
    assert crafts().names[person["craft"]] == "grip"
    assert person["days"] >= np.quantile(lives.workers["days"], 0.74)
    wrong = choose(lives, asked(craft="grips"))
    assert wrong.place == choose(lives, asked()).place
    assert "Did you mean grip" in wrong.notices[0]


def test_a_worker_is_found_by_number_as_people_write_it(lives):
    row = int(lives.workers["row"][123])
    assert choose(lives, asked(who=f"{row:,}")).place == 123
    assert f"Worker {row:,} " in shown(lives, asked(who=row)).words


@pytest.mark.parametrize(("row", "says"), [
    ("9,999,999", "There is no worker 9,999,999"), ("999999999", "There is no worker 999,999,999"),
    ("-3", "The worker's number is '-3', but must be a whole number."), ("x<b>", "The worker's number is 'x<b>'"),
    ("12 monkeys", "The worker's number is '12 monkeys', but must be a whole number."), ("7" * 50, "'77777"),
])  # fmt: skip
def test_a_number_that_nobody_has_is_a_sentence_with_those_that_there_are(lives, row, says):
    html = shown(lives, asked(who=row)).words
    assert says in html
    assert "An invented person" in html, "and somebody is shown"
    rows = lives.workers["row"]
    assert f"have numbers from {rows[0]:,} to {rows[-1]:,}. The one in the middle is shown instead." in html
    assert f"Worker’s number, {rows[0]:,} to {rows[-1]:,}" in html, "and one range alone is said"
    assert "16,777,215" not in html


def test_a_newcomer_exists_in_one_world_only(lives):
    what = lives.mine.recording.events >> 59
    row = int(np.asarray(lives.mine.recording.events)[np.flatnonzero(what == Event.ENTRY)[0]] & ((1 << 24) - 1))
    notices = choose(lives, asked(who=row)).notices
    assert "came new after April 2026" in notices[0]
    assert "one world only" in notices[0]


# The page


def test_it_is_whole_at_once_and_says_that_the_money_is_being_worked_out(lives, details):
    words = shown(lives, asked()).words
    assert words.count("being worked out") >= 6
    known = shown(lives, asked(), *details[1:]).words
    assert "being worked out" not in known
    row, *worlds = details
    week = lives.mine.recording.first_week + WEEK
    for each, weeks in zip(lives.worlds, worlds, strict=True):
        spell = spell_at(each.spells(row), week)
        said, unknown = (week_says(spell, week, detail) for detail in (weeks[week - lives.begin], None))
        assert said[1:] in known, "the sentence of the week is that of the week's money"
        assert unknown[1:] in words
        assert unknown[1:] not in known


def test_weeks_of_another_life_are_left_aside(lives, details):
    assert "being worked out" in shown(lives, asked(), details[1][1:], details[2]).words


def test_figures_of_the_summary_are_those_of_the_weeks(lives, details):
    row, *worlds = details
    html = page(lives, asked(), *worlds).html
    table = html[html.index('<table id="table-life">') :]
    table = table[: table.index("</table>")]
    pay = [float(value) for value in re.findall(r"<th scope=\"row\"[^>]*>pay a year before tax</th>(.*?)</tr>", table)
           for value in re.findall(r'value="([^"]+)"', value)]
    assert pay == pytest.approx([sum(week["gross"] for week in weeks) / 100 / lives.years for weeks in worlds])
    on_calls = re.search(r"weeks on calls a year</th>(.*?)</tr>", table).group(1)
    values = [float(value) for value in re.findall(r'value="([^"]+)"', on_calls)]
    assert values == pytest.approx([sum(week["status"] == "on_call" for week in weeks) / lives.years
                                    for weeks in worlds])
    at = lives.workers["row"].tolist().index(row)
    assert sum(week["days"] for week in worlds[0] if week["status"] == "on_call") == lives.workers["days_after"][at]


def test_what_would_be_accepted_is_what_the_rules_of_search_say(lives, details, ai_scenario):
    first_ask, seen = ai_scenario.params().wages.first_ask, 0
    for before, week in zip(details[1], details[1][1:], strict=False):
        if before["status"] == "on_call" and week["status"] == "idle":  # the first week of a search, savings left
            assert week["asks"] == int(before["wage"] * first_ask)
            seen += 1
    assert seen


def test_strips_are_full_from_end_to_end_and_parts_share_the_weeks(lives):
    row = int(lives.workers["row"][9])
    strips = parts([("model", "Here", lives.mine.spells(row), [])], 588, 588 + 522, 700, lambda week: f"?week={week}")
    assert [(part.first, part.end) for part in strips] == [(588, 849), (849, 1110)]
    assert [part.now is not None for part in strips] == [True, False]
    for part in parts([("model", "Here", lives.mine.spells(row), [])], lives.begin, lives.end, 700, str):
        pieces = part.strips[0].pieces
        assert pieces[0].at == 0
        assert sum(piece.width for piece in pieces) == pytest.approx(100, abs=0.1)
        for before, after in zip(pieces, pieces[1:], strict=False):
            assert before.at + before.width == pytest.approx(after.at, abs=0.01)
        for at, year, address in part.years:
            assert monday(int(address)).year == year
            assert monday(int(address) - 1).year == year - 1
            assert at == pytest.approx(100 * (int(address) - part.first) / (part.end - part.first), abs=0.01)


def test_turns_are_marked_by_hand():
    spells = [Spell(600, 10, SEARCH), Spell(610, 16, COURSE, ended=Event.RETRAINED), Spell(626, 4, SEARCH),
              Spell(630, 5, OUT, began=Event.EXIT, ended=Event.RETURN), Spell(635, 5, SEARCH)]
    assert [mark.week for mark in marks(spells, None, "vfx")] == [610, 626, 630, 635]
    weeks = [{"week": week, "craft": "vfx" if week < 626 else "generative", "course": 2 if 610 <= week < 626 else 0,
              "status": "idle"} for week in range(600, 640)]
    assert [mark.week for mark in marks(spells, weeks, "vfx")] == [610, 626, 630, 635], "each is said once"
    weeks[37] |= {"craft": "editorial"}
    says = [mark.says for mark in marks(spells, weeks, "vfx") if mark.week == 637]
    assert says == ["is hired in another craft, picture editorial"]
    given_up = [{"week": 600 + at, "craft": "vfx", "course": course, "status": status}
                for at, (course, status) in enumerate([(0, "idle"), (2, "idle"), (0, "on_call")])]
    found = marks([Spell(600, 2, SEARCH), Spell(602, 1, CALL)], given_up, "vfx")
    assert [(mark.week, mark.says) for mark in found] == [
        (601, "begins a course in AI work"), (602, "gives the course up for a call")
    ]  # fmt: skip


def test_everyone_of_the_craft_is_in_one_bin_and_the_sentence_counts_them(lives):
    at = choose(lives, asked(craft="vfx")).place
    among = spread(lives, at, "Baseline")
    members = lives.workers["craft"] == crafts().names.index("vfx")
    change = (lives.mine.weeks_on_call - lives.other.weeks_on_call)[members] / lives.years
    assert np.array_equal(among.values, change)
    assert among.counts.sum() == members.sum()
    middle = np.sum((change >= -1) & (change < 1))
    assert among.counts[OUTERMOST // 2] == middle
    sheet = among.chart().sheet
    assert sum(row[2].value for row in sheet.rows) == pytest.approx(1)
    assert sum(row[1].value for row in sheet.rows) == pytest.approx(members.sum() / 0.02)
    assert [row[3].text for row in sheet.rows].count(f"worker {among.row:,}") == 1
    assert f"{np.mean(change < 0):.0%} work fewer weeks" in among.says
    assert "; the craft’s median " in among.says, "it is said whose median it is"
    assert f"Of {members.sum() / 0.02:,.0f} people in visual effects" in among.says
    assert sum(sum(bars["y"]) for bars in among.figure()["data"]) == pytest.approx(members.sum() / 0.02)


def test_without_a_second_world_one_life_is_told_and_it_is_said(ai_pairs):
    alone = Lives(ai_pairs[0][0])
    reader = shown(alone, replace(asked(), against=""))
    assert "Nothing is compared here" in reader.words
    assert len([svg for svg in reader.all("svg") if svg.get("class", "").startswith("life-strip")]) == 1
    assert "half work" in reader.words
    at = choose(alone, asked()).place
    days = alone.workers["days_after"]
    assert np.mean(days < days[at]) <= 0.5 <= np.mean(days <= days[at])


def test_recordings_in_which_nobody_is_followed_say_so(ai_pairs):
    mine, other = ai_pairs[0]
    empty = replace(mine, tables={**mine.tables, "workers": mine.tables["workers"][:0]})
    assert "ends before April 2026" in shown(Lives(empty), asked()).words
    assert "without its event log" in shown(Lives(replace(mine, events=None), other), asked()).words


def test_it_can_be_read_without_seeing_it(lives, details):
    reader = shown(lives, asked(), *details[1:])
    levels = [int(tag[1]) for tag, _, _ in reader.elements if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 2
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    ids = [attributes["id"] for _, attributes, _ in reader.elements if attributes.get("id")]
    assert len(ids) == len(set(ids))
    for svg in reader.all("svg"):
        assert svg.get("aria-hidden") == "true" or svg.get("aria-label")
    for tag, attributes, parents in reader.elements:
        if tag in ("select", "input") and attributes.get("type") != "hidden":
            assert "label" in parents
        for name in ("aria-labelledby",):
            assert attributes.get(name, ids[0]) in ids
    assert all(figure in ids for figure in page(lives, asked()).figures)


def test_names_from_outside_are_text_and_nobody_is_given_a_name(ai_pairs):
    mine, other = ai_pairs[0]
    title = "<script>alert(1)</script>"
    manifest = {**mine.manifest, "scenario": {**mine.manifest["scenario"], "title": title}}
    fragment = page(Lives(replace(mine, manifest=manifest), other), asked())
    assert title not in fragment.whole
    assert "&lt;script&gt;alert(1)" in fragment.html
    assert "An invented person; the rules are real" in fragment.html


def test_a_week_outside_the_recording_is_the_nearest_inside(lives):
    for week, number in ((-5, 1), (10**6, 260)):
        assert f"Week {number} of 260" in shown(lives, replace(asked(), week=week)).words
