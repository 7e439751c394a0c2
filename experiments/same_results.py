"""Is a model that was rewritten still the same model? Runs that say so, bit for bit.

A digest names code and data, and changes with every edit, also one that only makes a week faster. What took hours to
compute (the posterior, the forecast, the claims) stays true of a rewritten model as long as its recordings are those of
the model before it. `seeds/models.yaml` keeps the digests of models that gave the same recordings in the runs below,
and what these gave: every shipped scenario, every lever turned as far as it goes, and points at which all parameters
differ. A second list is of models that agree at least where nobody uses AI: a change of AI leaves the past, the fit and
the forecast as they are. Other versions of numpy or numba are other digests, too: run it under each that is supported.

``python -m experiments.same_results`` runs them, a minute on one core, and writes the digest of this model down:
beside the others if every run is the same, and alone if one is not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from experiments.analysis import chance
from experiments.study.factors import value_at
from experiments.study.held import HELD
from model import atomic
from model.digest import MODELS, model_digest, models_alike
from model.errors import CallSheetError
from model.levers.collection import lever_classes
from model.parameters import Params
from model.scenario import Scenario

SCALE, POINTS, WORLDS = 0.1, 12, 2
SMALL, SEED = 0.05, 20150105
UNTIL = date(2029, 12, 31)  # of points and levers: long enough for studios to adopt AI, and for a producer to fail
HEAD = """# Models that give the same results, and what they give in the runs of `python -m experiments.same_results`,
# which writes this file. What one of them computed is true of the others, and is not shown as stale. Those of the
# second list agree in runs in which nobody uses AI, as in the past, the fit and the forecast.
"""


def runs() -> Iterator[tuple[str, Scenario, int]]:
    """What is run, by name, with the future: scenarios, points, levers."""
    ai_first = Scenario.named("ai_first")
    for name in Scenario.names():
        scenario = Scenario.named(name)
        yield name, scenario.varied(scale=SCALE), 0
    yield "ai_first in full", ai_first, 1
    for k in range(POINTS):
        scenario = ai_first if k % WORLDS else Scenario.named("baseline")
        yield f"point {k}", scenario.varied(scale=SMALL, until=min(UNTIL, scenario.until), set=_point(k)), k
    for lever, kind in lever_classes().items():
        for end in ("low", "high"):
            knobs = {f"{lever}.{name}": getattr(knob, end) for name, knob in kind.knobs.items()}
            turned = ai_first.varied(scale=SMALL, until=UNTIL, levers=knobs)
            if not turned.lever_set().is_neutral:
                yield f"{lever} {end}", turned, 1


def _point(number: int) -> dict[str, Any]:
    """Every parameter somewhere in its range, by a chance of its own: a new one moves no other."""
    params = Params.load()
    free = [name for name in params.names() if name not in HELD and _spreads(params.about(name).range)]
    luck = {name: chance.uniforms(1, chance.seed_of("same results", SEED, number, name))[0] for name in free}
    return {name: value_at(params.about(name), float(u)) for name, u in luck.items()}


def _spreads(range_: tuple[float, float]) -> bool:
    return range_[0] < range_[1]


def result(scenario: Scenario, future: int) -> str:
    """The hash of a recording, or the sentence for which there is none."""
    from model.simulate import simulate

    try:
        return simulate(scenario, future, use_checkpoints=False).hash
    except CallSheetError as refused:
        return f"refused: {type(refused).__name__}"


def uses_ai(scenario: Scenario) -> bool:
    """Whether an entrant or a studio may use AI in a scenario, or an entrant's money is reckoned by what AI saves."""
    worlds = scenario.params().worlds
    return bool(worlds.entrant or worlds.incumbents)


def note(found: dict[str, str], with_ai: Collection[str], file: Path) -> str:
    """Write down what this model gives in runs by name, some of them ``with_ai``; returns what that means in a
    sentence.
    """
    kept = models_alike(file)
    moved = [name for name in found if kept["runs"].get(name) != found[name]]
    only_ai = set(moved) <= set(with_ai)
    alike = {"models": [] if moved else kept["models"], "without_ai": kept["without_ai"] if only_ai else []}
    lines = []
    for name, models in alike.items():
        alike[name] = [each for each in models if each != model_digest()]
        lines += [f"{name}:", *(f'- "{each}"' for each in (*alike[name], model_digest()))]
    lines += ["runs:", *(f'  {name}: "{value}"' for name, value in found.items())]  # quoted: some read as numbers
    atomic.write_file(file, HEAD + "\n".join(lines) + "\n")
    if not moved:
        return f"All {len(found)} runs are the same as of the {len(alike['models'])} models before it."
    told = f"{len(moved)} of {len(found)} runs differ, {moved[0]} first"
    if only_ai:
        return (f"{told}: all of them runs with AI. Without it this model gives what {len(alike['without_ai'])} models "
                "before it gave; what others gave with AI is stale.")
    return f"{told}: this is another model, and what others gave is stale."


def main() -> None:
    """Run all, and write what they give."""
    found, with_ai = {}, set()
    for name, scenario, future in runs():
        found[name] = result(scenario, future)
        if uses_ai(scenario):
            with_ai.add(name)
    print(note(found, with_ai, MODELS))


if __name__ == "__main__":
    main()
