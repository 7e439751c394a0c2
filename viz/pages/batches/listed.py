"""The studies of the server's folder as a table, and how another comes in."""

from __future__ import annotations

from pathlib import Path

from model.digest import model_digest
from viz.fragments import Fragment, render
from viz.pages.batches.places import HOME, MOST_LISTED, SETTING, studies
from viz.pages.batches.state import RUNNING, state_of
from viz.pages.batches.upload_limits import MOST_BYTES
from viz.parts.links import plain_link


def listing(root: Path | None) -> Fragment:
    """Every study with its state; a sentence where there is none."""
    rows = [{"name": name, "url": plain_link("batches", study=name), "state": state_of(place)}
            for name, place in studies(root).items()]
    return render("batches_list.html.j2", rows=rows, there=root is not None, setting=SETTING, home=HOME,
                  model=model_digest(), full=len(rows) >= MOST_LISTED, most=MOST_LISTED, megabytes=MOST_BYTES >> 20,
                  running=any(row["state"].word == RUNNING for row in rows))
