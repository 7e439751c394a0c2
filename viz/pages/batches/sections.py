"""The sections of a study's report as sections of the page; one that cannot be made says so and costs no other."""

from __future__ import annotations

from typing import Any

from experiments.page.page import version_of_package
from experiments.study.report import blocks
from experiments.study.report.blocks import Section
from experiments.study.report.page import makers
from model.errors import CallSheetError
from viz.marked import marked

# What code meets that reads an answer of another version, or one that somebody made up.
TROUBLE = (CallSheetError, KeyError, TypeError, ValueError, IndexError, AttributeError, ArithmeticError)
UNKNOWN = "not known: answer.json does not hold it"


def report_sections(found: dict[str, Any], manifest: dict[str, Any], model: str) -> list[Section]:
    """Every section that the answer has what it takes for, then one on those that could not be made, if any."""
    made, lost = [], 0
    try:
        each_makes = makers(found, manifest, version_of_package(), model)
    except TROUBLE:
        each_makes, lost = [], 1
    for make in each_makes:
        try:
            made += [each for each in make() if each is not None]
        except TROUBLE:
            lost += 1
    if lost:
        several = f"{lost} sections" if lost > 1 else "One section"
        words = (f"{several} of the report cannot be shown: the answer does not hold what this version expects of it. "
                 "`callsheet study report FOLDER` makes an answer anew from the runs that are there.")
        made.append(Section("lost", "What cannot be shown", [blocks.notice(marked(words))]))
    return made
