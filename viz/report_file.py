"""The report of a comparison as a file: made from results that are there, and never a reason to run anything."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from viz import contents, found, url
from viz.pages.compare import report
from viz.view import COMPARE

NOT_THERE = ("The results of this comparison are not there yet. Open it on the page Compare, wait until the first "
             "figures are shown, and ask for the report again.")
THE_SAME = "Both worlds of this address are the same, so there is nothing to report. Choose another one to compare."
BUSY = "Another report is being made. Ask again in a few seconds."
_one_at_a_time = threading.Lock()  # a page takes a second and tens of megabytes to make


def answer(request: Request) -> Response:
    """The report of the comparison that an address of Compare asks for."""
    view, _ = url.read(COMPARE, request.url.query)
    if view.changes_nothing:
        return PlainTextResponse(THE_SAME, 404)
    if not _one_at_a_time.acquire(blocking=False):  # whoever waits here holds a thread that pages need
        return PlainTextResponse(BUSY, 503, {"Retry-After": "5"})
    try:
        shown = found.came_with(view) or found.of_pairs(found.pairs(view))
        if shown is None:
            return PlainTextResponse(NOT_THERE, 404)
        seen = contents.compare_view(view)
        page = report.report(shown, seen, contents.surface_of(view))
    finally:
        _one_at_a_time.release()
    name = report.file_name(seen, datetime.now(UTC).date())
    return HTMLResponse(page, headers={"Content-Disposition": f'attachment; filename="{name}"',
                                       "Cache-Control": "no-store"})
