"""What a run says of AI, at a terminal: sentences, and the account of crew-weeks as a table."""

from __future__ import annotations

import textwrap
from typing import Any

from experiments.answer import wording_ai
from experiments.answer.wording import agreement, change
from experiments.terminal.show import WIDTH, table


def show_ai(summary: dict[str, Any]) -> None:
    """The accounts and the shift, where the run reaches April 2026 and anyone uses AI or a world is compared."""
    if "shift" not in summary:
        return
    lines = []
    over = summary["accounts_over_futures"]
    for name, whose in (("saved_dollar_producers", "AI-first producers"), ("saved_dollar", "All titles made with AI")):
        if over[name]["shares"]:
            lines.append(f"{whose}: {wording_ai.saved(summary['accounts'][name], over[name])}")
    if "crew_weeks" in over:
        account, spread = summary["accounts"]["crew_weeks"], over["crew_weeks"]
        rows = [
            [
                label,
                change(account[part], ""),
                *(change(spread[part][each], "") for each in ("q10", "q90")),
                agreement(spread[part]["futures_agreeing"], summary["futures"], spread[part]["mean"]),
            ]
            for part, label in (*wording_ai.PARTS.items(), ("total", "Total"))
        ]
        table(["crew-weeks", "mean", "10%", "90%", "agree"], rows,
              title=f"crew-weeks from April 2026 on, against {summary['against']}", width=WIDTH)  # fmt: skip
        lines.append(wording_ai.crew_weeks(summary))
    if summary["shift"]["years"][-1]["automated_share"]:
        lines.append(wording_ai.shift(summary))
    if summary["people"]:
        lines.append(wording_ai.people(summary))
    for line in lines:
        print(textwrap.fill(line, WIDTH))
