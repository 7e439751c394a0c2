"""The number on the page that compares is the number that the command line prints for the same settings."""

import re
import shlex
from datetime import date, timedelta

import pytest

from experiments.answer.two_accounts import LINES, PARTS
from model import measures
from tests.browser.numbers import differing, reads, same, simulated, table
from tests.browser.served import SCALE, whole

pytestmark = pytest.mark.browser
FUTURES = 2  # so that a median is a mean, which is what the command line gives by year
ASKED = "s=ai_first&lever.TaxCredit.rate=0.3&set.ai_tasks.new_tasks=0.8"
SAID = ("--scenario", "ai_first", "--lever", "TaxCredit.rate=0.3", "--lever", "TaxCredit.from=2026-04-13", "--set",
        "ai_tasks.new_tasks=0.8")
OTHER = ("--scenario", "baseline", "--start", "2026-04-13", "--until", "2036-03-31")
SHARES = ("share", "rate")
OF = f"of {FUTURES}"


@pytest.fixture(scope="module")
def both():
    """What the command line says of the settings that these tests look at, and of the world they are held against."""
    return simulated((*SAID, "--futures", str(FUTURES)), (*OTHER, "--futures", str(FUTURES)))


@pytest.fixture
def told(both):
    """What it says of the settings, effects included."""
    return both[0]


@pytest.fixture
def compared(visit):
    """Opens the page that compares, cut in one way."""
    def opened(**more):
        return whole(visit("&".join([f"compare?{ASKED}&n={FUTURES}&table=1",
                                     *(f"{key}={value}" for key, value in more.items())])))
    return opened


def weeks_of(said, kind):
    """Weeks that begin in each year of a run, or in each quarter."""
    first, found = date.fromisoformat(said["start"]), {}
    for week in range(said["weeks"]):
        day = first + timedelta(weeks=week)
        period = day.year if kind == "year" else f"{day.year}Q{(day.month + 2) // 3}"
        found[period] = found.get(period, 0) + 1
    return found


def level(said, name):
    """A measure over the whole horizon, from its years: the sum, or the mean over weeks."""
    adds, weeks = measures.measure(name).over == "sum", weeks_of(said, "year")
    total = sum(row[name] * (1 if adds else weeks[row["year"]]) for row in said["years"])
    return total if adds else total / said["weeks"]


def agreeing(effect):
    """How a table says how many futures agree."""
    return f"{effect['futures_agreeing']} {OF}" if effect["mean"] else "–"


def change_of(said, name):
    """Cells of a measure in a table of both worlds: the change, who agrees, the other world and this one."""
    effect, here = said["effects"][name], level(said, name)
    return [effect["mean"], agreeing(effect), effect["q10"], effect["q90"], here - effect["mean"], here]


def test_the_command_on_a_page_is_the_one_that_gives_its_numbers(compared, told):
    page = compared()
    words = shlex.split(page.locator("#again code").inner_text())
    assert words[:2] == ["callsheet", "simulate"]
    pairs = set(zip(words[2::2], words[3::2], strict=True))
    wanted = set(zip(SAID[::2], SAID[1::2], strict=True))
    assert pairs == wanted | {("--scale", str(SCALE)), ("--futures", str(FUTURES)), ("--out", "result")}
    footer = page.locator("main .small", has_text="Source: Call Sheet").first.inner_text()
    for word in (told["model"][:12], f"seed {told['seed']}", f"{told['futures']} futures"):
        assert word in footer


def ends_of_two(effect):
    """Both futures, from the percentiles between them."""
    low, high = effect["q10"], effect["q90"]
    return (9 * low - high) / 8, (9 * high - low) / 8


def sentence(said, name, text):
    """What is wrong with the answer in a sentence."""
    one, effect = measures.measure(name), said["effects"][name]
    if not effect["mean"]:
        return [] if "there is no difference" in text else [text]
    first, _, span = text.partition(f"; these {FUTURES} futures gave ")
    wrong = []
    if not reads(re.search(r"(?:there are|is) (\$?\d.*)", first)[1], abs(effect["mean"]), True):
        wrong.append("mean")
    if not re.search("(more|higher)" if effect["mean"] > 0 else "(fewer|lower)", first):
        wrong.append("direction")
    share, other = re.search(r"\(([−+]?[\d.,]+%)\)", first), level(said, name) - effect["mean"]
    if one.unit in SHARES or same(other, 0.0) or same(effect["mean"] / other, 0.0):
        other = None
    if bool(share) != bool(other) or share and not reads(share[1], effect["mean"] / other):
        wrong.append("proportion")
    low, high = ends_of_two(effect)
    ends = [(abs(low), abs(high)), (abs(high), abs(low))]
    more = re.search("(more|higher|fewer|lower)", first)[1]
    numbers = re.findall(r"\$?\d[\d,.]*\d|\d", span.partition(f", {more} in ")[0])
    unit = " points" if one.unit in SHARES else ""
    low_high = (numbers[0], numbers[-1])
    if not any(all(reads(f"{shown}{unit}", value, True) for shown, value in zip(low_high, each, strict=True))
               for each in ends):
        wrong.append(f"range {low_high}")
    if f", {more} in {effect['futures_agreeing']} {OF}." not in text:
        wrong.append("who agrees")
    if ("Futures disagree" in text) != (effect["futures_agreeing"] < 0.8 * FUTURES):
        wrong.append("disagreement")
    return [f"{each}: {text} for {effect}" for each in wrong]


