"""Every parameter is legal and read somewhere, and every label fits on a line."""

import re

import pytest

from model import units
from model.state.now import rule_names
from tests.contracts.planted import PARAMS, ROOT, SAID, TABLES, table
from viz.pages.method import readers

LONGEST_LABEL = 90


@pytest.mark.parametrize("name", list(PARAMS))
def test_a_parameter_is_read_somewhere(name):
    assert readers.readers()[name], f"{name} is read nowhere in model/: delete it, or say where it acts"


def test_every_rule_of_a_working_life_is_used_by_a_mechanism():
    """A rule is handed to kernels as the record `now`; one that no kernel looks at would move nothing."""
    mechanisms = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "model" / "mechanisms").glob("*.py")
    )
    idle = [name for name in rule_names() if not re.search(rf"\bnow\.{name}\b", mechanisms)]
    assert not idle, f"no mechanism reads now.{', now.'.join(idle)}"


@pytest.mark.parametrize("name", list(PARAMS))
def test_a_parameter_is_legal_and_says_so_in_one_line(name):
    about = PARAMS.about(name)
    assert units.base_unit(about.unit) in units.UNITS
    assert len(about.label) <= LONGEST_LABEL
    assert about.why
    low, high = about.range
    for value in about.value if isinstance(about.value, tuple) else (about.value,):
        assert low <= value <= high


@pytest.mark.parametrize("name", TABLES)
def test_a_label_fits_on_a_line(name):
    long = [row["label"] for row in table(name) if len(row.get("label") or "") > LONGEST_LABEL]
    assert not long


def test_a_label_in_a_yaml_file_fits_on_a_line():
    long = [where for where, entry in SAID if len(str(entry.get("label") or "")) > LONGEST_LABEL]
    assert not long
