"""What the model leaves out and where it falls short; who made it, and which model this is."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from experiments.page.page import version_of_package
from experiments.page.sheet import Cell, Sheet
from experiments.study.report.blocks import Section, pairs, small, table, text
from model.digest import model_digest
from model.safe_yaml import read_yaml
from viz.fragments import Fragment, sections
from viz.pages.method.facts import shipped

COLUMNS = ("what", "shows", "takes")


@cache
def told() -> dict[str, list[Any]]:
    """The file of limits: those that fall short, those left out, and changes of results."""
    return read_yaml(resources.files("viz") / "pages" / "method" / "limits.yaml")


def tab() -> Fragment:
    """The tab."""
    return sections([
        Section("short", "Where it falls short", [
            text("Each of these is known to move a number that people look at. Facts that fail are on the tab “Does it "
                 "match reality?” with their figures."),
            table(_sheet("short", "Known to be wrong or weak")),
        ]),
        Section("out", "What it leaves out", [table(_sheet("out", "Left out on purpose or for want of evidence"))]),
        Section("who", "Who made it, and which model this is", [
            pairs([
                ("made by", "The Call Sheet authors, as an open-source project under the MIT license"),
                ("funded by", "No funder is known"),
                ("version", version_of_package()),
                ("model", model_digest()),
                ("facts kept from", shipped().model if shipped() else "none kept"),
            ]),
            small("The model's name is a digest of its code, its data and the versions that compile it. Two results "
                  "with the same name came from the same model."),
        ]),
        Section("results", "Changes of results", [
            text("A model can change what it says without changing how it is called. Since the first version these "
                 "numbers moved:"),
            *(text(each) for each in told()["results"]),
        ]),
    ], "method", "no run", contents=False)  # fmt: skip


def _sheet(part: str, caption: str) -> Sheet:
    rows = [[Cell(each[column]) for column in COLUMNS] for each in told()[part]]
    return Sheet(f"limits_{part}", caption, ["limit", "where it shows", "what it would take"], rows)
