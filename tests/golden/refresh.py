"""Freeze the yearly series of the shipped scenarios anew: python tests/golden/refresh.py, on purpose only.

Say in CHANGELOG.md, on a line that begins with *results change*, what moved and why.
"""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from model import measures  # noqa: E402
from model.scenario import Scenario  # noqa: E402
from model.simulate import simulate  # noqa: E402
from model.world import WORLDS_PART  # noqa: E402

FOLDER = Path(__file__).parent
SCALE, SEED = 0.05, 0


def years_of(name: str) -> list[dict[str, float]]:
    """Every measure of every year of a scenario at a twentieth of the market.

    Worlds that part in April 2026 share the years before, which are run once.
    """
    scenario = Scenario.named(name).varied(scale=SCALE, seed=SEED)
    return measures.years_of(simulate(scenario, use_checkpoints=scenario.first_week >= WORLDS_PART))


if __name__ == "__main__":
    for scenario in Scenario.names():
        text = json.dumps(years_of(scenario), indent=0)
        (FOLDER / f"{scenario}.json").write_text(text + "\n", encoding="utf-8")
        print(f"froze {scenario}")
