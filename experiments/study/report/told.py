"""What a reader has to know besides the results: how far the model is to be trusted, what was set, and how to do it
again.
"""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

from experiments.answer.settings import lever_row, parameter_row, settings_of
from experiments.calibration.shipped import shipped_draws
from experiments.page import sheets
from experiments.page.sheet import Sheet
from experiments.study import session as files
from experiments.study.definition import Study, find, shipped
from experiments.study.designs import POSTERIOR
from experiments.study.factors import LEVER, Factor
from experiments.study.plan import worlds_of
from experiments.study.report import blocks
from experiments.study.report.blocks import Section
from experiments.study.report.words import Names, value_said
from model.errors import CallSheetError

OPTIONS = {"scale": "--scale", "seed": "--seed", "futures": "--futures", "points": "--points"}
TITLE = "Call Sheet: an agent-based model of the Los Angeles screen labor market"  # as in CITATION.cff
AUTHORS = "The Call Sheet authors"
_SAID = (("python", "Python"), ("git", "Commit"), ("system", "System"), ("processor", "Processor"),
         ("started", "Started"), ("ended", "Ended"))
_MOST_LISTED = 12  # values of a factor
PANDAS = '''import pandas as pd
from glob import glob

plan = pd.read_parquet("plan.parquet")  # a row a run: case, scenario, point, future, factors
runs = pd.concat(map(pd.read_parquet, sorted(glob("chunks/numbers-*.parquet"))))
table = plan.merge(runs, on="case")  # with every number of each run'''


