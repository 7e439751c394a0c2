"""The number on the page that is watched is the number that the command line prints for the same settings."""

import pytest

from model import measures
from tests.browser.numbers import reads, simulated, twin
from tests.browser.served import SCALE, whole
from viz.shown import CHARTS, RIGHT_NOW

pytestmark = pytest.mark.browser
ASKED = "s=ai_first&lever.TaxCredit.rate=0.3&set.ai_tasks.new_tasks=0.8"
SAID = ("--scenario", "ai_first", "--lever", "TaxCredit.rate=0.3", "--lever", "TaxCredit.from=2026-04-13", "--set",
        "ai_tasks.new_tasks=0.8", "--futures", "1")
OTHER = ("--scenario", "baseline", "--start", "2026-04-13", "--futures", "1")
# A run that ends with the first week of a year says in that year's row what was in that week.
WEEK, AFTER = 38, "2027-01-11"
FIRST_WEEK_ENDS, UNTIL = "2026-04-20", "2036-03-31"
SHARES = ("share", "rate")


@pytest.fixture(scope="module")
def told():
    """What the command line says of both worlds."""
    return simulated((*SAID, "--until", UNTIL), (*OTHER, "--until", UNTIL))


@pytest.fixture(scope="module")
def of_the_week():
    """The same of the week that is looked at."""
    both = simulated((*SAID, "--until", AFTER), (*OTHER, "--until", AFTER))
    assert all(each["weeks"] == WEEK + 1 for each in both)
    return [each["years"][-1] for each in both]


def points(text):
    """A share as the stage writes it: the sign of the unit apart."""
    return text.replace("\u00a0points", "%").replace("\u00a0%", "%")


def test_the_figures_of_a_week_are_those_of_the_command_line(visit, of_the_week):
    page, (mine, other) = whole(visit(f"simulate?{ASKED}&w={WEEK}")), of_the_week
    page.wait_for_function("week => document.querySelector('.callsheet-stage').dataset.week === String(week)", arg=WEEK)
    seen = page.evaluate("""[...document.querySelectorAll(".now .figure")].map((each) => [each.dataset.measure,
      ...[".value", ".unit", ".apart"].map((part) => each.querySelector(part).textContent)])""")
    assert [name for name, *_ in seen] == list(RIGHT_NOW)
    for name, value, unit, apart in seen:
        share = measures.measure(name).unit in SHARES
        assert reads(value + "%" * share, mine[name]), f"{name} is {value} {unit}, not {mine[name]}"
        assert unit == ("%" if share else "" if measures.measure(name).unit == "USD" else measures.measure(name).unit)
        difference = mine[name] - other[name]
        if apart == "same as baseline":
            assert abs(difference) < 0.0005 if share else abs(difference) < 0.5, name
        else:
            assert reads(points(apart.removesuffix(" vs baseline")), difference), f"{name}: {apart}, not {difference}"


def test_the_tables_of_the_charts_are_those_of_the_command_line(visit, told):
    page, wrong = whole(visit(f"simulate?{ASKED}")), []
    for name in CHARTS:
        rows = twin(page, f"{measures.measure(name).label} by year")
        assert [int(row[0].split(",")[0]) for row in rows] == [row["year"] for row in told[0]["years"]]
        assert [row[0] for row in rows if not row[0].isdigit()] == ["2026, 38 weeks", "2036, 12 weeks"]
        for row, *both in zip(rows, *(each["years"] for each in told), strict=True):
            wrong += [f"{name} in {row[0]}: {text}, not {one[name]}"
                      for text, one in zip(row[1:], both, strict=True) if not reads(text, one[name])]
    assert wrong == []


def test_the_board_and_the_map_count_the_market_and_not_those_simulated(visit):
    first, = simulated((*SAID, "--until", FIRST_WEEK_ENDS))
    assert first["weeks"] == 1
    page = whole(visit(f"simulate?{ASKED}", 1440))
    page.get_by_role("button", name="Everyone").click()
    page.wait_for_function("text => document.querySelector('.board .scale').textContent === text",
                           arg=f"1 mark = {1 / SCALE:.0f} workers")
    rows = {row[0]: row[1:] for row in twin(page, "The board as a table")}
    numbers = page.evaluate("""Object.fromEntries([...document.querySelectorAll(".board .labels li")].map(
      (each) => [each.querySelector("button").title, each.querySelector(".number").textContent]))""")
    assert set(rows) == set(numbers) == {each["label"] for each in first["crafts"]}
    for craft in first["crafts"]:
        *work, searching, _, _ = (float(each.replace(",", "")) for each in rows[craft["label"]])
        assert reads(numbers[craft["label"]], craft["on_call"])
        assert (sum(work), searching) == (round(craft["on_call"]), round(craft["idle"])), craft["label"]
    shown = {row[0]: [float(each.replace(",", "")) for each in row[1:]] for row in twin(page, "The map as a table")}
    wanted = {each["label"]: [each[name] for name in ("working_here", "living_on_call", "living_idle", "shoots")]
              for each in first["districts"]}
    assert shown.keys() == wanted.keys()
    assert all(shown[name] == [round(each) for each in wanted[name]] for name in shown)
    shoots = sum(each["shoots"] for each in first["districts"])
    assert f"{shoots:,.0f} shoots" in page.locator(".map .caption").inner_text()
