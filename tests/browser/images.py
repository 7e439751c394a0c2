"""The pictures of the README, taken anew: ``make images``. Every page at full scale, after a run of what it shows."""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.conftest import ARGS, CHROMIUM
from tests.browser.served import FIRST_RUN, ROOT, App, whole

WIDTH = 1200
COLORS = 128  # of a picture: enough for pages of few colors, at a third of the size
FUTURES = 20  # of the model against what was published
COMPLETE = "() => !document.querySelector('main').innerText.includes('being worked out')"  # a life with its money
STUDY = "ishigami"  # a study whose answer is known, which runs in seconds
PICTURES = {  # page by name of its picture, how high it is, and the button that is pressed before
    "start": ("", 800, ""), "compare": ("compare", 1000, ""), "people": ("people", 1200, ""),
    "method": ("method?tab=numbers", 800, ""), "claims": ("claims", 1150, ""),
    "batches": (f"batches?study={STUDY}", 800, ""), "story": ("story?name=claim&scene=2", 800, "Place my bet"),
    "simulate": ("simulate?w=271", 1000, ""),
}  # fmt: skip


def callsheet(*words: str) -> None:
    """Run a command of the headless half."""
    subprocess.run([sys.executable, "-m", "experiments", *words, "-q"], cwd=ROOT, check=True)


def keep(picture: bytes, file: str) -> None:
    """Write a picture of few colors below docs/."""
    seen = Image.open(io.BytesIO(picture)).convert("RGB")
    seen.quantize(COLORS).save(ROOT / "docs" / file, optimize=True)


def main() -> None:
    """Take them all."""
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = Path(temporary)
        studies, history = folder / "studies", folder / "history"
        callsheet("study", "run", STUDY, "--out", str(studies / STUDY))
        callsheet("simulate", "--futures", str(FUTURES), "--out", str(history))
        app = App(folder, SCALE="1", STUDIES=str(studies), WARM="true")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        try:
            page = browser.new_page(viewport={"width": WIDTH, "height": 1000})
            page.goto((history / "page.html").as_uri())
            chart = page.locator("#chart-jobs")
            chart.locator(".main-svg").first.wait_for()
            keep(chart.screenshot(), "history.png")
            page.close()
            for name, (address, height, button) in PICTURES.items():
                page = browser.new_page(viewport={"width": WIDTH, "height": height})
                page.goto(app.at + address)
                whole(page)
                page.wait_for_function(COMPLETE, timeout=FIRST_RUN)
                if button:
                    page.get_by_role("button", name=button).click()
                page.wait_for_timeout(1500)  # what fades in has faded in
                keep(page.screenshot(), f"images/{name}.png")
                page.close()
        finally:
            browser.close()
            app.close()


if __name__ == "__main__":
    main()
