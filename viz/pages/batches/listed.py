"""The studies of the server's folder as a table, and how another comes in."""

from __future__ import annotations

from pathlib import Path

from model.digest import same_results
from viz.fragments import Fragment, render
from viz.pages.batches.places import HOME, MOST_LISTED, SETTING, studies
from viz.pages.batches.state import RUNNING, state_of
from viz.pages.batches.upload_limits import MOST_BYTES
from viz.parts.links import plain_link


def listing(root: Path | None) -> Fragment:
    """Every study with its state; a sentence where there is none."""
    states = {name: state_of(place) for name, place in studies(root).items()}
    rows = [{"name": name, "url": plain_link("batches", study=name), "state": state,
             "stale": bool(state.model) and not same_results(state.model)} for name, state in states.items()]
    return render("batches_list.html.j2", rows=rows, there=root is not None, setting=SETTING, home=HOME,
                  full=len(rows) >= MOST_LISTED, most=MOST_LISTED, megabytes=MOST_BYTES >> 20,
                  running=any(row["state"].word == RUNNING for row in rows))
