"""A browser for the tests, and servers for the page with every part on it, for the stage alone, and for the app."""

import functools
import http.server
import os
import tempfile
import threading
from pathlib import Path

import pytest

from tests.browser.profiles import Profiles

CHROMIUM = os.environ.get("CALLSHEET_CHROMIUM", "/usr/bin/chromium")
# Whatever is not this machine is cut off. Routes would do the same, but a page that has one compiles its scripts anew.
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Every address that is no file is the page itself, as in the app."""

    def do_GET(self):
        if not Path(self.translate_path(self.path)).is_file():
            self.path = "/index.html"
        super().do_GET()

    def end_headers(self):
        if self.path.endswith(".js"):
            self.send_header("Cache-Control", "max-age=3600")  # what is asked for again would be compiled again
        super().end_headers()

    def log_message(self, *words):
        pass


@pytest.fixture(scope="module")
def chromium():
    """What starts it; where there is none tests are skipped, but not where CI asks for them."""
    refuse = pytest.fail if os.environ.get("CI") else pytest.skip
    if not Path(CHROMIUM).is_file():
        refuse(f"there is no chromium at {CHROMIUM}; CALLSHEET_CHROMIUM names another")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        refuse("playwright is not installed; `make test` installs it")
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="module")
def browser(chromium):
    """One chromium for the tests of a file, which keeps nothing."""
    found = chromium.launch(executable_path=CHROMIUM, args=ARGS)
    yield found
    found.close()


@pytest.fixture(scope="session")
def profiles_folder(tmp_path_factory):
    """Where browsers of one file after the other keep what they have compiled."""
    return tmp_path_factory.mktemp("profiles")


@pytest.fixture(scope="module")
def profiles(chromium, profiles_folder):
    """Browsers for the tests of a file, which keep what they have compiled."""
    found = Profiles(chromium, profiles_folder, executable_path=CHROMIUM, args=ARGS)
    yield found
    found.close()


@pytest.fixture
def new_page(profiles):
    """Opens an empty page for a visitor of its own."""
    yield profiles.page
    profiles.leave()


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """Where the page with every part is served."""
    from tests.browser import page

    folder = tmp_path_factory.mktemp("parts")
    page.write(folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/index.html"
    server.shutdown()


@pytest.fixture
def open_page(new_page, address):
    """Opens the page for a visitor of its own; errors of scripts fail the test."""
    errors = []

    def opened(width=1200, height=900, scheme="light", at="", **more):
        page = new_page({"width": width, "height": height}, scheme, **more)
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        page.goto(address)
        page.wait_for_selector(".chart .main-svg")
        if at:
            page.evaluate("at => solara.router.push(at)", at)
            page.wait_for_selector(".story")
        return page

    yield opened
    assert not errors


@pytest.fixture(scope="session")
def stage_address():
    """Where the stage alone is served."""
    from tests.browser.stage_harness.server import serving

    with serving() as where:
        yield where


@pytest.fixture
def stage(new_page, stage_address):
    """Opens the stage; errors of scripts fail the test."""
    from tests.browser.staged import Stage

    stage = Stage(new_page, stage_address)
    yield stage
    assert stage.errors == []


@pytest.fixture(scope="session")
def app(tmp_path_factory):
    """The app, served with results of its own."""
    from tests.browser.served import App

    found = App(tmp_path_factory.mktemp("app"))
    yield found
    found.close()


@pytest.fixture(scope="session")
def shots():
    """Where pictures of pages are kept."""
    folder = Path(os.environ.get("CALLSHEET_SHOTS") or Path(tempfile.gettempdir()) / "callsheet_shots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def visit(new_page, app):
    """Opens a page of the app for a visitor of its own; errors of scripts fail the test, and so does whatever is asked
    of anybody but the server.
    """
    from tests.browser.served import SOON

    contexts, errors = [], []

    def asked(request):
        if not request.url.startswith((app.at, f"blob:{app.at}", "data:")):
            errors.append(f"asked for {request.url}")

    def opened(at="", width=1280, height=900, scheme="light", **more):
        phone = {"has_touch": True, "is_mobile": True} if width < 600 else {}
        page = new_page({"width": width, "height": height}, scheme, **{**phone, **more})
        contexts.append(page.context)
        page.set_default_timeout(SOON)
        page.context.on("request", asked)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        page.goto(f"{app.at}{at}")
        return page

    opened.errors = errors
    yield opened
    for each in contexts:
        each.remove_listener("request", asked)
    assert not errors
