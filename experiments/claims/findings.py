"""What was measured of each claim, in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from experiments.answer.wording import DASH, MINUS, figure, signed
from experiments.claims.declared import Claim
from experiments.claims.verdicts import Spread
from model.mechanisms.consolidation import MONOPOLY
from model.state.technique import PROVIDERS

Detail = dict[str, Any]
MOST_SEEN = 10  # years that a run lasts


def finding(claim: Claim, found: Spread, detail: Detail) -> str:
    """One sentence with the number, its spread over futures, and what goes with it."""
    if detail["over_futures"] is None:
        return "Nothing can be said: no run at the middle of all parameters came back."
    if found.mean is None:
        return "No future gave a number: the producer finished no title in any of them."
    return _SENTENCES[claim.id](found, detail)


def between(found: Spread, unit: str, sign: bool = False) -> str:
    """The number and where 80 % of futures lie."""
    say = signed if sign else figure
    if found.futures < 2:
        return f"{say(found.mean, unit)} (in the one future run)"
    return f"{say(found.mean, unit)} (80% of futures: {say(found.q10, unit)} to {say(found.q90, unit)})"


def _mean(detail: Detail, *path: str) -> float | None:
    held: Any = detail["over_futures"]
    for each in path:
        held = held.get(each) if isinstance(held, dict) else None
    return held.get("mean") if isinstance(held, dict) else held


def _saving(found: Spread, detail: Detail) -> str:
    return (f"Titles made this way cost {between(found, 'share')} less than the same titles made the traditional way; "
            f"{figure(detail['border'], 'share')} is announced. Counted once each, whatever their size, they save "
            f"{_say(detail, 'per_title')}.")


def _schedule(found: Spread, detail: Detail) -> str:
    return (f"Shoots are {between(found, 'share')} shorter; {figure(detail['border'], 'share')} is announced. "
            f"Counted once each, titles are {_say(detail, 'per_title')} shorter.")


def _work(found: Spread, detail: Detail) -> str:
    return (f"Crew-weeks in Los Angeles over ten years differ by {between(found, 'share', True)} from the world "
            f"without AI: {signed(detail['steps']['capital']['mean'], 'share')} from the new capital, "
            f"{signed(detail['steps']['technology']['mean'], 'share')} from its technology, "
            f"{signed(detail['steps']['diffusion']['mean'], 'share')} from studios that follow.")


def _stages(found: Spread, detail: Detail) -> str:
    rows = detail["over_futures"]["rows"]
    most = max((name for name in rows if name not in _NOT_STAGES), key=lambda name: -_net(rows[name]))
    return f"AI moves work in {figure(found.mean)} of the five stages; most in {most}."


_NOT_STAGES = ("all", "visual_models", "cloud_compute", "scheduling")


def _net(row: Detail) -> float:
    return sum(row[name]["mean"] or 0.0 for name in ("displacement", "compression"))


def _dollar(found: Spread, detail: Detail) -> str:
    return (f"Of each dollar saved {between(found, 'share')} is people replaced, "
            f"{_say(detail, 'shares', 'efficiency')} days and time not needed{_paid_to_crews(detail)}, "
            f"{_say(detail, 'shares', 'subsidy')} compute that the provider pays for.")


def _paid_to_crews(detail: Detail) -> str:
    """How much of what days and time spare is pay that crews do not get."""
    days, *others = (_mean(detail, "lines", name) for name in ("days_not_paid", "time_costs", "above_line_finance"))
    if days is None or None in others or days + sum(others) <= 0:
        return ""
    return f" ({figure(days / (days + sum(others)), 'share')} of it pay of crews)"


def _incidents(found: Spread, detail: Detail) -> str:
    several = detail.get("several") or {}
    with_several = (f" With three providers it is {figure(several['mean'], 'share')} "
                    f"({figure(several['q10'], 'share')} to {figure(several['q90'], 'share')})."
                    if several.get("mean") is not None else "")
    lost = (detail.get("lost") or {}).get("one provider") or {}
    titles, everyone = (_more(lost.get(name)) for name in ("the producer's titles", "all of Los Angeles"))
    without = (f" In the end its titles' crew-weeks differ by {titles} from those of the same futures without "
               f"incidents, and those of all Los Angeles by {everyone}: weeks are made up later, while a provider that "
               "leaves early takes the capital along."
               if titles and everyone else "")
    return f"{between(found, 'share')} of the producer's crew-weeks stand still for a provider.{with_several}{without}"


def _more(lost: Detail | None) -> str:
    """What is lost, said as what there is more, with where most futures lie."""
    if not lost or lost["mean"] is None:
        return ""
    mean, low, high = (signed(-lost[each], "share") for each in ("mean", "q90", "q10"))
    return f"{mean} (80% of futures: {low} to {high})"


def _concentration(found: Spread, detail: Detail) -> str:
    return (f"The Herfindahl index of spend moves by {between(found, 'points', True)} points, of output by "
            f"{signed(_mean(detail, 'change', 'output'), 'points')}; that of clouds is "
            f"{figure(_mean(detail, 'level', 'clouds'), 'points')}, where {PROVIDERS} alike would make "
            f"{figure(MONOPOLY / PROVIDERS, 'points')}. In the mean {figure(_mean(detail, 'bought'))} studios are "
            "bought.")


def _crafts(found: Spread, detail: Detail) -> str:
    crafts = detail["over_futures"]["crafts"]
    worst = sorted(crafts, key=lambda name: crafts[name]["mean"])[:3]
    listed = ", ".join(f"{name.replace('_', ' ')} {signed(crafts[name]['mean'], 'share')}" for name in worst)
    return f"The crafts with the most hands work {between(found, 'share', True)}; most is lost by {listed}."


def _capital(found: Spread, detail: Detail) -> str:
    return (f"Capital pays for less than half of the producer's crew-weeks after {between(found, 'years')} years; "
            f"${figure(_mean(detail, 'musd', 'raised'))} million are raised in ten years.")


def _skill(found: Spread, detail: Detail) -> str:
    return (f"The stock of skill changes by {signed(_mean(detail, 'after', '5', 'skill'), 'share')} after five years "
            f"and {between(found, 'share', True)} after ten, {_hands(detail)}apprentices by "
            f"{signed(_mean(detail, 'after', '10', 'apprentices'), 'share')} and the quality of what is made by "
            f"{signed(_mean(detail, 'after', '10', 'quality'), 'share')}.")


def _hands(detail: Detail) -> str:
    """What part hands have in it: crafts lose workers, those who learn AI work among them."""
    skill, workers = (_mean(detail, "after", "10", name) for name in ("skill", "workers"))
    if skill is None or workers is None or workers <= -1.0:
        return ""
    each = (1.0 + skill) / (1.0 + workers) - 1.0
    return f"the number of workers by {signed(workers, 'share')} and so skill per worker by {signed(each, 'share')}; "


def _gains(found: Spread, detail: Detail) -> str:
    survival, arose, known = survivals(detail)
    if not arose:
        return f"In none of {known} futures does a gain of more than 1% arise over twelve months."
    stood = ", ".join(f"{count} after {after} year{'s' * (after > 1)}" for after, count in survival.items())
    ends = detail["over_futures"]["stands_at_end"]
    return (f"A gain arises in {arose} of {known} futures; of these it still stands in {stood}. Whether one stands for "
            f"ten years cannot be seen in ten; when they end there is a gain in {round(ends * known)}, however long it "
            "has stood.")


def survivals(detail: Detail) -> tuple[dict[int, int], int, int]:
    """In how many futures a gain stood for 1, 3 and 5 years, in how many one arose at all, and how many are known.

    Not for ten: ten years hold nine of windows of twelve months, so that no gain can be seen to stand so long.
    """
    from experiments.claims.measures.gains import AFTER

    known = [value for value in detail["values"] if value is not None]
    lasts = [value for value in known if value]
    seen = [after for after in AFTER if after < MOST_SEEN]
    return {after: sum(value >= after for value in lasts) for after in seen}, len(lasts), len(known)


def _say(detail: Detail, *path: str) -> str:
    value = _mean(detail, *path)
    return DASH if value is None else figure(value, "share").replace(MINUS + "0.0%", "0.0%")


_SENTENCES: dict[str, Callable[[Spread, Detail], str]] = {
    "C1": _saving, "C2": _schedule, "C3": _work, "C4": _stages, "C5": _dollar, "C6": _incidents,
    "C7": _concentration, "C8": _crafts, "C9": _capital, "C10": _skill, "C11": _gains,
}
