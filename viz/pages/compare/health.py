"""What the two figures about the health plan count: who has it at the end, and how often somebody is found without."""

from __future__ import annotations

from model.tables import AI_CRAFT, crafts


def _without() -> str:
    names, covered = crafts().names, crafts().covered
    many = f"{sum(not each for each in covered)} of {len(names)} crafts have none"
    return many if covered[names.index(AI_CRAFT)] else f"{many}, the new AI craft among them"


COVERED = ("Health plan: of the people of April 2026 in each row, the share covered at the end. They stay in the row "
           f"of April 2026: who has left the market or works in a craft without a plan is not covered ({_without()}), "
           "so this share can fall where the row's work hardly changes.")
LOST = ("Health coverage lost at a review counts reviews, two a year for each worker, newcomers included, at which "
        "somebody covered had too few hours. Who leaves the market or moves to a craft without a plan also loses it, "
        "but is not counted here: By craft and By experience show who is covered at the end.")
