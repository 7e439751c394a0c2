"""The Method page says what the code, the numbers and the results say, and nothing else."""

import re
import shlex
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

from experiments import history
from experiments.page_tables import KINDS
from experiments.validation import facts
from model import measures
from model.digest import model_digest
from model.levers import lever_classes
from model.parameters import Params
from model.scenario import Scenario
from model.state.call_board import Productions
from model.state.crew import Crew
from viz.pages.method import (
    TABS,
    horizon,
    how,
    naive,
    numbers,
    odd,
    page,
    prose,
    readers,
    reality,
    reproduce,
    seed_tables,
    week,
    words,
)
from viz.pages.method import facts as kept_facts
from viz.pages.method import limits as limits_tab
from viz.pages.method.code import Code, modules, source

ROOT = Path(__file__).resolve().parents[3]
PARAMS = Params.load()


class Seen(HTMLParser):
    """What stands in a piece of HTML: elements with their attributes, texts, and whether elements close in order."""

    VOID = {"input", "br", "wbr", "img", "hr", "path", "rect", "circle"}

    def __init__(self, html):
        super().__init__()
        self.elements, self.open, self.wrong, self.texts = [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs), tuple(self.open)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs), tuple(self.open)))

    def handle_endtag(self, tag):
        if tag not in self.VOID and (not self.open or self.open.pop() != tag):
            self.wrong.append(tag)

    def handle_data(self, data):
        self.texts.append(data)

    @property
    def text(self):
        return " ".join("".join(self.texts).split())

    def all(self, tag):
        return [attrs for name, attrs, _ in self.elements if name == tag]

    @property
    def ids(self):
        return [attrs["id"] for _, attrs, _ in self.elements if "id" in attrs]


@pytest.fixture(scope="module")
def pages():
    return {name: Seen(page(name).html) for name, _ in TABS}


def changed(module, before, after):
    """The code as it is, but for one text in one module."""
    assert before in source(module), f"{module} no longer has what this test changes: {before}"
    return Code(lambda name: source(name).replace(before, after, 1) if name == module else source(name))


def named(parts):
    """Names of all verbs in the order in which they are told."""
    return [one.name for part in parts for verb in part.verbs for one in (verb, *verb.books)]


# Every tab


@pytest.mark.parametrize("tab", [name for name, _ in TABS])
def test_elements_close_in_order_and_ids_are_unique(pages, tab):
    seen = pages[tab]
    assert not seen.wrong
    assert not seen.open
    assert len(seen.ids) == len(set(seen.ids))


