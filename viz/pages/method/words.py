"""Words: the field's terms, the codes of the state, every measure, and the columns that the state is made of."""

from __future__ import annotations

import ast
import io
import tokenize
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from model import measures
from model.safe_yaml import read_yaml
from model.state.call_board import Productions
from model.state.columns import Frame
from model.state.crew import Crew
from viz.fragments import Fragment, render
from viz.marked import marked
from viz.pages.method import code, prose

CODED = ("model.vocabulary", "model.state.events", "model.state.books")  # where words have fixed codes
FRAMES: tuple[tuple[str, type[Frame]], ...] = (("worker", Crew), ("title", Productions))
OVER = {"sum": "sum of the weeks", "mean": "mean of the weeks"}


@dataclass(frozen=True)
class Coded:
    """A set of words with fixed codes: (code, word, what its comment says)."""

    name: str
    says: str
    file: str
    words: tuple[tuple[int, str, str], ...]


@cache
def terms() -> dict[str, str]:
    """The field's words, with what each means here."""
    return read_yaml(resources.files("viz") / "pages" / "method" / "terms.yaml")


def coded(module: str, text: str) -> list[Coded]:
    """The enumerations of a module, from its text: docstring, members, and the comment at the end of each line."""
    comments = {each.start[0]: each.string.lstrip("# ").strip()
                for each in tokenize.generate_tokens(io.StringIO(text).readline) if each.type == tokenize.COMMENT}
    found = []
    for each in ast.parse(text).body:
        if isinstance(each, ast.ClassDef) and any(ast.unparse(base) == "IntEnum" for base in each.bases):
            words = [(one.value.value, one.targets[0].id.lower().replace("_", " "), comments.get(one.lineno, ""))
                     for one in each.body if isinstance(one, ast.Assign) and isinstance(one.value, ast.Constant)]
            says = " ".join(prose.paragraphs(ast.get_docstring(each) or ""))
            found.append(Coded(each.name, says, f"{module.replace('.', '/')}.py", tuple(words)))
    return found


def columns() -> list[dict[str, Any]]:
    """The data dictionary of the state, frame by frame."""
    return [{"name": name, "says": prose.paragraphs(frame.__doc__ or "")[0], "columns": frame.dictionary(),
             "file": f"{frame.__module__.replace('.', '/')}.py"} for name, frame in FRAMES]


def tab() -> Fragment:
    """The tab."""
    sets = [each for module in CODED for each in coded(module, code.source(module) or "")]
    return render("method/words.html.j2", terms=terms(), sets=sets, measures=list(measures.measures().values()),
                  over=OVER, frames=columns(), marked=marked)
