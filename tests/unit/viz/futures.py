"""Futures made for tests, of which the effect is known."""

from viz.digests import Digest, Digests


def futures_with(one, effects, name="crew_weeks"):
    """Futures made of one, in which a measure differs by these amounts over the horizon."""
    made = []
    for future, effect in enumerate(effects):
        horizon = one.arrays["horizon"].copy()
        at = one.at(name)
        horizon[:, at] = [1000.0 + effect, 1000.0]
        made.append(Digest({**one.head, "future": future}, {**one.arrays, "horizon": horizon}))
    return Digests(made)