@pytest.mark.parametrize("tab", [name for name, _ in TABS])
def test_headings_start_below_that_of_the_frame_and_skip_no_level(pages, tab):
    levels = [int(tag[1]) for tag, _, _ in pages[tab].elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 2
    assert min(levels) == 2
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


@pytest.mark.parametrize("tab", [name for name, _ in TABS])
def test_every_table_has_a_caption_and_scrolls_in_a_named_region_that_the_keyboard_reaches(pages, tab):
    tables = [at for at, (tag, _, _) in enumerate(pages[tab].elements) if tag == "table"]
    for at in tables:
        assert pages[tab].elements[at + 1][0] == "caption"
        tag, attrs, _ = pages[tab].elements[at - 1]
        assert (tag, attrs.get("role"), attrs.get("tabindex")) == ("div", "region", "0")
        assert attrs["aria-label"]


def test_links_inside_are_relative_and_lead_to_places_that_exist(pages):
    for tab, seen in pages.items():
        for attrs in seen.all("a"):
            link = attrs["href"]
            if link.startswith(("http://", "https://", "data:text/csv")):
                continue
            assert not link.startswith("/"), f"{tab}: {link} breaks below another root"
            target = re.search(r"tab=(\w+)", link)
            there = pages[target.group(1)] if target else seen
            anchor = link.partition("#")[2]
            assert not anchor or anchor in there.ids, f"{tab}: {link} leads nowhere"


@pytest.mark.parametrize("tab", [name for name, _ in TABS])
def test_no_style_and_no_script_stands_inside_the_page(pages, tab):
    keys = {key for _, attrs, _ in pages[tab].elements for key in attrs}
    assert not [key for key in keys if key == "style" or key.startswith("on")]
    assert not pages[tab].all("script")
    assert not pages[tab].all("style")


@pytest.mark.parametrize("tab", [name for name, _ in TABS])
def test_a_tab_says_which_it_is(pages, tab):
    links = [attrs for attrs in pages[tab].all("a") if attrs.get("aria-current") == "page"]
    assert [attrs["href"] for attrs in links] == [f"method?tab={tab}"]


def test_an_unknown_tab_shows_the_first():
    assert page("nonsense").html == page(TABS[0][0]).html


@pytest.mark.parametrize("tab", [name for name, _ in TABS])
def test_a_tab_is_there_at_once_after_the_first_time(pages, tab):
    begin = time.perf_counter()
    page(tab)
    assert time.perf_counter() - begin < 0.15


def test_a_search_is_answered_at_once(pages):
    begin = time.perf_counter()
    page("numbers", "assumption", "wage")
    assert time.perf_counter() - begin < 0.15


# How it works


def test_every_call_of_the_week_is_told_once_and_in_the_order_of_the_code():
    body = source("model.week").partition("def step(")[2].partition('"""')[2].partition('"""')[2]
    lines = [line.partition("#")[0] for line in body.splitlines()]
    calls = [name for line in lines for name in re.findall(r"\b(?:\w+\.)?([a-z_]\w*)\(", line)]
    assert named(week.the_week()) == calls


def test_the_week_takes_a_dozen_sentences_or_a_few_more():
    assert 12 <= sum(len(part.verbs) for part in week.the_week() if part.numbered) <= 17


def test_what_only_writes_down_is_named_by_verbs_that_the_week_calls():
    assert set(week.BOOKS) <= set(named(week.the_week()))


def test_headings_of_the_week_are_the_comments_of_the_code():
    told = [part.heading for part in week.the_week()]
    comments = re.findall(r"^    # (.+)$", source("model.week"), re.MULTILINE)
    assert told == [week.FIRST, *comments, week.LAST]


def test_a_changed_docstring_changes_the_page():
    before = '"""Strikes and shutdowns stop what they stop."""'
    parts = week.parts(changed("model.verbs", before, '"""Locusts stop what they stop. Equation 7."""'))
    text = Seen(how.tab(tuple(parts)).html).text
    assert "Locusts stop what they stop." in text
    assert "Strikes and shutdowns stop" not in text
    verb = next(verb for part in parts for verb in part.verbs if verb.name == "halt_productions")
    assert verb.equations == (7, 29)  # its own, and that of the mechanism it rests on


def test_two_calls_that_change_places_change_places_on_the_page():
    before = "    adopt(state, flows, world)\n"
    first = "    renew_technique("
    moved = source("model.week").replace(before, "", 1).replace(first, before + first, 1)
    parts = week.parts(Code(lambda name: moved if name == "model.week" else source(name)))
    told, usual = named(parts), named(week.the_week())
    assert told.index("adopt") < told.index("renew_technique")
    assert sorted(told) == sorted(usual)


def test_a_call_that_is_taken_out_is_no_longer_told():
    parts = week.parts(changed("model.week", "    review_coverage(state, flows)\n", ""))
    assert "review_coverage" not in named(parts)
    assert len(named(parts)) == len(named(week.the_week())) - 1


def test_an_equation_in_a_mechanism_is_told_beside_the_verb_that_calls_it():
    parts = week.parts(changed("model.mechanisms.production", "this week. Equation 29.", "this week. Equation 62."))
    verb = next(verb for part in parts for verb in part.verbs if verb.name == "halt_productions")
    assert 62 in verb.equations


def test_every_equation_that_the_week_names_is_written_on_the_page(pages):
    for part in week.the_week():
        for verb in part.verbs:
            assert set(verb.equations) <= odd.numbers()
    assert {f"equation-{number}" for number in odd.numbers()} <= set(pages["how"].ids)
    assert odd.numbers() == set(range(1, max(odd.numbers()) + 1))


def test_whole_docstrings_and_files_are_folded_away(pages):
    assert len(pages["how"].all("details")) == len(named(week.the_week()))
    for part in week.the_week():
        for verb in part.verbs:
            assert verb.file in pages["how"].text
            assert (ROOT / verb.file).is_file()


@pytest.mark.parametrize(
    ("text", "says", "equations"),
    [
        ("Mark what stops. Equation 29.\n\nMore.", "Mark what stops.", (29,)),
        ("What the calls lack; returns the open calls, (n, 2) rows.", "What the calls lack.", ()),
        ("Pay follows\ntightness. Equations 9, 38 and 40–42.", "Pay follows tightness.", (9, 38, 40, 41, 42)),
        ("Equation 12", "Equation 12.", (12,)),
        ("", ".", ()),
    ],
)
def test_the_first_sentence_and_the_equations_of_a_docstring_are_found(text, says, equations):
    assert prose.first_sentence(text) == says
    assert prose.equations(text) == equations


def test_text_of_the_code_is_escaped():
    assert str(prose.marked("``a < b`` & <b>")) == "<code>a &lt; b</code> &amp; &lt;b&gt;"


# Numbers


@pytest.mark.parametrize("name", PARAMS.names())
def test_a_parameter_is_shown_with_value_kind_sources_and_reason(name):
    about, row = PARAMS.about(name), next(each for each in numbers.rows() if each.name == name)
    values = about.value if isinstance(about.value, tuple) else (about.value,)
    said = [about.say(value) for value in values]
    alike = len(said) > 1 and len(set(values)) == 1
    assert [value for _, value in row.values] == (said[:1] if alike else said)
    assert all(of for of, _ in row.values) == isinstance(about.value, tuple)
    assert [each.id for each in row.says] == [each.source for each in about.says]
    assert all(each.url.startswith("http") for each in row.says)
    assert row.why == about.why
    assert row.readers, f"{name} is read by nothing"


def test_the_table_holds_every_parameter_and_the_mark_of_its_kind(pages):
    rows = [attrs for attrs in pages["numbers"].all("tr") if attrs.get("id", "").startswith("parameter-")]
    assert [attrs["id"].removeprefix("parameter-") for attrs in rows] == list(PARAMS.names())
    assert not any("hidden" in attrs for attrs in rows)
    for name in {PARAMS.about(each).kind for each in PARAMS.names()}:
        assert f"{KINDS[name]} {name}" in pages["numbers"].text


def test_sources_that_disagree_stand_side_by_side(pages):
    about = PARAMS.about("ai_tasks.takes")
    html = page("numbers").html.partition('id="parameter-ai_tasks.takes"')[2].partition("</tr>")[0]
    assert len({each.value for each in about.says}) > 1
    for each in about.says:
        assert PARAMS.source(each.source).url.replace("&", "&amp;") in html
        assert about.say(each.value) in html or f"<strong>{each.value:g}</strong>" in html


def test_one_kind_shows_only_its_own():
    claims = [name for name in PARAMS.names() if PARAMS.about(name).kind == "claim"]
    shown = re.findall(r'id="parameter-([\w.]+)"', page("numbers", "claim").html)
    assert shown == claims
    assert re.findall(r'id="parameter-([\w.]+)"', page("numbers", "nonsense").html) == list(PARAMS.names())


def test_a_search_hides_what_does_not_speak_of_its_words():
    found = _found(page("numbers", search="Overscale tightness").html)
    assert "wages.slope" in found
    assert len(found) < 10
    for name in found:
        about = PARAMS.about(name)
        row = next(each for each in numbers.rows() if each.name == name)
        assert all(word in row.words for word in ("overscale", "tightness")), about


def test_a_search_inside_a_kind_keeps_the_kind():
    seen = Seen(page("numbers", "claim", "shoot").html)
    assert {"type": "hidden", "name": "kind", "value": "claim"} in seen.all("input")
    found = _found(page("numbers", "claim", "shoot").html)
    assert found
    assert all(PARAMS.about(name).kind == "claim" for name in found)


def test_a_search_for_nothing_known_leaves_no_row_and_says_so():
    html = page("numbers", search="xylophone").html
    assert _found(html) == []
    assert f"0 of {len(PARAMS.names())} parameters" in Seen(html).text


def test_what_is_searched_for_is_escaped():
    html = page("numbers", search='"><script>alert(1)</script>').html
    assert "<script>alert" not in html
    assert not Seen(html).wrong


def test_the_script_and_the_page_mean_the_same_attributes(pages):
    script = (ROOT / "viz" / "web" / "filter.js").read_text(encoding="utf-8")
    form = next(attrs for attrs in pages["numbers"].all("form") if "data-filters" in attrs)
    assert form["data-filters"] in pages["numbers"].ids
    assert any(attrs.get("data-count-of") == form["data-filters"] for attrs in pages["numbers"].all("p"))
    for name in ("data-filters", "data-words", "data-count-of"):
        assert name in script
    assert "innerHTML" not in script


def _found(html):
    """Names of the parameters whose rows are not hidden."""
    rows = [attrs for attrs in Seen(html).all("tr") if attrs.get("id", "").startswith("parameter-")]
    return [attrs["id"].removeprefix("parameter-") for attrs in rows if "hidden" not in attrs]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("production.stage_capacity", "model/measures.py"),  # by its full name
        ("ai_tasks.shoot_cut", "model/mechanisms/techniques.py"),  # of a group with a short name
        ("ai_providers.outage_hours", "model/mechanisms/providers.py"),  # of a group that was handed over
        ("wages.slope", "model/mechanisms/wages.py"),  # as a value that was handed over
        ("wages.premium", "model/mechanisms/wages.py"),  # as a rule of a working life
        ("referral.share", "model/mechanisms/referral.py"),  # as a rule under another name
        ("demand.cash_pull", "model/mechanisms/demand.py"),  # by its name as text
        ("unexplained.short", "model/mechanisms/demand.py"),  # as one of a group that is gone through
    ],
)
def test_a_reader_is_found_whichever_way_a_parameter_travels(name, file):
    assert file in readers.readers()[name]


