"""The mechanisms that could make long spells longer and lost calls costly, and the setting that takes each away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Switch:
    """One mechanism. ``nearest`` where no legal value takes it away and the nearest end of its range is used."""

    name: str
    label: str
    settings: dict[str, Any]
    nearest: bool = False
    note: str = ""


BASELINE = Switch("baseline", "nothing: the baseline", {})
_SINGLE = (
    Switch("fading", "skill fades between calls", {"skills.fade": 0.0}),
    Switch("choice", "heads of department choose by skill", {"search.skill_in_choice": 0.0}),
    Switch("premium", "skill is paid", {"wages.premium": 0.0}),
    Switch("talent", "people differ in talent", {"skills.talent_weight": 0.0},
           note="what is left differs by practice alone"),
    Switch("phone", "crews are called by phone", {"referral.share": 0.0},
           note="studios do not call back the heads of department they know either"),
    Switch("acquaintance", "contacts come from shared productions", {"referral.rewiring": 1.0},
           note="the phone stays, but rings strangers of the craft"),
    Switch("asking", "people hold out for a wage near their last one",
           {"wages.first_ask": 0.7, "wages.patience_floor": 0.4, "wages.patience": 0.0, "wages.empty_purse": 0.0},
           nearest=True, note="70 % of the last wage is asked for throughout, the least that is legal"),
    Switch("savings", "savings and benefits run out", {"wages.empty_purse": 0.0, "mobility.exit_broke": 1.0},
           note="they still run out, but change neither what is asked for nor who leaves"),
    Switch("exit", "idle people leave the market", {"mobility.exit_base": 0.0, "mobility.exit_spell": 0.0}),
    Switch("overscale", "pay above scale follows how short crews are", {"wages.overscale": 0.0, "wages.slope": 0.0}),
)  # fmt: skip
_ALL = Switch(
    "all", "all of these", {key: value for each in _SINGLE for key, value in each.settings.items()}, nearest=True,
    note="with nobody called by phone contacts have no part in it",
)  # fmt: skip
SWITCHES = (BASELINE, *_SINGLE, _ALL)
