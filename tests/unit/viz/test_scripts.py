"""Scripts and styles hold nothing that nobody uses."""

import re
from pathlib import Path

import pytest

from viz.pages.method import TABS, page

WEB = Path(__file__).parents[3] / "viz" / "web"
ELSEWHERE = ("viz", "tests/browser")  # who else may import from a script
TEXTS = {path: path.read_text(encoding="utf-8") for path in sorted(WEB.rglob("*.js"))}
EXPORT = re.compile(r"^export (?:async )?(?:function\*?|const|let|class) (\w+)", re.MULTILINE)


def users():
    """Texts of all that may import from a script."""
    root = WEB.parents[1]
    kinds = (".js", ".html", ".py", ".j2")
    return {path: path.read_text(encoding="utf-8") for folder in ELSEWHERE for path in (root / folder).rglob("*")
            if path.suffix in kinds}


def test_what_a_script_exports_is_used_by_another():
    found = users()
    unused = [f"{path.name}: {name}" for path, text in TEXTS.items() for name in EXPORT.findall(text)
              if not any(re.search(rf"\b{name}\b", other) for at, other in found.items() if at != path)]
    assert unused == []


@pytest.fixture(scope="module")
def method_ids():
    return {name for tab, _ in TABS for name in re.findall(r'\bid="([^"]+)"', page(tab).html)}


def test_rules_of_the_method_page_are_about_what_is_on_it(method_ids):
    css = (WEB / "method.css").read_text(encoding="utf-8")
    named = set(re.findall(r"(?<![\w-])#([a-z][\w-]*)(?=[^;{}]*\{)", css))
    assert named
    assert named <= method_ids
