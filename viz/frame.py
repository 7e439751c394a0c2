"""What stands around every page: language, landmarks, the menu, styles and scripts."""

from __future__ import annotations

import re

from experiments.page.page import version_of_package
from viz.assets import MARK, SCRIPTS, STYLES, Assets
from viz.fragments import environment
from viz.parts.keys import help_sheet
from viz.stories.read import stories
from viz.view import CLAIMS, COMPARE, IN_MENU, METHOD, PAGES, PEOPLE, SIMULATE, STORY, TABS, WAYS, View, named

# What Solara's page has, and what stands there instead: each must be found, or Solara has changed.
_HTML, _VIEWPORT = "<html>", ('<meta name="viewport" content="width=device-width, initial-scale=1, maximum-scale=1, '
                              'user-scalable=no, minimal-ui">')
# Vuetify's rules go into a layer of their own, and its colors are left out: every rule of ours wins over them.
_SHEET = re.compile(r'<link href="([^"]+/dist/main\d+\.css)" rel="stylesheet" class="solara-template-css">(</link>)?')
_COLORS = "theme: {\n                        dark: inDarkMode(),"
# The sign of the program in the browser's tab, for Solara's.
_ICONS = re.compile(r'<link rel="icon"[^>]*>')
# Solara looks for TeX in all words once a page is there, and takes what stands between two amounts in dollars for it.
_BUNDLE = "solara.rootPath = "
_HEAD_ENDS, _APP, _APP_ENDS = "</head>", '<div id="app"', "<script>\n        var theme = "


def title(view: View) -> str:
    """The title of a page, with what is looked at before the name of the program: by it tabs, links and history are
    told apart.
    """
    if not view.page:
        return "Call Sheet: a model of Los Angeles screen labor"
    return " · ".join([*filter(None, _looked_at(view)), PAGES[view.page], "Call Sheet"])


def _looked_at(view: View) -> tuple[str, ...]:
    """What a page shows, the most particular first; empty where it is the page's usual."""
    if view.page in (SIMULATE, COMPARE, PEOPLE):
        tab = WAYS.get(view.extra.get("by", ""), "") if view.page == COMPARE else ""
        return tab, named(view.name).title + (", changed" if view.edits else "")
    if view.page == METHOD:
        return (dict(TABS).get(view.extra.get("tab", ""), ""),)
    if view.page == STORY and view.extra.get("name") in stories():
        scene = view.extra.get("scene", "1")
        return f"Scene {scene}" if scene.isdecimal() else "", stories()[view.extra["name"]].title
    return (view.extra.get("c", ""),) if view.page == CLAIMS else ()


def around(content: str, assets: Assets, root: str, view: View) -> str:
    """Solara's page with our frame around its app."""
    parts = environment().get_template("frame_app.html.j2").module
    given = {"styles": [assets.address(each) for each in STYLES], "scripts": [assets.address(each) for each in SCRIPTS],
             "theme": assets.address("theme.js"), "mark": assets.address(MARK)}
    menu = [(each or "./", PAGES[each], each == view.page) for each in IN_MENU]
    content, sheets = _SHEET.subn(r'<style>@import url("\1") layer(vuetify);</style>', content)
    if sheets != 1:
        raise RuntimeError("Solara's page has no style sheet of Vuetify where it was: its pin has moved.")
    content = _ICONS.sub("", content)
    for old, new in (
        (_HTML, '<html lang="en">'),
        (_BUNDLE, f"window.solara = {{ ...solara, renderKatex() {{}} }};\n        {_BUNDLE}"),
        (_VIEWPORT, '<meta name="viewport" content="width=device-width, initial-scale=1">'
                    f'<meta name="version" content="{version_of_package()}">'),
        (_COLORS, _COLORS.replace("dark:", "disable: true, dark:")),
        (_HEAD_ENDS, f"{parts.head(root, **given)}</head>"),
        (_APP, f'{parts.top(menu)}<main id="main" tabindex="-1">{_APP}'),
        (_APP_ENDS, f"</main>{parts.bottom(version_of_package(), help_sheet().html)}{_APP_ENDS}"),
    ):
        if content.count(old) != 1:
            raise RuntimeError(f"Solara's page has {old[:40]!r} {content.count(old)} times, not once: it has changed.")
        content = content.replace(old, new)
    return content


def lost() -> str:
    """The page for an address that is none."""
    return environment().get_template("lost.html.j2").render()
