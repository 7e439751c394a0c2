"""Reproduce it: how to install it, the command of every scenario, how chance is numbered, and how to cite it."""

from __future__ import annotations

from experiments.page.page import version_of_package
from experiments.page.sheet import Cell, Sheet
from experiments.study.report.blocks import Section, code, heading, pairs, small, table, text
from model.digest import model_digest
from model.rng import FUTURES_ENTROPY, future_seed
from model.scenario import Scenario
from viz.fragments import Fragment, sections

INSTALL = """uv venv --python ">=3.11"
uv pip install -c constraints.txt -e .
.venv/bin/callsheet simulate --out out"""
TITLE = "Call Sheet: an agent-based model of the Los Angeles screen labor market"
AUTHORS, LICENSE = "The Call Sheet authors", "MIT"
FUTURES = 30  # in the commands shown
DOCS = (
    ("README.md", "What it is, how to run it, and what it found"),
    ("model/ODD.md", "The model in the field's standard form, with every equation and where it is in the code"),
    ("CONTRIBUTING.md", "How it is built and why, and how to add a mechanism, a lever, a scenario or a number"),
    ("CHANGELOG.md", "What changed, and which reported numbers moved"),
    ("docs/studies.md", "Questions as files: designs, what is not known, answers with their uncertainty"),
    ("docs/claims.md", "How the announcement's claims are measured and judged"),
    ("docs/calibration.md", "How the model is fitted, what the past leaves open, and how forecasts are made"),
    ("docs/app.md", "The app: pages, addresses, keys, settings, how to serve it for others, what is stored"),
    ("docs/data.md", "The bytes that the app plays, and what a recording holds"),
    ("docs/json.md", "The JSON that commands print, field by field"),
    ("seeds/README.md", "What data is planted, in which form, and how to add a row"),
)


def tab() -> Fragment:
    """The tab."""
    return sections([_install(), _chance(), _same(), _cite(), _scenarios(), _studies(), _docs()], "method",
                    "no run")


def command(scenario: Scenario) -> str:
    """The command line of a scenario; what it is compared with is in its own file."""
    return f"callsheet simulate --scenario {scenario.name} --futures {FUTURES} --out out/{scenario.name}"


def citation() -> str:
    """The entry for a bibliography in BibTeX's form."""
    return "\n".join([
        "@software{callsheet,", f"  title   = {{{{{TITLE}}}}},", f"  author  = {{{{{AUTHORS}}}}},",
        f"  version = {{{version_of_package()}}},", f"  note    = {{Model digest {model_digest()}}},",
        f"  license = {{{LICENSE}}}", "}",
    ])  # fmt: skip


def _install() -> Section:
    return Section("install", "Install it", [
        text("With Python 3.11 or newer, in a copy of the project. Where make is there, make run does the same."),
        code(INSTALL),
        small("constraints.txt pins the versions that the results were made with. The app itself needs the extra "
              "called app; the command line does not."),
    ])


def _scenarios() -> Section:
    blocks = [
        text("Each prints its tables and writes its JSON and a page with charts into the folder after --out. What a "
             "scenario is compared with runs on the same futures, so that the difference is the effect of what "
             "differs. Add --scale 0.1 for a tenth of the market, which is faster and rougher."),
    ]
    for one in map(Scenario.named, Scenario.names()):
        against = f" Compared with {one.against}," if one.against else " By itself,"
        blocks += [heading(one.title or one.name), small(f"{one.question}{against} {one.start} to {one.until}."),
                   code(command(one))]
    return Section("scenarios", "Every scenario as a command", blocks)


def _studies() -> Section:
    return Section("studies", "Questions that take many runs", [
        text("They are studies: what is compared, what is not known, and what somebody can choose, in a file. The "
             "claims of April 2026 have a command of their own."),
        code("callsheet study list\ncallsheet study run credit\ncallsheet claims --out out/claims"),
    ])


def _chance() -> Section:
    rows = [[Cell(f"future {at}"), Cell(str(future_seed(0, at)))] for at in range(5)]
    return Section("chance", "How chance is numbered", [
        text("Nothing is drawn from a generator that moves on. Every chance event has its number from the seed of the "
             "future, its purpose, the week and whom it concerns, so that the same event has the same number in every "
             "world. Futures lie in blocks. The block is what --seed says, 0 unless told otherwise, and future r of a "
             f"block has one seed for ever, made from the project's constant {FUTURES_ENTROPY}, the block and r."),
        text("So 30 futures are always the same 30, and the first ten of them are those of a run with ten. A single "
             "future can be run again by itself; with the same versions installed its recording has the same hash."),
        table(Sheet("seeds_of_futures", "Seeds of the first futures of block 0", ["future", "seed"], rows)),
    ])


def _same() -> Section:
    return Section("same", "Is it the same model?", [
        text("A result carries the digest of the model that made it: 32 hex digits over every file of code and data "
             "that can move a number, and the versions that compile it. Runs with the same digest, scenario, "
             "seed and scale agree bit for bit; across versions of libraries they agree to a part in a billion."),
        pairs([("version", version_of_package()), ("model", model_digest())]),
        code("callsheet verify\ncallsheet validate\ncallsheet params --json"),
        small("The first holds the model against theory's exact answers, the second against the facts; the third "
              "prints every number with its sources."),
    ])


def _cite() -> Section:
    return Section("cite", "How to cite it", [
        text(f"{AUTHORS}. {TITLE}. Version {version_of_package()}, model {model_digest()}. {LICENSE} license."),
        code(citation()),
        small("Give the version and the digest that your run printed: results move only on purpose, and the changelog "
              "says when."),
    ])


def _docs() -> Section:
    rows = [[Cell(name), Cell(says)] for name, says in DOCS]
    return Section("docs", "What else there is to read", [
        table(Sheet("docs", "Documents of the project", ["file", "what is in it"], rows)),
    ])