def test_readers_name_the_parameter_or_the_rule_it_became():
    for name, files in readers.readers().items():
        key = name.partition(".")[2]
        for file in files:
            text = (ROOT / file).read_text(encoding="utf-8")
            words = (key, name.replace(".", "_"), f"ai_{key}", "referral", "now")
            handed = file.startswith("model/mechanisms/")  # a value that is handed over has the name of an argument
            assert handed or any(re.search(rf"\b{re.escape(word)}\b", text) for word in words), (name, file)


def test_a_reader_that_is_gone_is_no_longer_named():
    gone = changed("model.mechanisms.providers", "rules.outage_hours", "9.7")
    found = readers.read_by(gone, modules())
    assert "model/mechanisms/providers.py" not in found["ai_providers.outage_hours"]
    assert "model/mechanisms/providers.py" in found["ai_providers.outages"]


def test_every_lever_and_knob_is_listed(pages):
    for name, lever in lever_classes().items():
        assert f"lever-{name}" in pages["numbers"].ids
        for knob in lever.knobs.values():
            assert f"{knob.label} ({knob.name})" in pages["numbers"].text


def test_every_data_file_is_listed_with_what_it_holds(pages):
    assert set(seed_tables.files()) == set(seed_tables.holds())
    there = {path.relative_to(ROOT / "seeds").as_posix() for path in (ROOT / "seeds").rglob("*")
             if path.suffix in (".csv", ".yaml", ".json")}
    apart = {name for name in there if name.startswith(("parameters/", "scenarios/"))}
    assert set(seed_tables.files()) == there - apart
    for name, says in seed_tables.holds().items():
        assert name in pages["numbers"].text
        assert says in pages["numbers"].text


