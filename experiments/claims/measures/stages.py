"""C4: the work that AI moves when it is used in one stage alone, and with one of the three tools alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from experiments.claims.worlds import WORLDS, Chance, world
from model.dollar_account import dollar_account, of_producers
from model.recording import Recording
from model.state.books import TWELFTHS

STAGES = ("development", "prep", "shoot", "effects", "post")
TOOLS = ("visual_models", "cloud_compute", "scheduling")
_MOVED = ("displacement", "compression", "new_tasks", "scope", "location")
ALL = "all"


def measure(settings: Mapping[str, Any], chance: Chance) -> dict[str, Any]:
    """How many of the five stages move work; by stage and by tool alone, and all at once, what was moved.

    Each is set beside a traditional entrant whose investors watch the same saving: where little is used little is
    saved, money stops sooner, and that is not what the stage does to work.
    """
    alone = {ALL: {}}
    alone |= {
        stage: {"ai_tasks.use_by_stage": tuple(float(each == stage) for each in STAGES)} for stage in STAGES
    }
    alone |= {tool: {f"ai_tasks.{each}": int(each == tool) for each in TOOLS} for tool in TOOLS}
    rows = {}
    for name, only in alone.items():
        traditional, with_ai = (world({**settings, **WORLDS[each], **only}, chance) for each in ("W1", "W2"))
        rows[name] = _moved(with_ai, traditional)
    touched = sum(bool(rows[stage]["displacement"] or rows[stage]["compression"]) for stage in STAGES)
    return {"value": float(touched), "rows": rows}


def _moved(with_ai: Recording, without: Recording) -> dict[str, float]:
    """On the producer's and its customers' titles crew-weeks by effect; its days saved; dollars; all of Los Angeles."""
    effects, unit = with_ai.tables["effects"], TWELFTHS * with_ai.scale
    row = {name: float(effects[name].sum() / unit) for name in _MOVED}
    account = dollar_account(of_producers(with_ai), 0.0)
    row["saved"] = account["share_of_budget"]
    a, b = (float(each.series["on_call"].sum() / each.scale) for each in (without, with_ai))
    row["crew_weeks"] = b - a
    days = [float(each.series["crew_days"].sum() / each.scale) for each in (without, with_ai)]
    row["crew_days"] = days[1] - days[0]
    return row
