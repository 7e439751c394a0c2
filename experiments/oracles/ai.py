"""AI in the whole market against what can be written down: break-even, pay share, outages, adoption."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from experiments.objects.run import record
from experiments.oracles import closed_forms
from experiments.oracles.checks import Check, check
from model import tables
from model.market import LaborMarket
from model.mechanisms import adoption, providers
from model.parameters import Params
from model.recording import Recording
from model.scenario import Scenario
from model.simulate import build, simulate
from model.state import books
from model.state.technique import OPEN
from model.vocabulary import Stage
from model.world import WORLDS_PART

FUTURES, SCALE, UNTIL = 5, 0.05, "2029-04-09"
MANY_TITLES = 0.15  # scale at which the titles of two worlds that are not the same can be counted
KINDS = tables.kinds().names
WEEKS_A_YEAR = 52
LONG_SHOOT = 4  # weeks, from which the shortest shoot can still be cut: a week cannot
_BY_CHANCE = 3.0  # standard errors
_POST, _SHOOT = int(Stage.POST), int(Stage.SHOOT)
UNIFORM = {  # everyone uses AI on every title from the first day, at next to no cost, and nothing answers it
    "worlds.incumbents": 1, "ai_tasks.suited": (1.0,) * 10, "ai_adoption.contract_limit": 1.0,
    "ai_tasks.supervision": 0.0, "ai_tasks.rework": 0.0, "ai_tasks.compute_day": 0.02, "ai_budget.scope": 0.0,
    "ai_tasks.crew_foreseen": 0.0, "ai_places.gap_in_pay": 0.0,
    "ai_firms.failure": 0.0, "ai_quality.resistance": 0.0, "ai_providers.outages": 0.0,
    "ai_providers.withdrawals": 0.0, "ai_providers.breaches": 0.0, "green_light.feedback": 0.0,
}
# All that is saved is spent on further titles, of which there are enough that clear the hurdle.
OPEN_MARKET = {"green_light.feedback": 1.0, "green_light.hurdle": 0.3, "green_light.oversupply": 5.0}
GRID = (  # share of tasks done well, shoot weeks saved, post per week saved, new per displaced, retained and new here
    (0.0, 0.4, 0.0, 0.0, 1.0, 0.6),
    (0.8, 0.0, 0.0, 0.0, 1.0, 0.6),
    (0.5, 0.25, 0.5, 0.5, 1.0, 0.6),
    (0.8, 0.0, 0.0, 1.2, 1.0, 0.2),
    (0.8, 0.4, 1.0, 1.0, 0.8, 1.0),
)


@dataclass(frozen=True)
class Point:
    """One point of the grid."""

    able: float
    cut: float
    post_gain: float
    new: float
    retained: float
    new_here: float

    @property
    def settings(self) -> dict[str, float | int | tuple[float, ...]]:
        """As parameters."""
        return UNIFORM | {
            "ai_tasks.capability": self.able, "ai_tasks.capability_ceiling": self.able,
            "ai_tasks.shoot_cut": self.cut, "ai_tasks.post_gain": self.post_gain, "ai_tasks.new_tasks": self.new,
            "ai_places.retained": (self.retained,) * 4, "ai_places.la_share": (self.new_here,) * 4,
        }


def break_even() -> list[Check]:
    """Crew-weeks of a title with AI relative to the same without, in a market that uses AI uniformly: 1 / M.

    Titles are those of the long kinds that were green-lit and delivered with AI. Their shadow is what they called
    the traditional way. Three standard errors of the difference over futures are allowed.
    """
    rows = []
    for point in (Point(*each) for each in GRID):
        rows.append(_by_futures(
            f"break-even: crew-weeks per title with {point.able:.0%} able, shoots {point.cut:.0%} shorter, "
            f"{point.new:g} new per displaced; here {point.retained:.0%} of the rest, {point.new_here:.0%} of the new",
            [_ratios(market, recording) for market, recording in _everyone_adopts(point)]))
    return rows


def pay_share() -> list[Check]:
    """A saving on crew pay alone, all money saved spent on further titles: titles and crew pay of commercials.

    Titles are 1 / (1 − s) times those without AI; crew pay moves with its share of what is spent. Pay is at one
    table of rates in both worlds, of the crews that titles in Los Angeles call, from the second year on. Three
    standard errors over futures are allowed.
    """
    point = Point(able=0.8, cut=0.0, post_gain=0.0, new=0.0, retained=1.0, new_here=1.0)
    kind = KINDS.index("commercial")
    titles, pay, worth = [], [], []
    with_ai, without = (_everyone_adopts(point, OPEN_MARKET | {"worlds.incumbents": used}, MANY_TITLES)
                        for used in (1, 0))
    for (market, mine), (_, other) in zip(with_ai, without, strict=True):
        saved = float(market.state.technique["saved"][0, OPEN, kind].sum())
        share = market.world.params.ai_budget.pay_share[kind]
        counts = [each.series["greenlit"][WEEKS_A_YEAR:, kind].sum() for each in (mine, other)]
        titles.append((closed_forms.multiplier_of_fixed_spend(saved), counts[0] / counts[1]))
        after = (share - saved) / (1.0 - saved)
        paid = [_pay_of_calls(each, market, kind) for each in (mine, other)]
        pay.append((closed_forms.crew_weeks_ratio(share, after), paid[0] / paid[1]))
        worth.append(saved)
    return [
        _by_futures(f"pay share: titles per title when {np.mean(worth):.1%} is saved on pay and spent", titles),
        _by_futures("pay share: crew pay relative to before, as its share of spend", pay),
    ]


def _pay_of_calls(recording: Recording, market: LaborMarket, kind: int) -> float:
    """Cents that crews called on titles of a kind in Los Angeles would cost at one table of rates."""
    titles, cells = recording.tables["titles"], recording.tables["cells"]
    mine = (titles["kind"] == kind) & (titles["place"] == 0) & (titles["year"] > titles["year"].min())
    chosen = cells[mine[cells["title"]]]
    rates = market.world.scale_cents(WORLDS_PART) * market.world.kinds.days[kind]
    return float((chosen["planned"] * rates[chosen["craft"]]).sum())


def _by_futures(name: str, pairs: list[tuple[float, float]]) -> Check:
    """The mean of what was expected and found, three standard errors of their difference allowed."""
    expected, found = np.array(pairs).T
    error = np.std(found - expected, ddof=1) / np.sqrt(expected.size)
    return check(name, float(expected.mean()), float(found.mean()), _BY_CHANCE * error + 1e-12)


def _everyone_adopts(point: Point, changes: dict[str, float] | None = None, scale: float = SCALE
                     ) -> Iterator[tuple[LaborMarket, Recording]]:
    """A market in which every studio uses AI in every area from the first week, future by future."""
    scenario = Scenario.named("baseline").varied(
        start="2026-04-13", until=UNTIL, scale=scale, set=point.settings | (changes or {}))
    for future in range(FUTURES):
        market = build(scenario, future)
        if market.world.params.worlds.incumbents:
            market.state.adoption[: market.world.ai_firms[0]] = 1.0
        yield market, record(market, scenario.weeks)


def _ratios(market: LaborMarket, recording: Recording) -> tuple[float, float]:
    """(expected, found) crew-weeks planned over shadow, of finished titles of the long kinds."""
    titles, cells = recording.tables["titles"], recording.tables["cells"]
    done = np.isin(titles["uid"], recording.tables["finished"]["uid"]) & (
        market.world.kinds.weeks[titles["kind"], _SHOOT] >= LONG_SHOOT)
    mine = done[cells["title"]]
    kind, home = titles["kind"][cells["title"]][mine], titles["place"][cells["title"]][mine] == 0
    shadow, planned = (cells[name][mine].astype(float) for name in ("shadow", "planned"))
    expected = 0.0
    for k in np.unique(kind):
        for at_home in (False, True):
            here = (kind == k) & (home == at_home)
            if here.any():
                expected += shadow[here].sum() / _multiplier(market, int(k), int(at_home))
    return expected / shadow.sum(), planned.sum() / shadow.sum()


def _multiplier(market: LaborMarket, kind: int, home: int) -> float:
    """The closed form for titles of a kind made in Los Angeles (``home`` 1) or elsewhere (0)."""
    world, technique = market.world, market.state.technique[0]
    crew = world.crew_size[:, kind]
    here = world.local[home]
    people = crew.sum(axis=1)
    weight = people * world.kinds.weeks[kind] * here
    automated = (crew * technique["automated"][OPEN, 0]).sum(axis=1) / np.maximum(people, 1e-12)
    cut = np.where(np.arange(4) == _SHOOT, technique["cut"], 0.0)
    new_here = np.minimum(1.0, here / np.maximum(world.local[1], 1e-12) * technique["la_share"]) / here
    per_week = technique["retained"] * (1.0 - automated) + new_here * technique["new_tasks"] * automated
    added = technique["cut"] * world.kinds.weeks[kind, _SHOOT] * technique["post_gain"]
    moved_in = np.where(np.arange(4) == _POST, people * here * added * per_week, 0.0)
    total = weight.sum()
    return closed_forms.break_even_multiplier(
        weight / total, cut, automated, np.full(4, technique["new_tasks"]), technique["retained"], new_here,
        moved_in / np.maximum(weight, 1e-12))


def outages(seeds: int = 200, weeks: int = 520) -> list[Check]:
    """Share of dependent weeks lost: outages a year × hours / 168 / 52 × dependence; several clouds, less spread."""
    rules = Params.load().override({"ai_providers.withdrawals": 0.0, "ai_providers.breaches": 0.0,
                                    "ai_providers.outages": 4.0}, by="verify").ai_providers
    lost = np.zeros((seeds, weeks, 3))
    for seed in range(seeds):
        clouds = books.empty(books.PROVIDER, 3)
        for week in range(weeks):
            providers.advance_providers(clouds, providers.events(seed, WORLDS_PART + week), week, rules, 2.0, 1)
            lost[seed, week] = clouds["lost"]
    one, spread_out = lost[:, :, 0].mean(axis=1), lost.mean(axis=(1, 2))
    expected = closed_forms.outage_share(rules.outages, rules.outage_hours) * rules.dependence
    rows = [check(f"outages: share of dependent weeks lost with {name}", expected, each.mean(),
                  _BY_CHANCE * each.std(ddof=1) / np.sqrt(seeds))
            for name, each in (("one provider", one), ("three providers", spread_out))]
    ratio = spread_out.var(ddof=1) / one.var(ddof=1)
    rows.append(check("outages: variance of a decade's loss with three providers, relative to one", 1 / 3, ratio,
                      _BY_CHANCE * 2.0 / 3.0 * np.sqrt(1.0 / seeds)))
    return rows


def outages_in_the_market() -> list[Check]:
    """Share of the weeks of dependent titles in which their provider's outage stops them, in a whole market."""
    often = {"ai_providers.outages": 6.0, "ai_providers.outage_hours": 24.0, "worlds.incumbents": 1,
             "ai_providers.withdrawals": 0.0, "ai_providers.breaches": 0.0, "ai_adoption.initial": 0.3,
             "ai_adoption.ceiling": 1.0}
    scenario = Scenario.named("baseline").varied(start="2026-04-13", until=UNTIL, scale=SCALE, set=often)
    shares = []
    for future in range(FUTURES):
        series = simulate(scenario, future, keep_events=False).series
        shares.append(series["outage_stopped"].sum() / series["dependent"].sum())
    rules = scenario.params().ai_providers
    expected = closed_forms.outage_share(rules.outages, rules.outage_hours) * rules.dependence
    return [_by_futures("outages: share of dependent title-weeks that stand still in a market",
                        [(expected, float(share)) for share in shares])]


