"""A story, scene by scene: its text above the page that the scene speaks of, and a strip to go on with."""

from __future__ import annotations

import json

from viz.fragments import Fragment, render
from viz.parts.links import Link, plain_link
from viz.stories import findings as results
from viz.stories import tell
from viz.stories.read import Scene, Story, stories
from viz.view import STORY


def page(name: str, scene: int | str = 1, findings: tell.Findings | None = None, embed: Fragment | None = None,
         link: Link = plain_link) -> Fragment:
    """One scene of a story with the page fragment it speaks of below it.

    ``findings`` fill the names in the text: one that is missing is an error. None takes the results that come with the
    app; a scene that needs others says that they are not computed yet. An unknown story or scene is a sentence with the
    list of stories.
    """
    told = stories().get(name)
    if told is None:
        return listed(f"There is no story called “{str(name)[:40]}”." if name else "", link)
    number = _number(scene)
    if not 1 <= number <= len(told.scenes):
        return listed(f"“{told.title}” has {len(told.scenes)} scenes, and no scene “{str(scene)[:12]}”.", link)
    shown = told.scenes[number - 1]
    stale = findings is None and results.of_an_earlier_model(shown)
    if findings is None:
        findings = results.for_scene(shown)
    head = render(
        "story.html.j2", story=told, scene=shown, number=number, text=tell.text(shown.text, findings, link),
        pending=findings is None and bool(shown.needs), stale=stale, bet=_bet(shown, findings),
        explore=address(shown, link), steps=[_step(told, k, link) for k in range(1, len(told.scenes) + 1)],
    )
    return head + (embed or Fragment("")) + Fragment("\n</div>\n")


def listed(says: str = "", link: Link = plain_link) -> Fragment:
    """All stories with what they ask and how long they take; ``says`` what was wrong, if anything was."""
    rows = [(each, link(STORY, name=each.name, scene=1)) for each in stories().values()]
    return render("stories.html.j2", says=says, rows=rows)


def address(scene: Scene, link: Link = plain_link) -> str:
    """The state of a scene as an address of its own."""
    where, state = scene.state
    return link(where, **state)


def _step(told: Story, number: int, link: Link) -> tuple[str, str]:
    return told.scenes[number - 1].title, link(STORY, name=told.name, scene=number)


def _number(scene: int | str) -> int:
    text = str(scene)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def _bet(scene: Scene, findings: tell.Findings | None) -> str:
    return json.dumps(tell.bet(scene.bet, findings)) if scene.bet else ""
