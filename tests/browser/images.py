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
from tests.browser.served import ROOT, App, whole

WIDTH, HEIGHT = 1200, 800
COLORS = 128  # of a picture: enough for pages of few colors, at a third of the size
STUDY = "ishigami"  # a study whose answer is known, which runs in seconds
PICTURES = {  # page by name of its picture, and how high it is
    "start": ("", HEIGHT), "compare": ("compare", HEIGHT), "people": ("people", HEIGHT),
    "method": ("method?tab=numbers", HEIGHT), "claims": ("claims", 1150), "batches": (f"batches?study={STUDY}", HEIGHT),
    "story": ("story?name=claim&scene=2", HEIGHT), "simulate": ("simulate?w=271&board=all", 1000),
}  # fmt: skip


def main() -> None:
    """Take them all."""
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = Path(temporary)
        studies = folder / "studies"
        words = ["study", "run", STUDY, "-q", "--out", str(studies / STUDY)]
        subprocess.run([sys.executable, "-m", "experiments", *words], cwd=ROOT, check=True)
        app = App(folder, SCALE="1", STUDIES=str(studies), WARM="true")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        try:
            for name, (address, height) in PICTURES.items():
                page = browser.new_page(viewport={"width": WIDTH, "height": height})
                page.goto(app.at + address)
                whole(page)
                page.wait_for_timeout(1500)  # what fades in has faded in
                picture = Image.open(io.BytesIO(page.screenshot()))
                picture.convert("RGB").quantize(COLORS).save(ROOT / "docs" / "images" / f"{name}.png", optimize=True)
                page.close()
        finally:
            browser.close()
            app.close()


if __name__ == "__main__":
    main()
