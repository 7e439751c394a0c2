"""What a run says of AI, gathered future by future: the two accounts, the shift of employment, who gains and who
loses, and how the model stands beside figures from outside.

Nothing here exists before April 2026, when the worlds part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from experiments.answer.outside import Outside
from experiments.answer.people import People
from experiments.answer.shift import Shift
from experiments.answer.two_accounts import CrewWeeks, SavedDollar
from model.world import WORLDS_PART

if TYPE_CHECKING:
    from model.recording import Recording
    from model.scenario import Scenario

PROMISES = {
    "announced_saving": "share_of_budget",
    "announced_shoot_cut": "shoot_weeks_saved",
    "promised_la_share": "la_share",
}  # claims of AI-first producers, and what their titles realized


def reaches_april_2026(scenario: Scenario) -> bool:
    """Whether a run holds weeks in which the worlds can differ by AI."""
    return scenario.end_week > WORLDS_PART


class AiStudy:
    """Takes each future as it comes and lets the recordings go."""

    def __init__(self, scenario: Scenario) -> None:
        self.params = scenario.params()
        announced = self.params.ai_producer.announced_saving
        self.saved = SavedDollar(announced, scenario.scale, producers_only=False)
        self.producers = SavedDollar(announced, scenario.scale, producers_only=True)
        self.crew_weeks = CrewWeeks(scenario.scale)
        self.shift, self.people = Shift(), People()
        self.outside = Outside(self.params.production.crew_scale)

    def take(self, mine: Recording, other: Recording | None) -> None:
        """Add one future of a world and of the one it is compared with."""
        self.saved.take(mine)
        self.producers.take(mine)
        self.shift.take(mine, other)
        self.outside.take(mine)
        if other is not None:
            self.crew_weeks.take(mine, other)
            self.people.take(mine, other)

    def accounts(self) -> dict[str, dict[str, Any]]:
        """The accounts of the saved dollar and, against another world, of the crew-weeks."""
        found = {"saved_dollar": self.saved.account(), "saved_dollar_producers": self.producers.account()}
        return found | ({"crew_weeks": self.crew_weeks.account()} if self.crew_weeks.parts else {})

    def fields(self) -> dict[str, Any]:
        """What the summary holds beside the accounts."""
        over = {"saved_dollar": self.saved.beside(), "saved_dollar_producers": self.producers.beside()}
        if self.crew_weeks.parts:
            over |= {"crew_weeks": self.crew_weeks.beside(), "crafts": self.crew_weeks.crafts()}
        return {
            "announced": self._announced(over["saved_dollar_producers"]),
            "accounts_over_futures": over,
            "shift": self.shift.fields(),
            "people": self.people.fields(),
            "outside": self.outside.rows(self.saved, self.producers),
        }

    def _announced(self, producers: dict[str, Any]) -> list[dict[str, Any]]:
        """What AI-first producers announced beside what their titles realized; shares."""
        params, rows = self.params, []
        for name, realized in PROMISES.items():
            about = params.about(f"ai_producer.{name}")
            rows.append(
                {
                    "claim": name,
                    "label": about.label,
                    "announced": params[f"ai_producer.{name}"],
                    "kind": about.kind,
                    "source": " ".join(dict.fromkeys(each.source for each in about.says if each.source)),
                    "realised": producers[realized],
                }
            )
        return rows
