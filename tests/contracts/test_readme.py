"""What the README and the guide for contributors tell people to type does work."""

import importlib.util
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from experiments.claims.declared import claims
from experiments.study.definition import shipped
from model.parameters import Params
from model.scenario import Scenario

ROOT = Path(__file__).resolve().parents[2]
DOCS = ("app", "calibration", "claims", "data", "json", "studies")
PAGES = ("README.md", "CONTRIBUTING.md", *(f"docs/{name}.md" for name in DOCS))
BLOCK = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def _commands() -> list[tuple[str, list[str]]]:
    """Each command line in a code block of a page, as (page, words), without prompts and comments."""
    found = []
    for page in PAGES:
        text = (ROOT / page).read_text(encoding="utf-8")
        for block in BLOCK.findall(text):
            for line in block.replace("\\\n", " ").splitlines():
                for part in re.split(r"\s(?:&&|\||;)\s", line.strip().removeprefix("$ ")):
                    try:
                        words = shlex.split(part, comments=True)
                    except ValueError:  # an apostrophe in a sample of output
                        continue
                    while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):  # settings before the command
                        words = words[1:]
                    if words and Path(words[0]).name in ("callsheet", "callsheet-app", "make"):
                        found.append((page, words))
    return found


COMMANDS = _commands()
CALLSHEET = sorted({tuple(words[1:]) for _, words in COMMANDS if Path(words[0]).name == "callsheet"})
SERVE = sorted({tuple(words[1:]) for _, words in COMMANDS if Path(words[0]).name == "callsheet-app"})
MAKE = sorted(
    {
        (page, word)
        for page, words in COMMANDS
        if words[0] == "make"
        for word in words[1:]
        if word[0] not in "-"
    }
)


def test_the_readme_counts_the_parameters_and_those_that_are_assumptions():
    params = Params.load()
    assumed = sum(params.about(name).kind == "assumption" for name in params.names())
    text = (ROOT / "README.md").read_text()
    assert f"Of {len(params.names())} parameters, {assumed} are assumptions." in text


def test_the_readme_shows_the_commands():
    shown = {word for page, word in MAKE if page == "README.md"}
    assert {"run", "simulate", "app", "test"} <= shown


def test_a_place_on_a_page_that_is_linked_to_is_there():
    for page in PAGES:
        text = (ROOT / page).read_text(encoding="utf-8")
        for link, place in re.findall(r"\]\(([^)#\s]*)#([^)\s]+)\)", text):
            there = ((ROOT / page).parent / link if link else ROOT / page).read_text(encoding="utf-8")
            names = {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-")
                     for each in re.findall(r"^#+ (.+)$", there, re.MULTILINE)}
            assert place in names, f"{page} links to {link}#{place}"


def test_pictures_in_the_documents_are_small_and_have_words():
    pictures = sorted((ROOT / "docs").rglob("*.png"))
    assert pictures
    for each in pictures:
        assert each.stat().st_size <= 150_000, f"{each.name} has {each.stat().st_size:,} bytes"
    for page in PAGES:
        text = (ROOT / page).read_text(encoding="utf-8")
        for tag in re.findall(r"<img[^>]*>", text):
            assert re.search(r'alt="[^"]{10,}"', tag), f"{page}: {tag}"


@pytest.mark.parametrize("words", CALLSHEET, ids=lambda words: " ".join(words) or "callsheet")
def test_a_command_the_pages_show_is_understood(words):
    # --help wins over running, after every option before it has been recognized
    result = subprocess.run(
        [sys.executable, "-m", "experiments", *words, "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == 0, f"callsheet {shlex.join(words)}: {result.stdout}{result.stderr}"
    for option, value in zip(words, words[1:], strict=False):
        if option in ("--scenario", "--against") and value != "none":
            assert value.endswith((".yaml", ".json")) or Scenario.named(value)
        if option == "--claim":
            assert value in claims()
    if words[:2] == ("study", "run") and not words[2].endswith((".yaml", ".json")):
        assert words[2] in shipped()


def test_modules_that_the_pages_run_are_there():
    named = {name for page in PAGES for block in BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))
             for name in re.findall(r"python -m ([\w.]+)", block)} - {"venv", "pip", "pytest"}
    assert len(named) >= 3
    assert [name for name in sorted(named) if importlib.util.find_spec(name) is None] == []


@pytest.mark.parametrize("words", SERVE, ids=lambda words: " ".join(words) or "callsheet-app")
def test_a_way_to_serve_the_app_that_the_pages_show_is_understood(words):
    result = subprocess.run(
        [sys.executable, "-m", "viz", *words, "--help"], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert result.returncode == 0, f"callsheet-app {shlex.join(words)}: {result.stdout}{result.stderr}"


@pytest.mark.parametrize(("page", "target"), MAKE)
def test_a_make_target_the_pages_show_exists(page, target):
    if "=" in target:
        name = target.partition("=")[0]
        pattern = rf"^{name}\s*\?="
    else:
        pattern = rf"^{re.escape(target)}:"
    assert re.search(pattern, (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE), (
        f"{page}: make {target}"
    )


def test_the_citation_names_the_version_of_the_package():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f"version: {version}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_a_file_the_pages_link_to_exists(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    found = [*re.findall(r"\]\(([^)\s]+)\)", text), *re.findall(r"(?:src|href)=\"([^\"]+)\"", text)]
    links = {link.split("#")[0] for link in found if "://" not in link}
    home = (ROOT / page).parent
    missing = [link for link in sorted(links) if link and not (home / link).exists()]
    assert not missing, f"{page} links to {', '.join(missing)}"
