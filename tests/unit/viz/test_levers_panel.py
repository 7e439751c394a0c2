"""Levers on the page: a slider comes before what explains it, and what is set is said."""

from model.parameters import Params
from tests.unit.viz.seen import Seen
from viz import levers_panel
from viz.view import SIMULATE, View


def test_tab_reaches_a_slider_before_what_says_where_its_number_comes_from():
    reader = Seen(levers_panel.panel(View(SIMULATE)).html)
    assert not reader.wrong
    stops = ["slider" if tag == "input" else "tip" for tag, attributes, parents in reader.elements
             if "template" not in parents and (tag == "input" and attributes.get("type") == "range"
                                               or tag == "button" and "tip" in attributes.get("class", ""))]
    assert len(stops) > 20
    assert stops == ["slider", "tip"] * (len(stops) // 2)


def test_every_slider_keeps_its_name():
    reader = Seen(levers_panel.panel(View(SIMULATE)).html)
    named = {each["for"] for each in reader.all("label")}
    assert named == {each["id"] for each in reader.all("input")}


def test_the_rate_of_the_credit_says_that_the_cap_decides_what_it_does():
    html = levers_panel.panel(View(SIMULATE)).html
    row = html.partition('id="row-lever.TaxCredit.rate"')[2].partition("</li>")[0]
    sentence = "a higher rate covers fewer titles unless the cap rises too."
    assert sentence in row
    assert html.count(sentence) == 1


def test_how_many_numbers_have_a_slider_says_of_how_many():
    params = Params.load()
    found = levers_panel.movable(params)
    assert 100 < len(found) < len(params.names())
    text = Seen(levers_panel.panel(View(SIMULATE)).html).text
    assert f"A slider moves {len(found)} of the model's {len(params.names())} parameters" in text
