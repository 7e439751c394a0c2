"""Small studies of a function, and what the page of batches shows of them, as text."""

from experiments.batch.coordinator import Limits
from experiments.study.definition import study_from
from experiments.study.go import run
from tests.unit.viz.test_claims_page import Page

HOSTILE = "<script>alert(1)</script>\"'&"
RANGE = {"low": -3.0, "high": 3.0}


def made(home, name, **change):
    study = study_from({
        "title": "A function", "question": "Which argument matters?", "runner": "function", "function": "ishigami",
        "against": None, "uncertainties": dict.fromkeys(("x1", "x2", "x3"), RANGE), "outcomes": ["y"],
        "design": {"kind": "lhs", "points": 120}, "holds": {"outcome": "y", "at_least": 4.0}, **change,
    }, name)  # fmt: skip
    run(study, None, home / name, "here", 1, Limits())
    return study


def text(fragment):
    return " ".join(Page(fragment.html).text.split())


def rows_of(fragment):
    """The cells of the table of runs."""
    inside = fragment.html.partition('<table id="table-browse">')[2].partition("<tbody>")[2].partition("</tbody>")[0]
    return [" ".join(Page(row + "</tr>").text.split()) for row in inside.split("</tr>")[:-1]]
