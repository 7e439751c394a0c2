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


def test_effects_become_findings_with_their_luck():
    effects = {"crew_weeks": {"mean": 5200.0, "q10": -52.0, "q90": 9000.0, "futures_agreeing": 18},
               "public_cost_musd": {"mean": 10.0, "q10": 9.0, "q90": 11.0, "futures_agreeing": 20}}
    found = results.of_comparison(effects, 20, "credit")
    assert found["credit.crew_weeks.change"] == "+5,200"
    assert found["credit.crew_weeks.low"] == "−52"
    assert found["credit.crew_weeks.agree"] == "18 of 20"
    assert found["credit.job_year.cost"] == "$100,000"
    lost = {**effects, "crew_weeks": {**effects["crew_weeks"], "mean": -1.0}}
    assert results.of_comparison(lost, 20)["job_year.cost"] == "no defined sum"


def test_a_line_is_in_percent_of_the_other_world():
    mine = [{"year": 2026, "crew_weeks": 99.0}, {"year": 2027, "crew_weeks": 102.0}]
    other = [{"year": 2026, "crew_weeks": 100.0}, {"year": 2027, "crew_weeks": 100.0}]
    found = results.of_line("crew_weeks", mine, other)
    assert found == {"crew_weeks.line": [99.0, 102.0], "crew_weeks.last_year": "2027",
                     "crew_weeks.percent_in_last_year": "+2.0%"}
    broken_off = [*mine, {"year": results.LAST + 1, "crew_weeks": 20.0}]
    assert results.of_line("crew_weeks", broken_off, [*other, {"year": results.LAST + 1, "crew_weeks": 30.0}]) == found
    assert results.of_line("crew_weeks", mine, []) == {}


def test_crafts_are_ranked_by_what_they_lose():
    shares = {"camera": -0.1, "visual_effects": -0.4, "catering": 0.02, "grip": -0.2, "music": -0.05}
    agreeing = {"camera": 29, "visual_effects": 30, "catering": 25, "grip": 30, "music": 18}
    found = results.of_crafts(shares, agreeing, 30)
    assert found["crafts.first.name"] == "visual effects"
    assert found["crafts.third.change"] == "−10.0%"
    assert (found["crafts.last.name"], found["crafts.last.change"]) == ("catering", "+2.0%")
    assert found["crafts.agree"] == "25 of 30"  # of the four that are told, not of all
    assert results.of_crafts({}, {}, 30) == {}


def test_the_new_craft_and_all_others_add_up_to_the_net(ai_digests):
    def number(words):
        return float(words.split()[0].replace(",", "")) * (1 if words.endswith("more") else -1)

    found = results.of_digests(ai_digests)
    gained, lost, net = (number(found[f"{name}.said"]) for name in ("new_craft", "other_crafts", "crew_weeks"))
    assert gained > 0
    assert gained + lost == pytest.approx(net, abs=0.01 * (abs(gained) + abs(lost)))
    assert net == pytest.approx(ai_digests.effect("crew_weeks")["mean"], rel=0.01)


def test_more_or_fewer_stands_in_the_place_of_a_sign_and_nobody_is_told_in_tenths():
    effects = {"ai_jobs": {"mean": 7.87, "q10": -1.24, "q90": 12.57, "futures_agreeing": 10},
               "public_cost_musd": {"mean": 35.9, "q10": 10.8, "q90": 60.4, "futures_agreeing": 12}}
    found = results.of_comparison(effects, 12, "retraining")
    assert found["retraining.ai_jobs.said"] == "8 more"
    assert found["retraining.ai_jobs.range"] == "between 1 fewer and 13 more"
    assert found["retraining.ai_jobs.agree"] == "10 of 12"
    assert re.fullmatch(r"\$3[56][.\d]* million higher", found["retraining.public_cost_musd.said"])


def test_the_price_of_a_job_year_is_told_with_what_outside_figures_allow_for(monkeypatch, ai_digests):
    needs = read.story("policy").scenes[1].needs
    assert {"larger_credit.job_year.cost", "larger_credit.job_year.beyond_outside"} <= needs
    for times, says in ((2.04, "2.0 times"), (None, "no more than")):
        monkeypatch.setattr("viz.pages.compare.words.credit_beyond_outside", lambda found, times=times: times)
        assert results.of_digests(ai_digests, "larger_credit")["larger_credit.job_year.beyond_outside"] == says


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


def test_the_answer_of_the_claims_becomes_findings():
    row = {"id": "C3", "measured": {"mean": -0.0065, "q10": -0.01, "q90": -0.003, "futures_agreeing": 29},
           "over_parameters": {"points": 200, "points_holding": 33, "points_failing": 147}, "verdict": "depends on",
           "turns_on": [{"parameter": "ai_tasks.capability", "label": "Share", "unit": "share", "border": 0.5,
                         "holds_if": "above"}]}
    found = results.of_claims([row])
    assert found["claims.C3.measured"] == "−0.7%"
    assert (found["claims.C3.failing"], found["claims.C3.points"]) == ("147", "200")
    assert found["claims.C3.border.1"].startswith("above 50%")