def test_rows_and_sources_of_a_table_are_counted_from_the_file():
    one = seed_tables.planted("districts.csv")
    assert one.rows == len((ROOT / "seeds" / "districts.csv").read_text(encoding="utf-8").splitlines()) - 1
    assert seed_tables.planted("history/la_payroll_jobs.csv").sources == ("bls-ces-la-512",)


# Does it match reality?


def _kept(**other):
    return kept_facts.Kept(**(vars(kept_facts.shipped()) | other))


def test_results_are_kept_for_every_fact():
    from experiments.validation import facts

    assert {row["fact"] for row in kept_facts.shipped().facts} == set(facts())


def test_facts_that_fail_come_first_and_none_is_left_out():
    html = reality.tab().html
    verdicts = re.findall(r">(✗ fails|! not judged|✓ passes)[^<]*<", html.partition("</table>")[0])
    order = [(reality.FAILS, reality.WARNS, reality.PASSES).index(each) for each in verdicts]
    assert order == sorted(order)
    assert len(order) == len(kept_facts.shipped().facts)


@pytest.mark.parametrize(
    ("passed", "gated", "verdict"),
    [(True, True, "✓"), (False, True, "✗"), (False, False, "!"), (None, True, "!"), (True, False, "✓")],
)
def test_a_fact_that_binds_nobody_warns_instead_of_failing(passed, gated, verdict):
    assert reality.verdict({"passed": passed, "gated": gated}).startswith(verdict)


def test_results_of_another_model_are_called_stale():
    assert "These results are stale: " in Seen(reality.tab(_kept(model="0" * 32)).html).text
    fresh = Seen(reality.tab(_kept(model=model_digest())).html).text
    assert "stale" not in fresh
    assert "the one that runs now." in fresh


def test_text_that_is_no_kept_result_is_not_read():
    assert kept_facts.read("{}") is None
    assert kept_facts.read("not json") is None
    assert kept_facts.read("[]") is None


def test_no_published_figure_is_later_than_the_end_of_2024():
    kept = kept_facts.shipped()
    assert max(history.monthly_jobs()) == "2024-12" == max(kept.jobs)
    assert max(history.quarterly_shoot_days()["all"]) == "2024Q4"


