"""Shortcuts: one list, from which the script acts and the help sheet is written."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from experiments.page.page import in_script
from viz.fragments import Fragment, render
from viz.view import IN_MENU

YEAR = 52  # weeks


@dataclass(frozen=True)
class Shortcut:
    """Keys as the browser names them, what they do, and how the sheet shows them; one that says nothing is not listed.

    ``name`` is the event `callsheet:NAME` on the window, or the element [data-do=NAME]; ``does`` is focus where that
    element is gone to and not pressed, unless it is a link to where it is.
    """

    keys: tuple[str, ...]
    name: str
    says: str
    shown: str
    group: str
    detail: int | None = None
    shift: bool = False
    does: str = ""


PLAY, GO, SHOW, REST = "Time", "Go to", "Show", "Everything else"
SHORTCUTS = (
    Shortcut((" ",), "play", "Play or pause", "Space", PLAY),
    Shortcut(("ArrowLeft",), "step", "A week back", "←", PLAY, -1),
    Shortcut(("ArrowRight",), "step", "A week on", "→", PLAY, 1),
    Shortcut(("ArrowLeft",), "step", "A year back", "Shift ←", PLAY, -YEAR, True),
    Shortcut(("ArrowRight",), "step", "A year on", "Shift →", PLAY, YEAR, True),
    Shortcut(("Home",), "start", "First week", "Home", PLAY),
    Shortcut(("End",), "end", "Last week", "End", PLAY),
    Shortcut(("1",), "page", "Pages of the bar", f"1 to {len(IN_MENU)}", GO, 1),
    *(Shortcut((str(page),), "page", "", "", GO, page) for page in range(2, len(IN_MENU) + 1)),
    Shortcut(("c",), "compare", "Compare two worlds", "C", GO),
    Shortcut(("l",), "levers", "Levers", "L", GO, does="focus"),
    Shortcut(("w",), "board", "Crew board: arrows and Enter pick a worker", "W", GO, does="focus"),
    Shortcut(("f",), "follow", "Follow the worker in the middle", "F", GO),
    Shortcut(("/",), "search", "Search", "/", GO, does="focus"),
    Shortcut(("b",), "band", "Band or every line", "B", SHOW),
    Shortcut(("t",), "table", "To the table; again: charts or tables", "T", SHOW),
    Shortcut(("d",), "download", "Download the first table of the page", "D", SHOW),
    Shortcut(("s",), "copy-link", "Copy the link", "S", REST),
    Shortcut(("u",), "undo", "Undo", "U", REST),
    Shortcut(("r",), "reset", "Reset", "R", REST),
    Shortcut(("?",), "help", "This sheet", "?", REST),
    Shortcut(("Escape",), "close", "Close what is open", "Esc", REST),
)
GROUPS = (PLAY, GO, SHOW, REST)


def help_sheet() -> Fragment:
    """The dialog that lists the shortcuts, closed, with the list that the script reads."""
    grouped = [(group, [each for each in SHORTCUTS if each.group == group and each.says]) for group in GROUPS]
    data = [{"keys": each.keys, "name": each.name, "detail": each.detail, "shift": each.shift, "does": each.does}
            for each in SHORTCUTS]
    return render("keys.html.j2", groups=grouped, data=Markup(in_script(data)))