def adoption_in_the_market() -> list[Check]:
    """Adoption of studios with the answer to profit off, after three years, against its recursion written out.

    What a studio sees is the mean of all studios: nobody has entered.
    """
    scenario = Scenario.named("baseline").varied(start="2026-04-13", until=UNTIL, scale=SCALE, set={
        "worlds.incumbents": 1, "ai_adoption.profit_feedback": 0.0, "ai_firms.failure": 0.0})
    market = build(scenario, 0)
    a, studios = scenario.params().ai_adoption, int(market.world.ai_firms[0])
    market.advance_to(scenario.end_week)
    share = a.initial
    for _ in range(scenario.weeks):
        share += (a.innovation + a.imitation * share) * (a.ceiling - share) / WEEKS_A_YEAR
    return [check("adoption: share of suited titles in a market after three years", share,
                  float(market.state.adoption[:studios].mean()), 1e-9)]


def bass() -> list[Check]:
    """Adoption with the answer to profit off follows the curve of Bass, and takes as long from a tenth to nine."""
    a = Params.load().ai_adoption
    share, path = np.zeros((1, 1)), [0.0]
    for _ in range(60 * 52):
        share = adoption.adoption_next(share, share.mean(axis=0), a.innovation, a.imitation, 1.0, np.ones(1))
        path.append(float(share[0, 0]))
    years = np.arange(len(path)) / 52.0
    curve = closed_forms.bass_curve(a.innovation, a.imitation, years)
    spans = [float(np.interp(0.9, each, years) - np.interp(0.1, each, years)) for each in (path, curve)]
    return [
        check("adoption: largest distance to the Bass curve in sixty years", 0.0, float(np.abs(path - curve).max()),
              0.01),
        check("adoption: years from a tenth to nine tenths", spans[1], spans[0], 0.05),
    ]
