"""Every table and every file of seeds/, read once for the tests of what is planted."""

import csv
import math
from pathlib import Path

from model.parameters import Params
from model.safe_yaml import read_yaml

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
TABLES = {path.relative_to(SEEDS).as_posix(): path for path in sorted(SEEDS.rglob("*.csv"))}
FILES = {path.relative_to(SEEDS).as_posix(): path for path in sorted(SEEDS.rglob("*.yaml"))}
STAGES = ("development", "prep", "shoot", "post")
# A table whose `kind` is a kind of production, not of knowledge.
OF_PRODUCTIONS = ("kinds.csv", "place_habits.csv")
PARAMS = Params.load()


def table(name):
    with TABLES[name].open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def number(text):
    return float(text) if text not in (None, "") else math.nan


def names(text):
    """Ids of sources in a cell or an entry: set apart by blanks, or a list."""
    return [str(each) for each in text] if isinstance(text, list) else str(text or "").split()


def entries(value, where):
    """Every mapping inside a YAML file with the keys that lead to it."""
    if isinstance(value, dict):
        yield where, value
        for key, inside in value.items():
            yield from entries(inside, f"{where}.{key}")
    elif isinstance(value, list):
        for place, inside in enumerate(value):
            yield from entries(inside, f"{where}[{place}]")


TREES = {name: read_yaml(path, f"seeds/{name}") for name, path in FILES.items()}
SOURCES = TREES["sources.yaml"]
SAID = [pair for name, tree in TREES.items() if name != "sources.yaml" for pair in entries(tree, name)]
ROWS = [(f"{name}:{line}", row) for name in TABLES for line, row in enumerate(table(name), 2)]


def knowledge(where, row):
    """Whether a row says what kind of knowledge it is."""
    return "kind" in row and where.partition(":")[0] not in OF_PRODUCTIONS


# Crafts, kinds, places

CRAFTS = table("crafts.csv")
PRODUCED = table("kinds.csv")
KIND_NAMES = [row["kind"] for row in PRODUCED]
PLACE_NAMES = [row["place"] for row in table("places.csv")]
