"""Stories hold no typed number, name only what exists, and are told from results."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from model.errors import CallSheetError, UnknownName
from tests.browser.page import findings
from viz import contents, url
from viz.digests.shipped import PAIRS
from viz.found import came_with
from viz.fragments import Fragment
from viz.pages.story import address, listed, page
from viz.stories import findings as results
from viz.stories import read, tell

HEAD = "---\ntitle: A title\nminutes: 2\nquestion: A question?\n---\n"
SCENE = "## A heading\n\nSome {crew_weeks.change} words.\n\n```scene\nat: compare?s=ai_first&vs=baseline\n```\n"
BET = """bet: {title: Work, unit: "%", from: 2026, to: 2028, start: 100, low: 80, high: 120, truth: crew_weeks.line}"""


def written(scene=SCENE, head=HEAD, name="example"):
    return read.parse(name, (head + scene).encode())


class Tags(HTMLParser):
    """Every tag that is opened, with what stands in it."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


def tags(html):
    reader = Tags()
    reader.feed(html)
    return reader.seen


def test_there_are_three_stories_and_the_claim_comes_first():
    assert list(read.stories())[0] == "claim"
    assert {"claim", "affected", "policy"} <= set(read.stories())
    assert len(read.story("claim").scenes) == 5
    assert read.story("claim").minutes == 4


@pytest.mark.parametrize("name", list(read.stories()))
def test_every_scene_is_told_from_results_and_leads_to_its_page(name):
    told = read.story(name)
    for number, scene in enumerate(told.scenes, 1):
        html = page(name, number, findings()).html
        assert "{" not in re.sub(r'data-spec="[^"]*"', "", html)
        assert f"{number} of {len(told.scenes)}" in html
        assert address(scene) in [one[1].get("href") for one in tags(html) if one[0] == "a"]


@pytest.mark.parametrize("name", list(read.stories()))
def test_a_result_that_is_missing_is_an_error(name):
    for missing in read.story(name).needs:
        rest = {key: value for key, value in findings().items() if key != missing}
        at = next(k for k, scene in enumerate(read.story(name).scenes, 1) if missing in scene.needs)
        with pytest.raises(UnknownName, match=f"no result {re.escape(missing)}"):
            page(name, at, rest)


def test_a_scene_whose_results_are_not_there_says_so(monkeypatch):
    monkeypatch.setattr(results, "shipped", dict)
    html = page("claim", 3).html
    assert "do not come with the app" in html
    assert "&#34;truth" not in html
    assert "do not come with the app" not in page("claim", 1).html


def test_what_comes_with_the_app_is_filled_in(monkeypatch):
    monkeypatch.setattr(results, "shipped", lambda: findings())
    assert "18 of 20" in page("claim", 3).html
    monkeypatch.undo()
    assert results.shipped()["claims.C3.points"].isdecimal()


@pytest.mark.parametrize("stale", [True, False])
def test_a_scene_with_figures_of_an_earlier_model_says_so_and_no_other_scene_does(monkeypatch, stale):
    old = {name for name in results.shipped() if name.startswith("claims.")} if stale else set()
    monkeypatch.setattr(results, "_kept", lambda: (findings(), old))
    said = [number for number in range(1, len(read.story("claim").scenes) + 1)
            if "earlier version of the model" in page("claim", number).html]
    needing = [number for number, scene in enumerate(read.story("claim").scenes, 1) if scene.needs & old]
    assert said == needing
    assert bool(needing) == stale


def test_what_is_stale_is_known_by_the_model_that_gave_it(monkeypatch):
    from viz.digests import shipped as pairs

    monkeypatch.setattr(pairs, "is_stale", lambda found: True)
    results._kept.cache_clear()
    scene = next(scene for scene in read.story("claim").scenes if "crew_weeks.low" in scene.needs)
    assert results.of_an_earlier_model(scene)
    results._kept.cache_clear()


def test_a_claim_is_marked_as_one_and_names_its_source():
    html = str(tell.text("Budgets fall by {claim:C1}.", {}))
    assert "30%" in html
    assert "❝" in html
    assert 'href="https://lexlords.ca/' in html


def test_the_bet_comes_before_the_truth_and_both_speak_of_the_same():
    scenes = read.story("claim").scenes
    before, after = scenes[1].bet, scenes[2].bet
    assert (before.truth, after.truth) == ("", "crew_weeks.line")
    assert before == replace(after, truth="", says="")
    assert "truth" not in tell.bet(before, findings())
    assert len(tell.bet(after, findings())["truth"]) == after.last - after.first + 1


def test_html_in_a_story_is_shown_and_not_run():
    html = str(tell.text("<script>alert()</script> *so* [x](javascript:alert)", {}))
    assert "<script>" not in html
    assert "javascript:" not in [one[1].get("href", "")[:11] for one in tags(html)]
    assert "<em>so</em>" in html
    assert "<script>" not in str(tell.text("{a.b}", {"a.b": "<script>"}))


def test_the_scene_of_the_two_numbers_shows_the_maps_that_come_with_the_app():
    shown = contents.of(*url.read("story", "name=claim&scene=4"))
    assert "The two numbers that decide it" in shown.html
    assert "Run and compare them" not in shown.html
    assert "break-even" in shown.html
    assert shown.figures


def test_a_scene_shows_no_part_that_does_not_exist():
    with pytest.raises(CallSheetError, match="The one part that there is: break-even"):
        written(SCENE.replace("vs=baseline", "vs=baseline\npart: map"))
    with pytest.raises(CallSheetError, match="belongs to compare\\?s=ai_first&vs=baseline"):
        written(SCENE.replace("s=ai_first", "s=guardrails").replace("vs=baseline", "vs=baseline\npart: break-even"))


