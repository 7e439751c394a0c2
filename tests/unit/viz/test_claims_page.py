"""The page of the claims: verdicts with luck and not knowing apart, links that lead somewhere, and a shipped answer."""

import copy
import json
from dataclasses import replace
from html.parser import HTMLParser
from importlib import resources
from urllib.parse import parse_qs, urlsplit

import pytest

from experiments.claims.declared import claims
from model.digest import model_digest
from model.errors import CallSheetError
from model.measures import measures
from model.scenario import Scenario
from model.tables import crafts
from viz.pages.claims import ClaimsAnswer, page, read, shipped, surface_of_c3
from viz.pages.claims.answer import MOST_BYTES, SHIPPED
from viz.pages.claims.chips import SHOWN, stated
from viz.pages.claims.make import reduced
from viz.pages.claims.said import luck_said, number_said, shares, turn_said

HOSTILE = "<script>alert(1)</script>\"'&{{7*7}}"


class Page(HTMLParser):
    """Tags, addresses, headings, ids and text of a fragment."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.links, self.ids, self.levels, self.text, self._open = [], [], [], [], "", []
        self.feed(html)
        assert not self._open, f"left open: {self._open}"

    def handle_starttag(self, tag, attributes):
        held = dict(attributes)
        self.tags.append((tag, held))
        if "id" in held:
            self.ids.append(held["id"])
        if tag == "a":
            self.links.append(held["href"])
        if tag[0] == "h" and tag[1:].isdigit():
            self.levels.append(int(tag[1:]))
        if tag not in ("br", "input", "path", "rect", "circle", "img", "meta", "link"):
            self._open.append(tag)

    def handle_endtag(self, tag):
        if tag not in ("path", "rect", "circle"):
            assert self._open.pop() == tag

    def handle_startendtag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.text += data


@pytest.fixture(scope="module")
def plain():
    return json.loads(resources.files("viz").joinpath(*SHIPPED).read_text(encoding="utf-8"))


def answer(plain, **change):
    held = copy.deepcopy(plain)
    for path, value in change.items():
        at = held
        *way, last = path.split("__")
        for each in way:
            at = at[int(each)] if isinstance(at, list) else at[each]
        at[int(last) if isinstance(at, list) else last] = value
    return read(json.dumps(held).encode())


def test_the_shipped_answer_is_small_and_holds_every_claim():
    assert len(resources.files("viz").joinpath(*SHIPPED).read_bytes()) < MOST_BYTES
    assert [row["id"] for row in shipped().claims] == list(claims())


def test_every_claim_is_a_card_with_its_verdict_in_words_and_who_says_so():
    text = Page(page(shipped()).html).text
    for row in shipped().claims:
        detail = shipped().details[row["id"]]
        assert f"{row['id']} · {stated(row['statement'])}" in text
        assert SHOWN.get(detail["verdict"], detail["verdict"]) in text
        assert f"says {detail['who']}" in text
        assert number_said(row, detail, row["measured"]["mean"]) in text


def test_headings_begin_at_two_and_do_not_skip_and_ids_are_given_once():
    for name in ("", *claims()):
        shown = Page(page(shipped(), name).html)
        assert shown.levels[0] == 2
        assert 1 not in shown.levels
        assert all(b - a <= 1 for a, b in zip(shown.levels, shown.levels[1:], strict=False)), name
        assert len(shown.ids) == len(set(shown.ids)), name


def test_links_lead_to_worlds_measures_crafts_and_kinds_that_exist():
    known, seen = measures(), set()
    for name in ("", *claims()):
        for link in Page(page(shipped(), name).html).links:
            at = urlsplit(link)
            assert not at.scheme or link.startswith("data:text/csv")
            asked = {key: value[0] for key, value in parse_qs(at.query).items()}
            seen.add(at.path)
            if at.path == "compare":
                assert asked["m"] in known
                assert Scenario.named(asked["s"]).name != Scenario.named(asked["vs"]).name
            elif at.path == "simulate":
                assert Scenario.named(asked["s"])
            elif at.path == "people":
                assert asked["craft"] in crafts().names
            elif at.path == "method":
                assert asked["tab"] == "numbers"
                assert asked["kind"] in ("claim", "assumption", "estimate", "datum", "calibrated", "policy")
            elif at.path == "claims":
                assert asked.get("c", "C1") in claims()
    assert {"compare", "simulate", "people", "method", "claims"} <= seen


def test_every_chart_has_an_element_to_be_drawn_into_and_a_table():
    for name in claims():
        shown = page(shipped(), name)
        found = Page(shown.html)
        assert set(shown.figures) == {held["id"] for _, held in found.tags if held.get("role") == "img"}
        assert shown.figures
        assert sum(tag == "table" for tag, _ in found.tags) >= len(shown.figures)


def test_a_claim_is_found_in_any_case_and_an_unknown_one_is_a_sentence_with_the_nearest():
    assert Page(page(shipped(), " c3 ").html).ids.count("C3") == 1
    text = Page(page(shipped(), "C33").html).text
    assert "There is no claim C33 in this answer." in text
    assert "Did you mean" in text
    assert "At a glance" in text


def test_what_a_visitor_writes_as_a_claim_comes_out_as_text():
    shown = page(shipped(), HOSTILE).html
    assert "<script" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_words_of_the_file_come_out_as_text(plain):
    given = answer(plain, claims__0__statement=HOSTILE, details__C1__who=HOSTILE, details__C1__finding=HOSTILE)
    for name in ("", "C1"):
        shown = page(given, name).html
        assert "<script" not in shown
        assert "&lt;script&gt;alert(1)" in shown
        assert "{{7*7}}" in Page(shown).text


def test_a_stale_answer_says_so_with_both_digests_and_one_of_this_model_does_not(plain):
    old, new = answer(plain, model="0" * 32), answer(plain, model=model_digest())
    assert old.stale
    assert not new.stale
    for name in ("", "C3"):
        words = Page(page(old, name).html).text
        assert "These results are stale: they are of model 000000000000" in words
        assert model_digest()[:12] in words
        assert "stale" not in Page(page(new, name).html).text
    assert surface_of_c3(old).blocks[0].form == "notice"
    assert surface_of_c3(new).blocks[0].form == "text"


def test_luck_and_not_knowing_are_told_apart_by_hand(plain):
    given = answer(plain)
    row, detail = given.claims[0], {**given.details["C1"], "values": [0.1, 0.4, None], "futures": 2}
    detail |= {"border": 0.3, "at_middle": "between"}
    row = {**row, "measured": {"mean": 0.25, "q10": 0.13, "q90": 0.37, "futures_agreeing": 2}}
    assert luck_said(row, detail) == ("80% of futures: 13.0% to 37.0%. 1 of 2 futures reach 30.0%. "
                                      "At the middle of all parameters futures disagree.")
    row = {**row, "over_parameters": {"points": 10, "points_holding": 2, "points_failing": 5}}
    assert shares(row) == [("hold", "more", 0, 20), ("neither", "undecided", 20, 30), ("fail", "less", 50, 50)]


def test_a_correlation_that_chance_could_reach_is_not_told_as_a_finding(plain):
    given = answer(plain)
    row, detail = given.claims[7], given.details["C8"]
    ranked = [{"parameter": "ai_tasks.capability", "accuracy": 0.6, "correlation": 0.9}]
    assert "rank correlation +0.90" in turn_said(row, {**detail, "ranked": ranked})
    ranked = [{**ranked[0], "correlation": -0.15}]
    assert "told from chance" in turn_said(row, {**detail, "ranked": ranked})


def test_a_switch_is_on_or_off_and_not_above_a_number(plain):
    one = copy.deepcopy(plain)
    row = next(row for row in one["claims"] if row["turns_on"])
    row["turns_on"][0] |= {"unit": "switch", "holds_if": "above", "border": 0.5, "fails_at": 0, "holds_at": 1, "now": 0}
    text = Page(page(read(json.dumps(one).encode()), row["id"]).html).text
    assert "switched on" in text
    assert "0 switch" not in text


def test_a_tail_that_few_futures_cannot_tell_is_not_called_unmeasured():
    text = Page(page(shipped(), "C6").html).text
    assert "with too few futures at each to tell a worst tenth" in text
    assert "middle of all parameters only" not in text


def test_the_surface_shows_the_announced_region_only_where_titles_save_that_much(plain):
    section = surface_of_c3(shipped())
    assert [each.form for each in section.blocks if each.form not in ("notice",)] == [
        "text", "small", "key", "three", "folded"]
    names = [trace["name"] for chart in section.charts for trace in chart.figure["data"]]
    assert "as announced" not in names  # in the shipped answer no cell saves 30 %
    rows = [[True] * 5] * 3
    reached = answer(plain, details__C3__surface__slices__0__announced=rows)
    names = [trace["name"] for trace in surface_of_c3(reached).charts[0].figure["data"]]
    assert names.count("as announced") == 1
    assert "in 15 titles save what was announced" in surface_of_c3(reached).charts[0].says


def test_an_answer_without_c3_gives_a_sentence_for_the_surface(plain):
    one = copy.deepcopy(plain)
    one["claims"], one["details"] = one["claims"][:1], {"C1": one["details"]["C1"]}
    given = read(json.dumps(one).encode())
    assert [each.form for each in surface_of_c3(given).blocks] == ["notice"]
    assert f"The claim {one['details']['C1']['verdict']}." in Page(page(given).html).text


def test_what_shows_why_may_be_missing_and_costs_only_itself(plain):
    for broken in (None, {}, {"crafts": 3}, {"crafts": {"grip": None}}, {"crafts": {"grip": {"mean": "x"}}}):
        shown = Page(page(answer(plain, details__C8__over_futures=broken), "C8").html)
        assert "C8 · " in shown.text


@pytest.mark.parametrize(("path", "value"), [
    ("model", "../../etc/passwd"), ("made", "yesterday"), ("design__scale", 0), ("design__futures", -1),
    ("claims__0__id", "C99"), ("claims__0__kind", "rumor"), ("claims__0__statement", "x" * 2000),
    ("details__C1__verdict", "wins"), ("details__C1__values", "many"), ("details__C1__border", None),
    ("claims__1__turns_on__0__unit", "furlongs"), ("details__C8__over_futures", [1]),
    ("details__C3__surface__slices__0__work", [[1.0]]), ("details__C8__over_futures", {"a": [[[[[[[[[1]]]]]]]]]}),
    ("details", {}), ("claims", []),
])  # fmt: skip
def test_a_file_that_is_something_else_is_refused_with_a_sentence(plain, path, value):
    with pytest.raises(CallSheetError, match="is no kept answer of callsheet claims") as refused:
        answer(plain, **{path: value})
    assert not any(words in str(refused.value) for words in ("Input should", "Field required", "valid dictionary"))


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"\xff\xfe", b"null", b'{"model": NaN}', b"[" * 5000])
def test_bytes_that_are_no_answer_are_refused_with_a_sentence(data):
    with pytest.raises(CallSheetError, match="Make it anew"):
        read(data)


def test_numbers_that_are_not_finite_and_files_that_are_too_large_are_refused(plain):
    text = json.dumps(plain)
    with pytest.raises(CallSheetError, match="no kept answer"):
        read(text.replace('"border": 0.3', '"border": 1e999', 1).encode())
    with pytest.raises(CallSheetError, match="at most"):
        read(text.encode() + b" " * MOST_BYTES)


def test_making_the_shipped_file_keeps_what_the_page_shows_and_says_what_is_missing(plain, tmp_path):
    with pytest.raises(CallSheetError, match=r"There is no manifest\.json"):
        reduced(tmp_path)
    (tmp_path / "manifest.json").write_text(json.dumps({"model": plain["model"], "ended": "2026-11-26T07:03:43Z"}))
    (tmp_path / "claims.json").write_text(json.dumps(plain["claims"]))
    (tmp_path / "details.json").write_text(json.dumps({"design": plain["design"], "claims": plain["details"]}))
    again = read(reduced(tmp_path))
    that_day = replace(shipped(), made="2026-11-26")
    assert again == that_day
    assert isinstance(again, ClaimsAnswer)
    assert page(again, "C3") == page(that_day, "C3")
    (tmp_path / "claims.json").write_text("[1]")
    with pytest.raises(CallSheetError, match="does not hold an answer"):
        reduced(tmp_path)
