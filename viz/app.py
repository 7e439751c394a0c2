"""The app: one component for all pages, which reads the address and shows what it asks for.

State is in the address; what is being run for a visitor is in their ``Visit``. Solara makes both anew for each visitor.
"""

from __future__ import annotations

import solara

from viz import contents, frame, simulate_page, trouble, url
from viz.parts.html import html
from viz.view import PAGES, SIMULATE
from viz.visit import Visit


@solara.component
def Page() -> solara.Element:
    """Whatever the address asks for."""
    router = solara.use_router()
    visit = solara.use_memo(Visit, [])
    _, told = solara.use_state(0)
    view, notices = url.read(router.path, router.search)
    solara.use_effect(lambda: visit.close, [])
    solara.use_effect(lambda: visit.listen(told), [])
    attributes = {"data-title": frame.title(view)}  # which a script makes the page's: the router sets its own
    with solara.Div(classes=["page", f"page-{view.page or 'start'}"], attributes=attributes) as main:
        try:
            visit.look(view)
            if view.page == SIMULATE:
                simulate_page.simulate(view, notices, visit, router.push)
            else:
                html(contents.of(view, notices, visit))
        except Exception:
            html(trouble.told(view.page))
    return main


@solara.component
def Layout(children: list[solara.Element] | None = None) -> solara.Element:
    """Nothing around a page but the frame that the server has put there."""
    return solara.Div(children=children or [])


# The layout of the first route stands around all of them.
routes = [solara.Route(path=each or "/", component=Page, label=label, layout=None if each else Layout)
          for each, label in PAGES.items()]