def test_a_fragment_below_the_scene_keeps_its_charts():
    shown = page("claim", 1, findings(), Fragment("<p>below</p>", {"chart-x": {"data": [], "layout": {}}}))
    assert "<p>below</p>" in shown.html
    assert "chart-x" in shown.whole
    assert shown.html.count("<div") == shown.html.count("</div>")


@pytest.mark.parametrize(("name", "scene", "says"), [
    ("<b>", 1, "There is no story called “&lt;b&gt;”"), ("claim", 9, "has 5 scenes"), ("claim", "x", "has 5 scenes"),
    ("claim", "-1", "has 5 scenes"), ("claim", "²", "has 5 scenes"),
])
def test_what_is_not_there_is_a_sentence_with_the_list_of_stories(name, scene, says):
    html = page(name, scene, findings()).html
    assert says in html
    for each in read.stories():
        assert f"story?name={each}" in html


def test_the_list_without_a_name_scolds_nobody():
    assert "There is no" not in listed().html


@pytest.mark.parametrize(("scene", "says"), [
    (SCENE.replace("words", "30 words"), "number 30 is typed"),
    (SCENE.replace("words", "3.5 % of words"), "number 3.5 % is typed"),
    (SCENE.replace("A heading", "7 headings"), "number 7 is typed"),
    (SCENE.replace("{crew_weeks.change}", "{claim:C99}"), "no claim C99"),
    (SCENE.replace("{crew_weeks.change}", "{claim:C3}"), "announced without a number"),
    (SCENE.replace("{crew_weeks.change}", "{parameter:ai_tasks.capabilty}"), "Did you mean ai_tasks.capability"),
    (SCENE.replace("{crew_weeks.change}", "{measure:crew_week}"), "Did you mean crew_weeks"),
    (SCENE.replace("{crew_weeks.change}", "{word:x}"), "of no known kind"),
    (SCENE.replace("{crew_weeks.change}", "{"), "brace"),
    (SCENE.replace("s=ai_first", "s=ai_frist"), "There is no scenario"),
    (SCENE.replace("compare?", "https://example.org/?"), "no page with its state"),
    (SCENE.replace("&vs=baseline", "&lever.TaxCredit.rate=4"), "not understood"),
    (SCENE.replace("&vs=baseline", "&set.ai_tasks.capabilty=0.4"), "not understood"),
    (SCENE.replace("at:", "to:"), "has no at"),
    (SCENE.replace("\n```\n", "\ncolor: red\n```\n"), "unknown entry 'color'"),
    (SCENE.replace("Some", "Some " * 200), "characters of text"),
    ("no scene", "must be a line '## heading'"),
    (SCENE.replace("\n```\n", f"\n{BET.replace('start: 100', 'start: 200')}\n```\n"), "start lies between"),
    (SCENE.replace("\n```\n", f"\n{BET.replace('to: 2028', 'to: 2026')}\n```\n"), "years can be drawn"),
    (SCENE.replace("\n```\n", f"\n{BET.replace('low: 80', 'low: deep')}\n```\n"), "must be a number"),
])
def test_what_is_wrong_in_a_scene_is_a_sentence(scene, says):
    with pytest.raises(CallSheetError, match=re.escape(says)):
        written(scene)


@pytest.mark.parametrize(("head", "says"), [
    (HEAD.replace("minutes: 2", "minutes: 99"), "allowed are 1 to 15"),
    (HEAD.replace("minutes: 2\n", ""), "has no minutes"),
    (HEAD.replace("A title", "x" * 200), "has 200 characters"),
    ("", "must begin with ---"),
    (HEAD.replace("title: A title", "title: !!python/object:os.system A"), "tags"),
])
def test_what_is_wrong_in_a_head_is_a_sentence(head, says):
    with pytest.raises(CallSheetError, match=re.escape(says)):
        written(head=head)


def test_a_story_is_bounded():
    with pytest.raises(CallSheetError, match="at most 8"):
        written("---\n".join([SCENE] * 9))
    with pytest.raises(CallSheetError, match="KiB"):
        written(SCENE + " " * read.MOST_BYTES)
    assert len(written("---\n".join([SCENE] * 8)).scenes) == 8


def test_years_may_stand_in_a_story():
    assert written(SCENE.replace("words", "words of 2026")).needs == {"crew_weeks.change"}


def test_a_line_of_the_wrong_length_is_an_error():
    told = written(SCENE.replace("\n```\n", f"\n{BET}\n```\n"))
    assert told.needs == {"crew_weeks.change", "crew_weeks.line"}
    with pytest.raises(UnknownName, match="list of 3 numbers"):
        tell.bet(told.scenes[0].bet, {"crew_weeks.line": [1.0, 2.0]})


@pytest.mark.parametrize("name", list(read.stories()))
def test_no_story_writes_a_sign_before_more_or_fewer(name):
    found = results.shipped()
    for scene in read.story(name).scenes:
        words = re.sub(r"<template>.*?</template>|<[^>]*>", "", str(tell.text(scene.text, found)), flags=re.S)
        assert not re.search(r"[+−][$\d][\d,.]*( \w+){0,4} (more|fewer|higher|lower)\b", words), words


@pytest.mark.parametrize("name", list(read.stories()))
def test_the_page_below_a_scene_shows_the_futures_that_its_figures_are_of(monkeypatch, name):
    monkeypatch.setattr("viz.found._is_current", lambda name: True)
    told = [scene for scene in read.story(name).scenes if scene.at.startswith("compare?") and scene.needs]
    views = [url.read("compare", scene.at.partition("?")[2])[0] for scene in told]
    shown = {view.name: len(came_with(view)) for view in views if not view.edits}
    assert shown == {each: PAIRS[each] for each in shown}
