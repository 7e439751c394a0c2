"""Somebody with a keyboard and no mouse, who counts."""

from __future__ import annotations

from tests.browser.served import SOON, whole

NAMED = """() => {
  const at = document.activeElement;
  const name = at.getAttribute("aria-label") || at.labels?.[0]?.textContent || at.textContent;
  return name.replace(/\\s+/g, " ").trim(); }"""
ARRIVED = "() => document.activeElement.matches('[data-place], h1')"
STAGE = "document.querySelector('.callsheet-stage')"


class Hands:
    """Hands on the keys of a page; ``pressed`` is how many presses it took so far."""

    def __init__(self, page) -> None:
        self.page, self.pressed = page, 0

    def press(self, *keys: str) -> None:
        """Press one key after the other."""
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def to(self, words: str, most: int = 12) -> None:
        """Go on with Tab until what has the focus is called so, or begins so."""
        met = []
        for _ in range(most):
            self.press("Tab")
            met.append(self.held())
            if met[-1].startswith(words):
                return
        raise AssertionError(f"{words!r} is not within {most} presses of Tab: {met}")

    def past_the_menu_and_the_chart(self) -> None:
        """From the top of the first page to the questions it offers."""
        self.press("Tab", "Enter", "Tab", "Enter")

    def open(self, within: str) -> None:
        """Enter, until a page whose address holds ``within`` is all there and its heading has the focus."""
        self.press("Enter")
        self.arrive(within)

    def arrive(self, within: str) -> None:
        """Wait until a page whose address holds ``within`` is all there and has the focus."""
        self.page.wait_for_function("part => location.href.includes(part)", arg=within, timeout=SOON)
        self.page.wait_for_function(ARRIVED, timeout=SOON)
        whole(self.page)
        assert self.page.evaluate(ARRIVED), f"the focus was lost to {self.held()} while the run went on"

    def held(self) -> str:
        """What has the focus is called."""
        return self.page.evaluate(NAMED)


def sentence(page) -> str:
    """The answer of a page that is all there."""
    return whole(page).locator(".answer").first.inner_text()


def click_first_mark(page) -> None:
    """Click the first mark of the cell of the board that the keys are at, once the page no longer scrolls to it."""
    corner = page.locator(".board .field").evaluate("""field => {
      const [cell, all] = [field.querySelector(".cell"), field].map((each) => each.getBoundingClientRect());
      return { x: cell.x - all.x, y: cell.y - all.y }; }""")
    page.locator(".board .field canvas").click(position={name: at + 5.5 for name, at in corner.items()})


def at_rest(page, week: int) -> str:
    """Waits until the stage rests at a week, and gives the digest of its board."""
    page.wait_for_function(f"week => {STAGE}?.dataset.week === `${{week}}`", arg=week)
    return page.evaluate(f"{STAGE}.dataset.digest")


def focused(page, of="el => el.id || el.getAttribute('aria-label') || el.textContent"):
    """What the keyboard is at, told by ``of``."""
    return page.evaluate(f"({of})(document.activeElement)")
