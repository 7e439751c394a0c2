"""Money: where a saved dollar comes from, what the public pays and takes in, and what a further job-year costs it."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np

from experiments.answer.price import INTERVAL, price_said, price_sheet, without
from experiments.answer.two_accounts import LINES
from experiments.page import sections_ai, sheets_ai
from experiments.page.sheet import Cell, Chart, Sheet, agreeing, number
from experiments.statistics import HIGH, LOW
from experiments.study.report import blocks, compared
from experiments.study.report.blocks import Section
from experiments.study.sections import cost
from model import measures
from model.state.books import SIXTHS
from viz.digests import Digests
from viz.pages.compare import words
from viz.pages.compare.parts import several_blocks
from viz.pages.compare.view import CompareView

PUBLIC = ("credit_musd", "retraining_musd", "benefits_musd", "wage_insurance_musd", "levy_musd", "public_cost_musd")
IN_FULL = {"benefits_musd": "Unemployment benefits and wage insurance",
           "wage_insurance_musd": "of which wage insurance"}
PAY = ("payroll_musd", "day_pay")
PRODUCERS = "producers"  # in the name of the account of their titles alone
LEAVES_OUT = ("What this leaves out: what audiences pay, profits of studios, rents of those who own the tools, and "
              "work outside Los Angeles. An announced saving is an assertion and takes no part in any sum.")
NOT_COUNTED = ("What this leaves out: taxes on pay, what employers pay into the unemployment fund, and what a program "
               "costs to run.")


def sections(found: Digests, view: CompareView) -> list[Section]:
    """The saved dollar, public money, and the price of a job-year."""
    return [each for each in (saved(found, view), public(found, view), job_years(found)) if each is not None]


def saved(found: Digests, view: CompareView) -> Section | None:
    """The waterfalls of the saved dollar of the scenario's titles made with AI."""
    if not found.has_accounts:
        return None
    section = Section("saved", "Where a saved dollar comes from")
    drawn = [_with_ends(found, each) for each in sections_ai.saved(found.summary)]
    if not drawn:
        section.blocks.append(blocks.text(f"No title made with AI was delivered in {view.here}."))
        return section
    section.blocks += [
        blocks.text(drawn[0].says),
        blocks.small("Each delivered title made with AI is held against its shadow: the same script, place, weeks and "
                     "rates, made the traditional way. Shares of the budget made the traditional way, means over "
                     "futures; the tables hold the 10% and 90% of each line, if there are several."),
        blocks.key(("gain", "adds to the saving"), ("loss", "takes from it"), ("sum", "realized", "computed"),
                   ("announced", "announced", "claim")),
        *several_blocks(drawn, view, words.footer(found, view)),
        blocks.small(LEAVES_OUT),
    ]  # fmt: skip
    return section


def _with_ends(found: Digests, one: Chart) -> Chart:
    """A saved dollar whose table gives each line's share of the budget with its 10% and 90%, if there are futures."""
    account = found.saved_dollar(PRODUCERS in one.id)
    made = [at for at, budget in enumerate(account.budget) if budget]
    if len(made) < 2:
        return one
    of = np.array([[*account.lines[at].tolist(), account.realised[at]] for at in made]) / SIXTHS
    low, high = np.percentile(of / np.array(account.budget)[made, None], [LOW, HIGH], axis=0).tolist()
    ends = dict(zip((*LINES, "realised"), zip(low, high, strict=True), strict=True))
    sheet = sheets_ai.saved_dollar(account.account(), account.beside(), one.sheet.name, one.sheet.caption, ends)
    return replace(one, sheet=sheet)


def public(found: Digests, view: CompareView) -> Section:
    """Pay and public money in both worlds over the horizon."""
    rows = []
    for name in (*PAY, *PUBLIC):
        one, effect = measures.measure(name), found.effect(name)
        mine, other = found.levels(name)
        rows.append([Cell(IN_FULL.get(name, one.label)), sheets_ai.difference(effect["mean"]),
                     agreeing(effect, len(found)), *(sheets_ai.difference(effect[each]) for each in ("q10", "q90")),
                     number(float(other.mean())), number(float(mine.mean())), Cell(one.unit)])
    sheet = Sheet("public_money", f"Pay and public money over {words.horizon(found)}, means over futures",
                  ["what", "change", "futures agreeing", "10%", "90%", view.against.name, view.name, "unit"], rows,
                  [f"{measures.measure(name).label}: {measures.measure(name).definition}" for name in (*PAY, *PUBLIC)])
    return Section("public", "Pay and public money", [blocks.table(sheet), blocks.small(NOT_COUNTED),
                                                      blocks.small(words.footer(found, view))])


def job_years(found: Digests) -> Section | None:
    """Public money for each further job-year in words and as a table, and what outside figures allow for."""
    held = cost.per_job_year(found, ())
    if held is None:
        return None
    alone = SimpleNamespace(rows=[{"cost": held}], columns=(), heads=lambda row: [])
    reported = compared.cost(alone)  # as studies report it: words, table, and the check against outside figures
    kind = [] if without(held) else [blocks.small(INTERVAL)]
    return replace(reported, blocks=[
        blocks.text(price_said(held)),
        blocks.small("Public money and work are both paired differences over the whole run, means over futures."),
        *kind, blocks.table(price_sheet(held)), *reported.blocks[2:],
    ])  # fmt: skip