def manifest_of(out: Path) -> dict[str, Any]:
    """What is known of how the results were made; nothing where the file is not there."""
    try:
        held = json.loads((out / files.MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return held if isinstance(held, dict) else {}


def verdicts(found: dict[str, Any]) -> Section | None:
    """The claims at a glance, where the study is about them."""
    held = found.get("verdicts")
    if not held or not held.get("claims"):
        return None
    from experiments.claims import sheets

    return Section("verdicts", "What was claimed, measured", [
        blocks.table(sheets.verdicts(held)),
        blocks.small("The rules, fixed beforehand, what each verdict turns on, and every chart are on page.html "
                     "beside this page."),
    ])  # fmt: skip


def validation(study: dict[str, Any]) -> Section | None:
    """How far the model has been held against the world."""
    if study.get("runner") == "function":
        return None
    from experiments.facts.validation import facts

    known = facts().values()
    fitted, gated = sum(each["fitted"] for each in known), sum(each["gated"] for each in known)
    words = (
        f"The baseline of this model is held against {len(known)} stylized facts of Los Angeles and of labor markets. "
        f"With {fitted} of them parameters were chosen in sight of the fact, so these say nothing of its worth; "
        f"{len(known) - fitted} were kept back. The program's own tests hold the baseline to the band of {gated}. "
        "Nothing was fitted to the years 2023–24; how far the model is from the published series in these years and "
        "before, and where it misses, is in the section on fit of every page of callsheet simulate and in the README. "
        "The facts can be checked with the command below. None of this tests what the model says of years to come: "
        "the answer above holds if the model does."
    )
    return Section("validation", "How far to trust the model", [
        blocks.text(words), blocks.code("callsheet validate"),
    ])  # fmt: skip


def settings(names: Names) -> Section | None:
    """Everything that is not as in the baseline, with its kind and source."""
    study = names.study
    if study is None or study.runner != "worlds":
        return None
    sheets = []
    try:
        for scenario in study.scenarios:
            mine, other = worlds_of(study, scenario, {name: each.at(0.5) for name, each in names.factors.items()})
            rows = settings_of(mine)
            varied = [_varied(each) for each in names.factors.values()]
            held = [row for row in rows if row["name"] not in names.factors]
            if held or varied:
                sheets.append(_sheet(f"settings_{len(sheets)}", f"What {scenario} sets otherwise than the baseline",
                                     [*varied, *held]))
        held = [row for row in settings_of(other) if row["name"] not in names.factors] if other is not None else []
        if held:
            sheets.append(_sheet("settings_against", f"What {study.against}, the world compared with, sets otherwise",
                                 held))
    except CallSheetError:
        return None
    told = [blocks.table(each) for each in sheets] or [
        blocks.text("Nothing: every parameter, rule and dated shock is the baseline's.")
    ]
    if other is not None and any(each.role != LEVER for each in names.factors.values()):
        told.append(blocks.small("What nobody chooses differs in both worlds alike; levers are pulled in the scenario "
                                 "alone."))
    if study.market == POSTERIOR:
        told.append(blocks.small(f"Each future runs at a posterior draw of its own of the {len(shipped_draws()[0])} "
                                 "parameters of the market that the past speaks of, the same in both worlds."))
    return Section("settings", "What differs from the baseline", told)


def _sheet(name: str, caption: str, rows: list[dict[str, Any]]) -> Sheet:
    return sheets.settings(rows, name, caption)


def _varied(factor: Factor) -> dict[str, Any]:
    if factor.values:
        listed = [value_said(each, "") for each in factor.values[:_MOST_LISTED]]
        said = ", ".join([*listed, *(["…"] if len(factor.values) > _MOST_LISTED else [])]) + " in turn"
    else:
        said = f"{factor.low:g} to {factor.high:g}"
    return lever_row(factor.name, said) if factor.role == LEVER else parameter_row(factor.about, said)


def again(found: dict[str, Any], names: Names, manifest: dict[str, Any], model: str, version: str) -> Section:
    """The command, what made the results, and where they lie."""
    command, own_file = _command(names.study, found["study"])
    rows = [("Version", f"Call Sheet {version}"), ("Model digest", model), ("Seed", str(found["study"].get("seed")))]
    rows += [(label, str(manifest[name])) for name, label in _SAID if manifest.get(name)]
    engine = manifest.get("engine")
    if engine:
        known = {"local": "processes of one machine", "here": "one process"}
        rows.append(("Engine", known.get(engine, "a Dask scheduler")))
    seconds = manifest.get("cpu_seconds")
    if seconds:
        rows.append(("Processor time", f"{seconds / 60:,.0f} minutes" if seconds >= 60 else f"{seconds:.0f} seconds"))
    packages = {name: each for name, each in (manifest.get("packages") or {}).items() if each}
    if packages:
        rows.append(("Packages", ", ".join(f"{name} {each}" for name, each in packages.items())))
    mine = " The file is its author's; study.json beside this page holds all that it says." if own_file else ""
    return Section("again", "Run it again", [
        blocks.code(command),
        blocks.small(f"The same study, seed and model digest give the same numbers.{mine}"),
        blocks.pairs(rows),
        blocks.small("Beside this page: answer.json holds every figure of it; plan.parquet which runs were made; "
                     "chunks/numbers-*.parquet what came of each, chunks/series-*.parquet its weeks or months; "
                     "failures what failed. In pandas, from the folder of the study:"),
        blocks.code(PANDAS),
    ])  # fmt: skip


def _command(study: Study | None, held: dict[str, Any]) -> tuple[str, bool]:
    """(the command that runs the study, whether it needs the file of its author)."""
    name = str(held.get("name") or "study")
    words, plain = ["callsheet", "study", "run"], lambda each: each.model_dump(mode="json")
    if study is not None and name in shipped():
        original, _ = find(name)
        first, design = plain(original), plain(study)["design"]
        own = {"scale": study.scale, "seed": study.seed,
               **{key: design.get(key) for key in ("futures", "points", "claims")}}
        before = {**first["design"], "scale": original.scale, "seed": original.seed}
        changed = {key: value for key, value in own.items() if value is not None and value != before.get(key)}
        try:
            if plain(original.changed(**changed)) == plain(study):
                options = [word for key, value in changed.items() for word in _options(key, value)]
                return shlex.join([*words, name, *options]), False
        except CallSheetError:
            pass
    return shlex.join([*words, f"{name}.yaml"]), True


def _options(key: str, value: Any) -> list[str]:
    """The options of a command that set a value."""
    if key == "claims":
        return [word for each in value for word in ("--claim", each)]
    return [OPTIONS[key], str(value)]


def citation(version: str, model: str) -> Section:
    """How to cite, as CITATION.cff has it."""
    words = f"{AUTHORS}. {TITLE}. Version {version}, model digest {model}. MIT license."
    return Section("cite", "How to cite", [
        blocks.text(words),
        blocks.small("CITATION.cff has the entry. Give the version and the model digest: results move only on purpose, "
                     "and CHANGELOG.md says when."),
    ])  # fmt: skip
