"""The Method page says what the model cannot do, and gives commands and a citation that work."""

import re
import shlex

import yaml

from model.digest import model_digest
from model.scenario import Scenario
from tests.unit.viz.method.told import ROOT
from viz.pages.method import limits as limits_tab
from viz.pages.method import reproduce


def test_every_limit_says_where_it_shows_and_what_it_would_take(pages):
    for part in ("short", "out"):
        for each in limits_tab.told()[part]:
            assert set(each) == set(limits_tab.COLUMNS)
            assert all(isinstance(words, str) and words.endswith(".") for words in each.values())
            assert " ".join(each["what"].split()) in pages["limits"].text


def test_changes_of_results_are_as_many_as_in_the_changelog():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    entries = re.findall(r"^- \*Results change:\*", changelog, re.MULTILINE)
    assert len(limits_tab.told()["results"]) == len(entries)


def test_limits_name_the_model_and_the_project(pages):
    assert model_digest() in pages["limits"].text
    assert reproduce.AUTHORS in pages["limits"].text


def test_every_scenario_has_its_command(pages):
    for name in Scenario.names():
        line = reproduce.command(Scenario.named(name))
        assert line in pages["reproduce"].text
        assert shlex.split(line)[:4] == ["callsheet", "simulate", "--scenario", name]


def test_a_command_that_is_shown_is_understood():
    from typer.testing import CliRunner

    from experiments.app import app

    blocks = [block.body for section in (reproduce._same(), reproduce._studies()) for block in section.blocks
              if block.form == "code"]
    for line in (reproduce.command(Scenario.named("baseline")), *"\n".join(blocks).splitlines()):
        result = CliRunner().invoke(app, [*shlex.split(line)[1:], "--help"])
        assert result.exit_code == 0, line


def test_the_way_to_install_is_that_of_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert reproduce.INSTALL in readme


def test_the_citation_agrees_with_the_file_for_it():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["title"] == reproduce.TITLE
    assert [each["name"] for each in cited["authors"]] == [reproduce.AUTHORS]
    assert cited["license"] == reproduce.LICENSE
    assert model_digest() in reproduce.citation()


def test_documents_that_are_listed_exist():
    for name, _ in reproduce.DOCS:
        assert (ROOT / name).is_file(), name
