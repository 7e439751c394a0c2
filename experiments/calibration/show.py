"""The findings of a calibration for a terminal."""

from __future__ import annotations

from typing import Any

from experiments.terminal import console


def show(found: dict[str, Any]) -> None:
    """Parameters with prior and posterior, whether truths are found again, and the errors with fresh chance."""
    from experiments.terminal.show import table

    table(["parameter", "prior", "5 %", "middle", "95 %", "narrower by", "truths inside 90 %"], [
        [row["parameter"], f"{row['prior'][0]:g} to {row['prior'][1]:g}", f"{row['q05']:.3g}", f"{row['q50']:.3g}",
         f"{row['q95']:.3g}", f"{100 * row['contraction']:.0f}%", f"{100 * row['recovery']['coverage']:.0f}%"]
        for row in found["parameters"]
    ])
    further = 100 * found["distance"]["further_out"]
    console.say(f"Of the table's own runs {further:.0f} % are met less closely than what was published.")
    for name, spans in found["check"].items():
        if isinstance(spans, dict) and "fitted" in spans:
            fitted, held = spans["fitted"], spans["held_back"]
            console.say(f"{name}: off by {100 * fitted['of_median']:.1f} % in the fitted years, by "
                        f"{100 * held['of_median']:.1f} % in 2023-24, which no fit has seen.")
    fall = found["check"]["fall_before_pickets"]
    console.say(f"In the year before the first picket jobs changed by {100 * fall['published']:.0f} %; the model has "
                f"{100 * fall['middle']:.0f} % ({100 * fall['low']:.0f} to {100 * fall['high']:.0f} %).")
