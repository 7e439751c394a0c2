"""A page with every part on it, served from a folder: what the tests of the parts look at, and people, too.

`python -m tests.browser.page FOLDER` writes it.
"""

import shutil
import sys
from pathlib import Path

from experiments.page.page import in_script, version_of_package
from experiments.page.sheet import Cell, Chart, Sheet
from experiments.study.report import blocks
from model.digest import model_digest
from viz.fragments import Fragment, environment, sections
from viz.pages.story import listed, page
from viz.parts.dots import dots
from viz.parts.keys import help_sheet
from viz.parts.tips import tip
from viz.stories.read import stories
from viz.view import IN_MENU, PAGES, START

ROOT = Path(__file__).resolve().parents[2]
MENU = [("index.html" if each == START else each, PAGES[each], each == START) for each in IN_MENU]
ABOUT = "scenario ai_first, 20 futures; differences are against baseline"
SOURCE = f"Call Sheet {version_of_package()}, model {model_digest()}, {ABOUT}"
BET, REVEAL = "story?name=claim&scene=2", "story?name=claim&scene=3"  # scenes of a story
TITLE = "Crew-weeks year by year"

# Stands in for the router of the app: keeps what was pushed and puts the fragment of an address in its place.
ROUTER = """
window.pushed = [];
window.solara = { router: { push(address) {
  pushed.push(address);
  history.pushState(null, "", address);
  show();
} } };
function show() {
  const key = location.pathname.split("/").pop() + location.search;
  const found = JSON.parse(document.getElementById("pages").textContent)[key];
  setTimeout(() => {
    document.getElementById("main").innerHTML = found ?? "<h1>Another page</h1><p>" + key.replace(/</g, "") + "</p>";
  }, 400);
}
addEventListener("popstate", show);
"""


def findings() -> dict[str, object]:
    """Something in the place of every result that a story names."""
    names = {name for each in stories().values() for name in each.needs}
    found = {name: "+1,234" for name in names} | {name: "18 of 20" for name in names if name.endswith(".agree")}
    found |= {name: "camera" for name in names if name.endswith(".name")}
    found |= {"claims.C3.turns_on.1": "How buyers' spend answers the saving that AI brings to their titles",
              "claims.C3.turns_on.2": "New AI work for each crew-week displaced", "claims.C3.border.1": "above 0.98",
              "claims.C3.border.2": "below 15%"}
    return found | {"crew_weeks.line": [100, 99.8, 99.5, 99.3, 99.2, 99.1, 99.2, 99.0, 98.9, 99.1]}


def chart() -> Fragment:
    """A section with one chart, drawn from names of colors."""
    years, values = list(range(2026, 2036)), [100, 98, 97, 97, 96, 96, 97, 98, 98, 99]
    sheet = Sheet("work", TITLE, ["year", "crew-weeks"],
                  [[Cell(str(year)), Cell(str(value), value)] for year, value in zip(years, values, strict=True)])
    clear = "rgba(0,0,0,0)"
    layout = {"height": 260, "paper_bgcolor": clear, "plot_bgcolor": clear, "showlegend": False,
              "margin": {"l": 48, "r": 12, "t": 8, "b": 32}, "font": {"color": "@muted", "size": 13},
              "xaxis": {"gridcolor": "@grid"}, "yaxis": {"gridcolor": "@grid", "zerolinecolor": "@line"}}
    figure = {"data": [{"x": years, "y": values, "line": {"color": "@model", "width": 2.5}, "mode": "lines"}],
              "layout": layout}
    section = blocks.Section("work", "Work in Los Angeles", [
        blocks.small("Percent of the world without AI."), blocks.chart(Chart("chart-work", TITLE, "", figure, sheet)),
    ])
    return sections([section], "ai_first", ABOUT, contents=False)


def start() -> Fragment:
    """The page that opens: an answer, tips, levers, stories, a chart."""
    form = """<form data-go action="compare"><label>Scenario <select name="s" data-auto><option>baseline</option>
<option>ai_first</option></select></label> <label>Search <input type="search" name="q" data-do="search"></label>
<button class="button">Go</button></form>"""
    sentence = f"""<h1>Will work come back?</h1>
<p class="answer" id="sentence">Crew-weeks differ by 1,234 where the tools do
{tip("ai_tasks.capability", "45%")} of what they could {tip("ai_tasks.capability")}.</p>
<p>{dots(18, 20)}</p>
<p><button type="button" class="button" data-copy="text" data-from="sentence">Copy sentence</button></p>
<p style="text-align: right">{tip("TaxCredit.rate")} {tip("crew_weeks")}</p>
<details class="levers" open><summary data-do="levers">Levers</summary>
<p><label>Credit rate <input type="range" min="0" max="1" step="0.1" name="rate"></label></p></details>"""
    return Fragment(sentence + form) + listed() + chart()


def write(folder: Path) -> None:
    """The page and everything it loads, into a folder."""
    from plotly.offline import get_plotlyjs

    shutil.copytree(ROOT / "viz/web", folder, dirs_exist_ok=True)
    for name in ("style.css", "colors.js"):
        shutil.copy(ROOT / "experiments/templates" / name, folder)
    (folder / "plotly.js").write_text(get_plotlyjs(), encoding="utf-8")
    pages = {"index.html": start().whole}
    for name, story in stories().items():
        for scene in range(1, len(story.scenes) + 1):
            told = page(name, scene, findings(), chart() if scene == 3 else None)
            pages[f"story?name={name}&scene={scene}"] = told.whole
    frame = environment().get_template("frame_app.html.j2").module
    html = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Parts · Call Sheet</title><link rel="icon" href="data:,"><script src="theme.js"></script>
<link rel="stylesheet" href="style.css"><link rel="stylesheet" href="app.css">
<script>{ROUTER}</script>
<script type="module" src="page.js"></script></head>
<body><a class="skip" href="#main">Skip to the results</a>
{frame.top(MENU)}
<main id="main">{start().whole}</main>
{frame.bottom("0.1.0", help_sheet().whole)}
<script type="application/json" id="pages">{in_script(pages)}</script>
</body></html>"""
    (folder / "index.html").write_text(html, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
