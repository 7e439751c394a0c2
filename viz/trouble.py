"""What a visitor sees of an error that nobody foresaw: a sentence, and the number under which the log says more."""

from __future__ import annotations

import logging
from uuid import uuid4

from viz.fragments import Fragment, render
from viz.view import Notice

_log = logging.getLogger("callsheet")


def told(page: str) -> Fragment:
    """The page in place of one that failed; for use where its exception is handled, which goes to the log."""
    number = uuid4().hex[:8]
    _log.exception("The page %s failed (%s)", page or "start", number)
    notice = Notice(f"This page could not be shown. The log of the server says why, under {number}. Your settings are "
                    "kept in the address.", "./", "To the start")
    return render("trouble.html.j2", notices=[notice])
