"""In long tables each value has the name of its column, for windows in which a row is a block."""

import pytest

from tests.unit.viz.seen import Seen
from viz.fragments import labeled
from viz.pages.method import page

HEAD = ('<th scope="col">craft</th><th scope="col"><a href="?a">change &amp; more</a> <span aria-hidden="true">▾</span>'
        '</th><th scope="col">share</th>')
ROWS = '<tr><th scope="row">Grip</th><td class="n">1</td><td>2</td></tr><tr><th>Hair</th><td>3</td></tr>'
TABLE = f'<table class="grid" id="t"><thead><tr>{HEAD}</tr></thead><tbody>{ROWS}</tbody></table>'


def labels(html):
    return [attributes.get("data-label") for tag, attributes, _ in Seen(html).elements if tag == "td"]


def test_a_value_has_the_words_of_its_heading_and_each_row_begins_anew():
    assert labels(labeled(TABLE)) == ["change & more", "share", "change & more"]
    assert Seen(labeled(TABLE)).text == Seen(TABLE).text


def test_other_tables_are_left_as_they_are():
    other = TABLE.replace('class="grid" ', "")
    assert labeled(other) == other


@pytest.mark.parametrize(("tab", "name", "first"), [("numbers", "parameters", "value"),
                                                    ("reality", "facts", "verdict")])
def test_every_value_of_the_long_tables_of_method_is_labeled(tab, name, first):
    table = page(tab).html.partition(f'<table id="table-{name}"')[2].partition("</table>")[0]
    found = labels(f"<table{table}</table>")
    assert found[0] == first
    assert None not in found
    assert len(set(found)) > 3
