"""Going on from a page: links, scenes, forms, the address that is copied, and the theme that is kept."""

import pytest

from viz.view import IN_MENU

pytestmark = pytest.mark.browser


def test_links_of_the_app_go_through_its_router_and_the_focus_follows(open_page):
    page = open_page()
    page.get_by_role("link", name="Compare", exact=True).click()
    page.wait_for_function("document.activeElement.matches('h1')")
    assert page.evaluate("pushed") == ["/compare"]
    assert page.get_by_role("link", name="Compare", exact=True).get_attribute("aria-current") == "page"
    assert page.locator("nav a[aria-current]").count() == 1
    page.wait_for_function("document.getElementById('live').textContent === 'Another page'")
    page.go_back()
    page.wait_for_function("document.activeElement.textContent === 'Will work come back?'")


def test_a_heading_that_is_drawn_anew_in_other_words_keeps_the_focus(open_page):
    page = open_page()
    page.get_by_role("link", name="Compare", exact=True).click()
    page.wait_for_function("document.activeElement.matches('h1')")
    page.evaluate("""() => {
      const anew = document.createElement("h1");
      anew.textContent = "A future further";
      document.querySelector("h1").replaceWith(anew); }""")
    page.wait_for_function("document.activeElement.textContent === 'A future further'")


def test_scenes_of_a_story_are_places_of_their_own(open_page):
    page = open_page(at="story?name=claim&scene=1")
    page.get_by_role("link", name="Next").click()
    page.wait_for_function("document.activeElement.dataset.place === 'claim-2'")
    page.get_by_role("link", name="Explore from here").click()
    page.wait_for_function("pushed.length === 3")
    assert page.evaluate("pushed.at(-1)") == "/simulate?s=baseline"


def test_links_to_elsewhere_files_and_places_of_the_page_are_left_alone(open_page):
    page = open_page()
    left = page.evaluate("""() => [["https://example.org/", {}], ["#main", {}], ["x.csv", {download: "x"}],
        ["compare", {target: "_blank"}], ["compare", {"data-native": ""}]].map(([href, more]) => {
          const link = document.body.appendChild(document.createElement("a"));
          link.href = href;
          for (const [key, value] of Object.entries(more)) link.setAttribute(key, value);
          let kept;
          const look = (event) => { kept = event.defaultPrevented; event.preventDefault(); };
          addEventListener("click", look);
          link.click();
          removeEventListener("click", look);
          return kept; })""")
    assert left == [False] * 5
    assert page.evaluate("pushed") == []


def test_forms_go_through_the_router_by_button_and_by_choice(open_page):
    page = open_page()
    page.get_by_label("Search").fill("grip & best boy")
    page.get_by_role("button", name="Go", exact=True).click()
    page.wait_for_function("pushed.length === 1")
    assert page.evaluate("pushed[0]") == "/compare?s=baseline&q=grip+%26+best+boy"
    page.get_by_role("heading", name="Another page").wait_for()
    page.go_back()
    page.get_by_role("heading", name="Will work come back?").wait_for()
    page.get_by_label("Scenario").select_option("ai_first")
    page.wait_for_function("pushed.length === 2")
    assert page.evaluate("pushed[1]") == "/compare?s=ai_first"


def test_without_a_router_a_link_is_a_link(open_page):
    page = open_page()
    page.evaluate("window.solara = undefined")
    page.get_by_role("link", name="People", exact=True).click()
    page.wait_for_url("**/people")


def test_a_root_path_stays_in_the_address(open_page):
    page = open_page()
    pushed = """([root, to]) => { solara.rootPath = root; history.pushState({ top: 0 }, null, to);
      return location.pathname; }"""
    assert page.evaluate(pushed, ["/la/app", "/claims?c=C3"]) == "/la/app/claims"
    assert page.evaluate(pushed, ["/la/app", "/la/app/method"]) == "/la/app/method"
    assert page.evaluate(pushed, ["", "/claims"]) == "/claims"


def test_a_sentence_is_copied_with_its_link(open_page):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy sentence").click()
    page.wait_for_function("document.getElementById('live').textContent === 'Sentence copied'")
    words = page.evaluate("navigator.clipboard.readText()")
    assert words.startswith("Crew-weeks differ by")
    assert words.endswith("/index.html")
    assert "\n" not in words


def test_the_theme_is_kept_and_there_before_anything_is_seen(open_page):
    page = open_page()
    button = page.get_by_role("button", name="Theme")
    assert button.text_content() == "Theme: auto"
    button.click()
    button.click()
    assert button.text_content() == "Theme: dark"
    page.reload(wait_until="commit")
    page.wait_for_selector("main")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 20, 23)"


def test_the_menu_of_a_phone_fades_where_it_goes_on_and_each_of_its_pages_can_be_read(open_page):
    page = open_page(390, 844)
    row, links = page.locator("[data-pages] ul"), page.locator("[data-pages] a")
    assert links.count() == len(IN_MENU)
    fades = 48  # pixels
    assert row.evaluate("row => row.scrollWidth > row.clientWidth")
    assert row.evaluate("row => getComputedStyle(row).maskImage").startswith("linear-gradient")
    edge = [each.bounding_box() for each in links.all()]
    assert any(box["x"] < 390 - fades / 2 < box["x"] + box["width"] for box in edge), "one of them is seen to fade"
    for each in links.all():
        each.focus()
        box = each.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390 - fades + 1, "what has the focus is not where the line fades"
