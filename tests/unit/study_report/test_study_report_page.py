"""Every report is one file for screen and paper that asks nothing of a network and has a table for every chart."""

import json
import re

import pytest

from tests.unit.answer.test_page import ASKING
from tests.unit.study_report import study_answers
from tests.unit.study_report.reports_read import read

ANSWERS = {
    "credit": (study_answers.credit, {"chart-headline", "chart-crafts", "chart-crew-weeks", "chart-saved_dollar_all",
                                      "chart-saved_dollar_producers"}),
    "one": (study_answers.one_comparison, {"chart-difference", "chart-crafts", "chart-crew-weeks",
                                           "chart-saved_dollar_all", "chart-saved_dollar_producers"}),
    "failed": (study_answers.all_failed, set()),
    "spread": (study_answers.spread, {"chart-spread", "chart-scores", "chart-prim"}),
    "surface": (study_answers.surface, {"chart-surface"}),
    "front": (study_answers.front, {"chart-front"}),
    "hostile": (study_answers.hostile, {"chart-headline", "chart-crafts", "chart-crew-weeks", "chart-saved_dollar_all",
                                        "chart-saved_dollar_producers"}),
}  # fmt: skip


@pytest.fixture(scope="module", params=ANSWERS)
def any_page(request):
    make, charts = ANSWERS[request.param]
    return (*read(make()), charts)


def test_nothing_is_asked_of_a_network(any_page):
    text, reader, _ = any_page
    asking = [(tag, value) for tag, attributes in reader.tags for name, value in attributes.items()
              if (tag, name) in ASKING and not (value or "").startswith("data:")]
    assert asking == []
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL).group(1)
    assert "url(" not in style
    assert "@import" not in style
    assert sum(tag == "script" for tag, _ in reader.tags) == 3
    assert 1 <= text.count("plotly.js v") <= 2
    policy = next(each["content"] for _, each in reader.tags if each.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'")


def test_every_chart_has_a_name_a_table_and_a_download(any_page):
    _, reader, charts = any_page
    shown = [attributes for tag, attributes in reader.tags if attributes.get("class") == "chart"]
    assert {each["id"] for each in shown} == set(json.loads(reader.scripts["figures"])) == charts
    assert all(each["aria-label"] for each in shown)
    downloads = [attributes["download"] for tag, attributes in reader.tags if "download" in attributes]
    assert len(downloads) == len(set(downloads)) >= len(charts)
    ids = [attributes["id"] for _, attributes in reader.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_headings_do_not_skip_and_links_lead_to_sections(any_page):
    _, reader, _ = any_page
    levels = [int(tag[1]) for tag, _ in reader.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    ids = {attributes.get("id") for _, attributes in reader.tags}
    inside = [attributes["href"] for tag, attributes in reader.tags
              if tag == "a" and attributes.get("href", "").startswith("#")]
    assert inside
    assert {each[1:] for each in inside} <= ids


def test_it_is_made_for_paper_and_both_themes(any_page):
    text, reader, _ = any_page
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL).group(1)
    assert "@media print" in style
    assert "@page" in style
    assert 'addEventListener("beforeprint"' in text
    used = set(re.findall(r'"@([\w-]+)"', reader.scripts["figures"]))
    for theme in re.split(r"@media screen", style)[:2]:
        assert used <= set(re.findall(r"--([\w-]+):", theme))
