"""The one widget of the app: the stage, on which recordings are played in the browser."""

from __future__ import annotations

import anywidget
import traitlets

# The scripts are files of the page, which browsers keep; the widget only calls them, so that it costs nothing.
_CALLS = """
export default {
  render({ model, el }) {
    let stop = () => {};
    const begin = () => { stop = window.callsheet.stage(model, el) || stop; };
    model.on("change:week", () => window.callsheet.keepWeek(model.get("week")));
    if (window.callsheet && window.callsheet.stage) begin();
    else addEventListener("callsheet:ready", begin, { once: true });
    return () => stop();
  },
};
"""


class Stage(anywidget.AnyWidget):
    """What is played: small texts (JSON) that say which bytes to fetch, and the week the visitor stopped at."""

    _esm = _CALLS
    meta = traitlets.Unicode("{}").tag(sync=True)
    run = traitlets.Unicode("{}").tag(sync=True)
    base = traitlets.Unicode("{}").tag(sync=True)
    ghost = traitlets.Unicode("").tag(sync=True)
    week = traitlets.Int(0).tag(sync=True)
    picked = traitlets.Int(-1).tag(sync=True)
