"""What a page says of results kept from a model: the one that runs, one alike, another."""

import pytest

from model import digest
from model.digest import model_digest
from viz.pages.of_model import of_model

ALIKE, PAST, OTHER = "a" * 32, "b" * 32, "0" * 32


@pytest.fixture
def alike(monkeypatch):
    monkeypatch.setattr(digest, "_alike", lambda ai: frozenset({ALIKE, model_digest(), *(() if ai else (PAST,))}))


def test_results_of_the_model_that_runs_are_its_own():
    assert of_model(model_digest()) == f"Of model {model_digest()[:12]}, the one that runs now."


def test_results_of_a_model_that_gives_the_same_are_not_stale(alike):
    assert of_model(ALIKE) == (f"Of model {ALIKE[:12]}; {model_digest()[:12]}, which runs now, gives the same results "
                               "bit for bit.")


def test_results_without_ai_of_a_model_that_differs_in_ai_alone_are_not_stale(alike):
    assert "the same results bit for bit where nobody uses AI" in of_model(PAST, ai=False)
    assert "stale" in of_model(PAST)


def test_results_of_another_model_are_called_stale_and_how_to_renew_them_is_said(alike):
    said = of_model(OTHER, "make it anew")
    assert said.startswith("These results are stale: ")
    assert said.endswith("The command make it anew renews them.")


def test_a_model_that_nobody_compared_is_like_none(monkeypatch):
    monkeypatch.setattr(digest, "_alike", lambda ai: frozenset({ALIKE, OTHER}))
    assert "stale" in of_model(ALIKE)