def test_a_forecast_of_no_change_repeats_the_last_figure():
    published = {"2023-01": 100.0, "2023-02": 110.0, "2023-03": 90.0}
    assert naive.no_change(published, 1) == {"2023-02": 100.0, "2023-03": 110.0}
    found = naive.of("no change", 1, naive.no_change(published, 1), published)
    assert found.errors == (None, None, pytest.approx(15.0 / 100.0))  # (10 + 20) / 2 over (110 + 90) / 2


def test_a_model_that_is_right_beats_every_forecast_and_a_bad_one_loses_to_all():
    published = history.monthly_jobs()
    right = naive.compared(published, published, reality.MONTHS, 12, "month", 2)
    bad = naive.compared(dict.fromkeys(published, 0.0), published, reality.MONTHS, 12, "month", 2)
    for window in range(len(naive.WINDOWS)):
        assert naive.verdict(right, window)["wins"] == [f"{row.words[:1].lower()}{row.words[1:]}" for row in right[1:]]
        assert len(naive.verdict(bad, window)["loses"]) == len(bad) - 1


def test_the_page_says_where_the_model_loses(pages):
    kept = kept_facts.shipped()
    model = {month: middle for month, (_, middle, _) in kept.jobs.items()}
    rows = naive.compared(model, history.monthly_jobs(), reality.MONTHS, 12, "month", 2)
    for window, (name, _) in enumerate(naive.WINDOWS):
        lost = naive.verdict(rows, window)["loses"]
        said = pages["reality"].text.partition(f"In {name}, the model is off by")[2]
        said = re.split("It is as far|It beats", said)[0]
        assert all(each in said for each in lost)
        assert ("loses to none" in said) == (not lost)


@pytest.mark.parametrize(
    ("model", "other", "how"),
    [(0.10, 0.05, "loses"), (0.05, 0.10, "wins"), (0.100, 0.097, "alike"), (0.1, None, "none"), (0.0, 0.0, "alike")],
)
def test_errors_that_hardly_differ_are_called_alike(model, other, how):
    assert naive.stands(model, other) == how


def test_at_twelve_months_no_change_is_the_same_month_last_year_and_nearer_it_is_not():
    published = history.monthly_jobs()
    rows = horizon.by_distance(dict.fromkeys(published, 100_000.0), published, 2)
    assert len(rows) == horizon.FARTHEST
    assert rows[11][1] == rows[11][2] == rows[0][2]
    assert rows[23][1] == rows[23][2] == rows[12][2]
    assert rows[0][1] == history.error(naive.no_change(published, 1), published, history.months_of((2023, 2024)))
    assert len({row[0] for row in rows}) == 1  # the model uses no published figure, so distance is nothing to it


def test_figures_beside_the_naive_forecasts_are_computed_from_what_is_published(monkeypatch):
    one = dict.fromkeys(history.monthly_jobs(), 120_000.0)
    before = reality.tab(_kept()).html
    monkeypatch.setattr(history, "monthly_jobs", lambda: one)
    assert reality.tab(_kept()).html != before
    assert "off by 0.0%" not in before


def test_every_fact_that_is_missed_says_why_and_none_that_is_met_does():
    missed = {row["fact"] for row in kept_facts.shipped().facts if row["passed"] is False}
    assert {name for name, fact in facts().items() if "misses" in fact} == missed
    text = Seen(reality.tab().html).text
    assert text.count("Why it is missed:") == len(missed)


# Words


def test_every_measure_and_column_has_a_place_to_link_to(pages):
    ids = set(pages["words"].ids)
    assert {f"measure-{name}" for name in measures.measures()} <= ids
    assert {f"column-worker-{name}" for name in Crew.columns} <= ids
    assert {f"column-title-{name}" for name in Productions.columns} <= ids


def test_codes_come_from_the_vocabulary_with_their_comments():
    text = source("model.vocabulary")
    sets = {each.name: each for each in words.coded("model.vocabulary", text)}
    from model import vocabulary

    for name in ("Status", "Stage", "Area", "Entrant", "Event", "Stream"):
        codes = {(each.value, each.name.lower().replace("_", " ")) for each in getattr(vocabulary, name)}
        assert {(number, word) for number, word, _ in sets[name].words} == codes
    assert (2, "on call", "attached, answering a crew call") in sets["Status"].words
    other = text.replace("# attached, answering a crew call", "# asleep")
    assert (2, "on call", "asleep") in words.coded("model.vocabulary", other)[0].words


def test_terms_are_in_alphabetical_order():
    assert list(words.terms()) == sorted(words.terms(), key=lambda word: word.replace("-", " "))


# Limits, reproduce it


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
