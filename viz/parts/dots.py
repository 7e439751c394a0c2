"""How many futures agree, as a row of dots with the count in words."""

from __future__ import annotations

from markupsafe import Markup

MOST = 30  # dots; of more futures each dot stands for several


def dots(agreeing: int, futures: int) -> Markup:
    """A dot a future, filled where it has the sign of the mean."""
    shown = min(futures, MOST)
    filled = round(agreeing / futures * shown) if futures else 0
    marks = Markup('<i class="on"></i>') * filled + Markup("<i></i>") * (shown - filled)
    words = f"{agreeing} of {futures} futures agree"
    return Markup('<span class="agree"><span class="dots" aria-hidden="true">{}</span> {}</span>').format(marks, words)
