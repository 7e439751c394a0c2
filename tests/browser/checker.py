"""An accessibility checker with all of its rules, which reads a color once.

It reads the color of every element below every text anew, by a slow parser: on a long page that is half of its time.
"""

from __future__ import annotations

READ_ONCE = """() => {
  const { prototype } = axe.commons.color.Color, parse = prototype.parseString, known = new Map();
  prototype.parseString = function (text) {
    if (known.has(text)) Object.assign(this, known.get(text));
    else {
      parse.call(this, text);
      const { r, g, b, alpha } = this;
      known.set(text, { r, g, b, alpha });
    }
    return this;
  };
}"""


def checked(page):
    """What axe finds on a page as it is now."""
    from axe_playwright_python.base import AxeResults
    from axe_playwright_python.sync_playwright import DEFAULT_OPTIONS, Axe

    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(Axe().axe_script)
        page.evaluate(READ_ONCE)
    return AxeResults(page.evaluate("options => axe.run(options)", DEFAULT_OPTIONS))