def by_year(said, name, rows, column):
    """What a column of quarters amounts to in each year, as the measure adds up."""
    adds, quarters, years, found = measures.measure(name).over == "sum", weeks_of(said, "quarter"), weeks_of(
        said, "year"), {}
    for row in rows:
        year = int(row[0][0][:4])
        found[year] = found.get(year, 0.0) + float(row[column][1]) * quarters[row[0][0]] / (1 if adds else years[year])
    return found


def over_time(said, other, name, page):
    """What is wrong with the tables of both levels and of their difference, in any year."""
    levels, apart = table(page, "levels"), table(page, "difference")
    if not [row[0][0] for row in levels] == [row[0][0] for row in apart] == list(weeks_of(said, "quarter")):
        return [f"{name}: quarters"]
    wrong = [f"{name}: {row}" for row in (*levels, *apart) for text, value in row[1:]
             if not reads(text, float(value))]
    shown = [by_year(said, name, levels, 1), by_year(said, name, levels, 2), by_year(said, name, apart, 2)]
    for here, there in zip(said["years"], other["years"], strict=True):
        wanted = here[name], there[name], here[name] - there[name]
        found = [each[here["year"]] for each in shown]
        if not all(same(*each, fine=1e-7) for each in zip(found, wanted, strict=True)):  # some are kept in four bytes
            wrong.append(f"{name} in {here['year']}: {found}, not {wanted}")
    for row in apart:  # the ends of the range are those of the single futures
        median, _, low, high, *each = (float(value) for _, value in row[1:])
        ends = min(each), max(each)
        if not (same(median, sum(each) / 2) and same(low, 0.9 * ends[0] + 0.1 * ends[1])
                and same(high, 0.1 * ends[0] + 0.9 * ends[1])):
            wrong.append(f"{name}: range of {row}")
    return wrong


def test_every_measure_is_compared_as_the_command_line_compares_it(compared, both):
    page, wrong, (told, other) = compared(), [], both
    shown = page.evaluate("[...document.querySelectorAll('#measure option')].map((each) => each.value)")
    assert shown == list(told["effects"])
    for name in shown:
        page.evaluate("to => solara.router.push(to)", f"/compare?{ASKED}&n={FUTURES}&table=1&m={name}")
        page.wait_for_function("name => document.querySelector('#measure')?.value === name", arg=name)
        wrong += sentence(told, name, page.locator(".answer").inner_text())
        wrong += over_time(told, other, name, page)
    assert wrong == [], wrong


def test_crafts_are_compared_as_the_command_line_compares_them(compared, told):
    people = {row["group"]: row for row in told["people"]["by_craft"]}
    rows = sorted(told["accounts_over_futures"]["crafts"], key=lambda row: (row["change_share"] is None,
                                                                            row["change_share"] or 0))
    wanted = []
    for row in rows:
        own, before, change = people.get(row["craft"], {}), row["crew_weeks_other"], row["change"]
        ends = [change[each] / before if before else None for each in ("q10", "q90")]
        wanted.append([row["label"], change["mean"], agreeing(change), change["q10"], change["q90"],
                       row["change_share"], *ends, before, before + change["mean"], own.get("insured_against"),
                       own.get("insured"), points(own)])
    assert differing(table(compared(by="craft"), "crafts"), wanted) == []


def points(row):
    """The change of the share under the health plan."""
    return None if row.get("insured") is None else row["insured"] - row["insured_against"]


