"""Where a comparison leads on, and what the other world is called."""

from types import SimpleNamespace

import pytest

from viz import contents
from viz.view import COMPARE, FUTURES, WITHOUT_AI, View

LEVER = {"lever.TaxCredit.rate": "0.45"}


def further(**fields):
    """(text, link) of what a comparison leads on to."""
    return [(each.text, each.link) for each in contents._further(View(page=COMPARE, **fields))]


def test_edits_lead_to_what_they_do_by_themselves_and_few_futures_to_more(monkeypatch):
    assert further() == []
    (text, link), = further(edits=LEVER)
    assert "compared together with the scenario" in text
    assert "vs=ai_first" in link
    assert "lever.TaxCredit.rate=0.45" in link
    (text, link), = further(futures=2)
    assert text == "This page asks for 2 futures and no more."
    assert "n=2" not in link
    monkeypatch.setattr(contents.settings, "in_force", lambda: SimpleNamespace(futures=5))
    assert "n=5" in further(futures=2)[0][1]  # no more than the server allows
    assert further(futures=5) == []
    assert further(futures=1)[0][0] == "This page asks for 1 future and no more."


@pytest.mark.parametrize("fields", [{"edits": LEVER, "against": "ai_first"}, {"name": "baseline", "edits": LEVER}])
def test_what_is_against_itself_already_leads_nowhere(fields):
    assert further(futures=FUTURES, **fields) == []


def test_before_2026_the_other_world_is_the_market_as_it_was():
    assert View(page=COMPARE, name="no_strikes").other.title == "The market as it was"
    assert View(page=COMPARE, name="ai_first").other.title == WITHOUT_AI
    assert View(page=COMPARE, name="ai_first", against="no_strikes").other.title != WITHOUT_AI
