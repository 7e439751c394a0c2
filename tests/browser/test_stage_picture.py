"""Marks, figures, flags and tables of the stage say what the recording holds, to mouse and keyboard alike."""

import pytest

from tests.browser.hands import click_first_mark
from tests.browser.stage_harness import synthetic
from tests.browser.staged import PHONE, TRACK, WIDE, at_rest, playwright

pytestmark = pytest.mark.browser


def test_a_click_on_a_mark_picks_its_worker(stage):
    page = stage.open("week=100")
    field = page.locator(".field")
    field.focus()
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    caption = page.locator(".board .caption").inner_text()
    assert caption.startswith("Camera: about ")
    assert "on calls in shoot" in caption
    page.keyboard.press("Enter")
    by_key = page.evaluate("model.get('picked')")
    click_first_mark(page)
    picked = page.evaluate("model.get('picked')")
    assert picked == by_key >= 0, "the first mark is the first worker of the cell"
    assert picked % 10 == 0
    here = page.evaluate(f"el.callsheet.worlds.run.board.people.whereabouts(100, {picked})")
    assert (here["craft"], here["column"]) == (4, synthetic.SHOOT)
    assert page.locator(".field .ring").is_visible()
    assert ["picked", picked] in page.evaluate("model.saved")


def test_a_craft_opens_with_everyone_in_it(stage):
    page = stage.open("week=50")
    page.get_by_role("button", name="Camera").click()
    page.wait_for_function("document.querySelector('.scale').textContent === '1 mark = 1 worker'")
    assert page.locator(".board h2").inner_text() == "Camera"
    playwright.expect(page.get_by_role("button", name="All crafts")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('.scale').textContent === '1 mark = 10 workers'")
    playwright.expect(page.get_by_role("button", name="Camera")).to_be_focused()
    page.get_by_role("button", name="Everyone").click()
    page.wait_for_function("document.querySelector('.scale').textContent === '1 mark = 1 worker'")
    assert "≈" not in page.locator(".labels").inner_text()


def test_figures_are_the_recorded_ones(stage):
    page = stage.open("week=200")
    for name, scale, digits in (("payroll_jobs", 1, 0), ("unemployment_rate", 100, 1)):
        column = [measure[0] for measure in synthetic.MEASURES].index(name)
        mine, other = (synthetic.world(seed).series[200, column] * scale for seed in (1, 2))
        card = page.locator(f".figure[data-measure={name}]")
        assert card.locator(".value").inner_text() == f"{mine:,.{digits}f}"
        apart = f"{abs(mine - other):,.{digits}f}"
        assert apart in card.locator(".apart").inner_text()


def test_the_foot_says_what_separates_both_worlds_over_all_weeks(stage):
    page = stage.open("week=200")
    foot = page.locator(".now .whole")
    playwright.expect(foot).to_contain_text("weeks, on average: ")
    column = [measure[0] for measure in synthetic.MEASURES].index("payroll_jobs")
    mine, other = (synthetic.world(seed).series[:, column].mean(dtype=float) for seed in (1, 2))
    said = foot.inner_text()
    sign = "\u2212" if mine < other else "+"
    assert f"ayroll jobs {sign}{abs(mine - other):,.0f}" in said, (said, mine, other)
    assert f"Over all {len(synthetic.world(1).series):,} weeks" in said


def test_a_term_explains_itself_and_escape_closes_it(stage):
    page = stage.open()
    button = page.get_by_role("button", name="What is Crew unemployment rate?")
    button.focus()
    tip = page.locator(f"#{button.get_attribute('aria-describedby')}")
    assert tip.is_visible()
    page.keyboard.press("Escape")
    assert not tip.is_visible()
    flag = page.get_by_role("button", name="An entrant arrives")
    flag.hover()
    flag_tip = page.locator(f"#{flag.get_attribute('aria-describedby')}")
    assert "A new studio opens" in flag_tip.inner_text()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_flags_are_told_apart_reached_by_keyboard_and_do_not_cover_each_other(stage, size):
    page = stage.open("week=30", size=size, has_touch=size is PHONE, is_mobile=size is PHONE)
    flags = page.locator(".flag")
    boxes = sorted(flags.nth(at).bounding_box()["x"] for at in range(flags.count()))
    width = flags.first.bounding_box()["width"]
    assert all(two - one >= width for one, two in zip(boxes, boxes[1:], strict=False)), "one covers another"
    counted = page.locator(".flag").evaluate_all("all => all.map(each => Number(each.dataset.events))")
    assert sum(counted) == len(synthetic.meta()["flags"]), "every event is in one flag"
    said = page.locator(".flag").evaluate_all("all => all.map(each => Number(each.textContent || 1))")
    assert said == counted, "a flag that stands for several says for how many"
    drawn = page.locator(".flag").evaluate_all(
        "all => all.map(each => [each.classList[1], each.querySelector('path').getAttribute('d')])")
    glyphs = dict(drawn)
    assert {"entry", "failure", "outage"} <= glyphs.keys()
    assert len(set(glyphs.values())) == len(glyphs), "each kind has a glyph of its own"
    marks = page.locator(".outage-marks path").get_attribute("d")
    assert marks.count("M") == len(synthetic.OUTAGES)
    first = page.locator(".flag[tabindex='0']")
    playwright.expect(first).to_have_count(1)
    first.focus()
    names = []
    for _ in range(flags.count()):
        held = page.locator(".flag:focus")
        names.append(held.get_attribute("aria-label"))
        tip = page.locator(f"#{held.get_attribute('aria-describedby')}")
        playwright.expect(tip).to_be_visible()
        page.keyboard.press("ArrowRight")
    assert len(set(names)) == flags.count(), "arrows reach every flag, and each has a name of its own"
    if size is PHONE:
        assert any("Cloud stands still in" in name for name in names), "many standstills are told in one sentence"
    assert at_rest(page, 30), "the arrows moved no week"


LONG = {"run": "The producer works with AI at every stage, and no studio follows",
        "base": "A producer enters with capital and works the traditional way"}


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_names_at_the_ends_of_lines_are_short_and_the_legend_has_them_whole(stage, size):
    page = stage.open("ghost=1", size=size)
    page.evaluate("""names => model.fromPython('meta', JSON.stringify({...meta, scenario: names.run,
        baseline: names.base}))""", LONG)
    legend = page.locator(".lines .legend")
    playwright.expect(legend).to_contain_text(LONG["run"])
    assert [each.inner_text() for each in legend.locator("> span:visible").all()] == [
        f"this run: {LONG['run']}", f"baseline: {LONG['base']}", "previous: the run before"]
    box = legend.bounding_box()
    assert box["x"] + box["width"] <= size["width"]
    for chart in page.locator(".chart").all():
        frame = chart.locator(".frame").bounding_box()
        page.wait_for_function("""chart => [...chart.querySelectorAll(".annotation-text")].every((each) =>
            each.getBoundingClientRect().width > 0)""", arg=chart.element_handle())  # a chart may just be drawn anew
        found = chart.locator(".annotation-text").evaluate_all(
            "all => all.map((each) => [each.textContent, each.getBoundingClientRect().toJSON()])")
        assert {words for words, _ in found} == {"this run", "baseline", "previous"}
        for words, box in found:
            assert box["left"] >= frame["x"] + 0.75 * frame["width"], f"{words} takes room from the lines"
            assert box["right"] <= frame["x"] + frame["width"], words
            assert frame["y"] <= box["top"], words
            assert box["bottom"] <= frame["y"] + frame["height"], words
        tops = sorted((box["top"], box["bottom"]) for _, box in found)
        assert all(one[1] <= two[0] + 1 for one, two in zip(tops, tops[1:], strict=False)), "one covers another"


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_years_under_the_lines_stand_apart(stage, size):
    page = stage.open(size=size)
    for chart in page.locator(".chart").all():
        boxes = chart.locator(".xtick text").evaluate_all(
            "all => all.map((each) => each.getBoundingClientRect().toJSON())")
        assert len(boxes) > 2
        for one, two in zip(boxes, boxes[1:], strict=False):
            assert two["left"] - one["right"] > 0.5 * one["width"]


def test_lines_are_means_of_thirteen_weeks_and_the_axis_follows_them(stage):
    page = stage.open()
    for name, scale in (("payroll_jobs", 1), ("unemployment_rate", 100), ("shoot_days", 1)):
        chart = page.locator(f".chart[data-measure={name}]")
        assert "mean of the last 13 weeks" in chart.locator("figcaption").inner_text()
        drawn, axis = chart.locator(".plot").evaluate(
            "plot => [plot.data.map((line) => [...line.y]), plot._fullLayout.yaxis.range]")
        column = [measure[0] for measure in synthetic.MEASURES].index(name)
        means = []
        for line, seed in zip(drawn, (1, 2), strict=True):
            weeks = synthetic.world(seed).series[:, column] * scale
            means += [weeks[end - 13: end].mean() for end in range(13, len(weeks) + 1)]
            assert [each for each in line[:12] if each is not None and each == each] == []
            assert line[12:] == pytest.approx(means[-len(weeks) + 12:])
        low, high = min(means), max(means)
        assert axis[0] <= low
        assert high <= axis[1] <= high + 0.1 * (high - min(0, low))


def test_a_year_in_part_says_how_many_of_its_weeks_were_played(stage):
    page = stage.open()
    page.get_by_text("Shoot days by year").click()
    table = page.locator(".chart[data-measure=shoot_days] table")
    years = table.locator("tbody th")
    playwright.expect(years).to_have_text([*map(str, range(2026, 2035)), "2035, 51 weeks"])  # of 53 Mondays
    assert "; not whole: 2035" in table.locator("caption").inner_text()
    last = synthetic.world().series[-51:, 3].sum()
    playwright.expect(table.locator("tbody tr").last.locator("td").first).to_have_text(f"{last:,.0f}")


def test_a_year_that_is_still_coming_says_so_in_the_world_that_runs(stage):
    page = stage.open("filled=60")
    page.get_by_text("Shoot days by year").click()
    row = page.locator(".chart[data-measure=shoot_days] tbody tr").nth(1)
    playwright.expect(row.locator("td").first).to_contain_text("(8 weeks so far)")
    playwright.expect(row.locator("td").nth(1)).not_to_contain_text("so far")
    playwright.expect(row.locator("th")).to_have_text("2027")


def test_the_charts_name_their_source(stage):
    page = stage.open()
    playwright.expect(page.locator(".lines .source")).to_have_text(synthetic.meta()["source"])


def test_every_district_has_its_name_on_the_map_and_none_covers_another(stage):
    page = stage.open("week=100")
    names = page.locator(".map .names text")
    playwright.expect(names).to_have_count(len(synthetic.meta()["districts"]))
    boxes = names.evaluate_all("all => all.map((each) => each.getBoundingClientRect().toJSON())")
    for at, one in enumerate(boxes):
        for other in boxes[at + 1:]:
            apart = (one["right"] <= other["left"] + 1 or other["right"] <= one["left"] + 1
                     or one["bottom"] <= other["top"] + 4 or other["bottom"] <= one["top"] + 4)
            assert apart, (one, other)


def test_a_name_on_the_map_stands_beside_its_circle_and_not_in_it(stage):
    page = stage.open("week=0")
    inside = page.evaluate("""() => [...document.querySelectorAll(".map .names text")].filter((text) => {
      const first = text.textContent.split(",")[0];
      const own = [...document.querySelectorAll(".map .district")].find((each) =>
        each.querySelector("title").textContent.startsWith(first));
      const circle = own.querySelector(".outer").getBoundingClientRect(), box = text.getBoundingClientRect();
      const [x, y] = [circle.x + circle.width / 2, circle.y + circle.height / 2];
      const away = Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
      return away < circle.width / 2; }).map((text) => text.textContent)""")
    assert inside == []


def test_the_track_takes_the_width_of_a_wide_timeline(stage):
    page = stage.open()
    track, timeline = page.locator(TRACK).bounding_box(), page.locator(".timeline").bounding_box()
    assert track["width"] > 0.9 * timeline["width"]
    assert page.get_by_role("button", name="Play").bounding_box()["y"] > track["y"] + track["height"]


def test_the_figures_of_the_week_fill_the_height_that_the_map_gives_them(stage):
    page = stage.open("week=100", size={"width": 1150, "height": 900})
    now, county = (page.locator(f".{name}").bounding_box() for name in ("now", "map"))
    assert now["y"] == county["y"]
    assert now["height"] == county["height"]
    foot = page.locator(".now .whole").bounding_box()
    assert now["y"] + now["height"] - foot["y"] - foot["height"] < 20
    rows = [each.bounding_box()["height"] for each in page.locator(".now .figure").all()]
    assert max(rows) - min(rows) < 1
    assert sum(rows) > 0.6 * now["height"]


def test_numbers_of_the_board_say_what_they_count(stage):
    page = stage.open("week=100")
    head = page.locator(".board .number-head")
    assert head.inner_text() == "on calls"
    number = page.locator(".labels .number").first.bounding_box()
    box = head.bounding_box()
    assert box["y"] + box["height"] <= number["y"] + 1
    assert abs(box["x"] + box["width"] - number["x"] - number["width"]) < 10
    narrow = stage.open("week=100", size=PHONE)
    assert narrow.locator(".scale").inner_text() == "Each bar is everyone of the craft, its number those on calls"


def test_tables_tell_what_the_pictures_show(stage):
    page = stage.open("week=10")
    page.get_by_text("The board as a table").click()
    playwright.expect(page.locator(".board tbody tr")).to_have_count(len(synthetic.meta()["crafts"]))
    page.get_by_text("The map as a table").click()
    first = page.locator(".map tbody tr").first.locator("td").first
    playwright.expect(first).to_have_text(f"{synthetic.world().map[10, 2, 0]:,}")
    page.get_by_text("Payroll jobs by year").click()
    mean = synthetic.world().series[:52, 0].mean()
    playwright.expect(page.locator(".chart tbody tr").first.locator("td").first).to_have_text(f"{mean:,.0f}")
