"""One life, twice: who is followed, both lives as strips, the sentence of the week, and everyone else of the craft."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

from experiments.answer.people import QUARTERS
from experiments.answer.wording import uncapitalized
from experiments.page.page import version_of_package
from model.digest import model_digest
from model.tables import crafts
from viz.fragments import Fragment, render
from viz.lives import Lives
from viz.pages.people import sheets
from viz.pages.people.banner import life_says, who, why
from viz.pages.people.choose import choose, numbers
from viz.pages.people.marks import Detail, marks
from viz.pages.people.sheets import Told
from viz.pages.people.spread import of_craft, spread
from viz.pages.people.strips import parts
from viz.pages.people.view import HARDEST, LIKE, MEDIAN, ROW, PeopleView
from viz.pages.people.words import date_says, spell_at, week_says

FIELDS = ("craft", "home", "experience", "pick", "who", "like", "k")  # keys of the address that choose a worker
NOBODY = {"who": None, "like": None, "k": None}


def page(lives: Lives, view: PeopleView, detail_mine: Detail = None, detail_other: Detail = None) -> Fragment:
    """The page. ``detail_mine`` and ``detail_other`` are the weeks of the followed worker's lives as JSON (see
    ``experiments.lives.week_by_week``); the page is whole without them and says what is still being worked out.
    """
    if lives.nobody:
        return render("people.html.j2", life=None, notices=[*view.notices, lives.nobody])
    chosen = choose(lives, view)
    person = lives.workers[chosen.place]
    row, details = int(person["row"]), (detail_mine, detail_other)
    names = _names(lives, view)
    told = [Told(world, name, each.spells(row), each.workers[chosen.place], _fitting(detail, each.begin, each.end))
            for world, name, each, detail in zip(("model", "against"), names, lives.worlds, details, strict=False)]
    craft = crafts().names[person["craft"]]
    marked = [marks(life.spells, life.detail, craft) for life in told]
    first = lives.mine.recording.first_week
    week = min(max(first + view.week, lives.begin), lives.end - 1)
    among = spread(lives, chosen.place, names[-1])
    drawn = parts([(life.world, life.name, life.spells, each) for life, each in zip(told, marked, strict=True)],
                  lives.begin, lives.end, week, lambda at: view.link("people", **_GONE, who=row, week=at - first))
    return render(
        "people.html.j2", {"chart-life-spread": among.figure()},
        life=told, notices=[*chosen.notices, *([lives.notice] if lives.notice else [])],
        who=who(lives, chosen.place), why=why(lives, view, chosen.pick), parts=drawn, marked=marked,
        date_says=date_says,
        says=[life_says(life, craft) for life in told], week=_week(lives, told, week, view, row),
        links=_links(lives, view, row, chosen.pick),
        form=_form(lives, view), summary_sheet=sheets.summary(told, lives.years),
        by_year=sheets.by_year(told, lives.begin, lives.end), spells=[sheets.spells(life) for life in told],
        chart=among.chart(), quantiles=among.quantiles(of_craft(lives, chosen.place, names)),
        compared=lives.other is not None, known=all(life.detail is not None for life in told),
        summary={"scenario": f"{view.scenario}_worker_{row}"}, head=[_head(lives, view, row)],
    )  # fmt: skip


_GONE = {"pick": None, "like": None, "k": None}


def _names(lives: Lives, view: PeopleView) -> tuple[str, ...]:
    """What the worlds are called, without telling them apart by place alone."""
    found = [world.scenario.title or name for world, name in
             zip(lives.worlds, (view.scenario, view.against), strict=False)]
    if len(found) > 1 and found[0] == found[1]:
        found = [f"{found[0]} (here)", f"{found[1]} (compared)"]
    return tuple(found)


def _fitting(detail: Detail, begin: int, end: int) -> Detail:
    """The weeks with their money, if they are those of the recording."""
    if not detail or detail[0]["week"] != begin or len(detail) != end - begin:
        return None
    return detail


def _week(lives: Lives, told: list[Told], week: int, view: PeopleView, row: int) -> dict[str, Any]:
    """The sentences of the week, which week it is, and the weeks of the turns before and after it in this world."""
    sentences = []
    for life in told:
        spell = spell_at(life.spells, week)
        detail = None if life.detail is None else life.detail[week - lives.begin]
        sentences.append((life.name, week_says(spell, week, detail)))
    begins = [spell.first for spell in told[0].spells]
    turns = [("The turn before", max((at for at in begins if at < week), default=None)),
             ("The next turn", min((at for at in begins if at > week), default=None))]
    return {"number": week - lives.begin + 1, "of": lives.end - lives.begin, "date": date_says(week),
            "sentences": sentences,
            "turns": [(words, view.link("people", **_GONE, who=row, week=at - lives.mine.recording.first_week))
                      for words, at in turns if at is not None]}


def _links(lives: Lives, view: PeopleView, row: int, pick: str) -> list[tuple[str, str, bool]]:
    """(words, address, whether it is what is shown) of the other ways to choose."""
    base = view.like if pick == LIKE else row
    nth = view.nth + 1 if pick == LIKE else 1
    code = int(lives.mine.at(row)["craft"])
    middle = {**NOBODY, "pick": MEDIAN}
    found = [("The one in the middle", view.link("people", **middle), pick == MEDIAN),
             ("One of the hardest hit", view.link("people", **{**middle, "pick": HARDEST}), pick == HARDEST),
             ("Another like this one", view.link("people", pick=LIKE, who=None, like=base, k=nth), False),
             (f"The middle of {uncapitalized(crafts().labels[code])}",
              view.link("people", **middle, craft=crafts().names[code], home=None, experience=None), False)]
    if lives.other is not None:
        found.append(("All crafts compared", view.link("compare", by="craft"), False))
    return found


def _form(lives: Lives, view: PeopleView) -> dict[str, Any]:
    """What the chooser offers, and what it has to carry along."""
    address = urlsplit(view.link("people", **dict.fromkeys(FIELDS)))
    groups = {kind: [(name, label) for (of, name), (label, _) in lives.groups.items() if of == kind]
              for kind in ("craft", "district", "experience")}
    quarters = [(name, label) for name, label in groups["experience"] if label.lower() in QUARTERS]
    fields = [("craft", "Craft", [("", "Every craft"), *groups["craft"]], view.craft),
              ("home", "Home", [("", "Anywhere"), *groups["district"]], view.home),
              ("experience", "Experience", [("", "Any"), *quarters], view.experience),
              ("pick", "Who", [(MEDIAN, "the one in the middle"), (HARDEST, "one of the hardest hit")],
               HARDEST if view.pick == HARDEST else MEDIAN)]
    return {"action": address.path, "carried": parse_qsl(address.query), "fields": fields,
            "numbers": numbers(lives), "by_number": ROW}


def _head(lives: Lives, view: PeopleView, row: int) -> str:
    """First line of every download."""
    against = f", compared with {view.against}" if view.against else ""
    return (f"Call Sheet {version_of_package()}, model {model_digest()}, scenario {view.scenario}{against}, future "
            f"{lives.mine.recording.manifest.get('future', 0)}, worker {row}")
