"""The code that the Method page tells of, with one text of it changed."""

from pathlib import Path

from viz.pages.method.code import Code, source

ROOT = Path(__file__).resolve().parents[4]


def changed(module, before, after):
    """The code as it is, but for one text in one module."""
    assert before in source(module), f"{module} no longer has what this test changes: {before}"
    return Code(lambda name: source(name).replace(before, after, 1) if name == module else source(name))