def test_people_are_compared_as_the_command_line_compares_them(compared, told):
    page = compared(by="experience")
    for kind, name in (("by_experience", "people_experience"), ("by_district", "people_district")):
        rows = told["people"][kind]
        if kind == "by_district":
            rows = sorted(rows, key=lambda row: row["change"]["mean"])
        wanted = [[row["label"], row["change"]["mean"], agreeing(row["change"]), row["change"]["q10"],
                   row["change"]["q90"], row["days_a_year_against"], row["days_a_year"], row["workers"],
                   *(row[each] for each in ("losing", "out_against", "out", "insured_against", "insured")),
                   points(row)] for row in rows]
        assert differing(table(page, name), wanted) == []
    everyone, said = told["people"]["everyone"], page.locator("#experience > p").first.inner_text()
    numbers = re.findall(r"[−+]?\d[\d,.]*\d%?", said.replace("April 2026", ""))
    for text, key in zip(numbers, ("workers", "losing", "", "gaining"), strict=False):
        assert not key or reads(text, everyone[key]), said
    assert reads(numbers[-1], everyone["change"]["mean"])


def test_flows_are_those_of_the_command_line(compared, told):
    page = compared(by="flows")
    moves = [[..., row["workers"], *(row[end] / row["workers"] if row["workers"] else None
                                     for end in ("same", "ai", "other", "out"))] for row in told["people"]["moves"]]
    assert differing(table(page, "moves"), moves) == []
    labels, last = {row["craft"]: row["label"] for row in told["shift"]["crafts"]}, told["shift"]["years"][-1]["year"]
    ends = [[labels[row["craft"]], world, row["workers"],
             *(row[end] / row["workers"] for end in ("same", "ai", "other", "retraining", "out", "left_la"))]
            for craft in labels for world, rows in (("ai_first, edited", "flows"), ("baseline", "flows_against"))
            for row in told["shift"][rows] if (row["craft"], row["year"]) == (craft, last) and row["workers"]]
    assert differing(table(page, "flows"), ends) == []
    hires, *others = ([measures.measure(name).label, *change_of(told, name)]
                      for name in ("hires", "entries", "exits", "returns", "coverage_lost"))
    ended = [[f"Calls ended: {how}", each["change"]["mean"], agreeing(each["change"]), each["change"]["q10"],
              each["change"]["q90"], each["against"], each["calls"]]
             for how, each in zip(("wrap", "layoff", "quit"), told["calls_ended"].values(), strict=True)]
    rows, wanted = table(page, "flows_horizon"), [hires, *ended, *others]
    assert [row[0][0] for row in rows] == [row[0] for row in wanted]
    assert differing(rows, wanted) == []


def test_money_is_that_of_the_command_line(compared, told):
    page, wanted = compared(by="money"), []
    within = {"benefits_musd": "Unemployment benefits and wage insurance",
              "wage_insurance_musd": "of which wage insurance"}
    for name in ("payroll_musd", "day_pay", "credit_musd", "retraining_musd", "benefits_musd", "wage_insurance_musd",
                 "levy_musd", "public_cost_musd"):
        one = measures.measure(name)
        wanted.append([within.get(name, one.label), *change_of(told, name), one.unit])
    assert differing(table(page, "public_money"), wanted) == []
    for name in ("saved_dollar", "saved_dollar_producers"):
        account, over = told["accounts"][name], told["accounts_over_futures"][name]
        lines = [[..., account[line], over["shares"][line], ..., ..., over["lines"][line]["q10"],
                  over["lines"][line]["q90"], ...] for line in LINES]
        lines += [["Realized", account["realised"], over["shares"]["realised"], ..., ...,
                   over["lines"]["realised"]["q10"], over["lines"]["realised"]["q90"], ...],
                  ["Announced", account["announced"], over["share_announced"], ..., ..., ..., ..., ...]]
        assert differing(table(page, name), lines) == []
    cost, work = (told["effects"][name]["mean"] for name in ("public_cost_musd", "crew_weeks"))
    (usd, _), (years, exact), _, (low, _), (high, _), (futures, _) = table(page, "cost")[0]
    assert usd.endswith("million")
    assert reads(usd, cost, in_words=True)
    assert reads(years, work / 52, in_words=True)
    assert same(float(exact), work / 52)
    assert (low, high, futures) == ("–", "–", str(FUTURES))
    paid = re.search(r"The public pays (\$\d[\d,.]*)\smillion (more|less)", page.locator(".answer").inner_text())
    assert reads(paid[1], abs(cost), in_words=True)
    assert paid[2] == ("more" if cost > 0 else "less")


def test_the_account_of_crew_weeks_is_that_of_the_command_line(compared, told):
    account, over = told["accounts"]["crew_weeks"], told["accounts_over_futures"]["crew_weeks"]
    wanted = [[..., account[part], ..., over[part]["q10"], over[part]["q90"], agreeing(over[part])]
              for part in (*PARTS, "total")]
    assert differing(table(compared(), "crew_weeks"), wanted) == []
