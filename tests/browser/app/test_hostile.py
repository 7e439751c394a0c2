"""Whatever an address, a file or a visitor in a hurry brings, the app answers with a sentence and goes on."""

import gzip
import io
import itertools
import json
import re
import threading
import time
import zipfile
from urllib.parse import quote

import pytest

from tests.browser.served import App, whole

pytestmark = pytest.mark.browser
INJECTED = ("\"'><img src=x id=injected onerror=globalThis.hacked=1><script id=injected>globalThis.hacked=1</script>"
            "{{7*7}}")
CODE = quote(INJECTED)
ADDRESSES = {
    f"?s={CODE}&vs={CODE}&{CODE}={CODE}": "There is no scenario",
    f"compare?n=0&m={CODE}&by={CODE}&sort={CODE}": "There is no measure",
    "simulate?w=99999999999999999999&n=-5": "which is no whole number",
    "simulate?w=999": "so 519 is used",
    "compare?n=1&lever.TaxCredit.rate=9e99": "so 60% is used",
    "compare?n=1&lever.TaxCredit.rate=nan&set.ai_tasks.new_tasks=inf": "must be a number",
    "simulate?lever.Nothing.rate=1&set.__class__=1&lever.TaxCredit.__init__=1": "There is no lever Nothing",
    f"people?who={CODE}&home={CODE}&craft=..%2f..%2fetc": "must be a whole number",
    f"method?tab={CODE}&kind=%00&search={CODE}": "",
    f"claims?c={CODE}": "",
    "batches?study=..%2f..%2f..%2fetc%2fpasswd": "",
    f"story?name=..%2f..%2fclaim&scene={CODE}": "There is no story",
    "compare?n=1&s=%00&m=%ff%fe&%f0%28=%c0%af": "There is no measure",
    "compare?" + "&".join(f"k{n}=1" for n in range(101)): "more than 100 settings",
    f"simulate?who={'7' * 3900}": "that is left aside",
    "simulate?%&=&&&;;==&s[]=x": "is not known",
}
THERE = """() => globalThis.solara?.router && !document.getElementById("pre-rendered-html-present")
  && document.querySelector("main h1")"""
CLIMBS = ("../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%252f", "%252e%252e%252f", "..%5c", "..%c0%af", "....//", ".%00./",
          "%2f", "/", "")
ROOTS = ("", "web/", "web/x/", "_solara/cdn/", "_solara/api/", "static/", "static/public/", "static/assets/",
         "static/dist/", "jupyter/nbextensions/", "jupyter/api/kernels/", "data/", f"data/{'a' * 32}/", "upload/")
FILES = ("etc/passwd", "pyproject.toml", "viz/app.py")
SAYS_NOTHING = '{"name":"lala","id":"dsa"}'  # what Solara answers to whatever is asked of a kernel by its name
TELLING = re.compile(r"Traceback|File \"|root:x|\[project\]|import annotations|site-packages|starlette", re.IGNORECASE)


def test_what_an_address_says_wrongly_is_said_on_a_page_that_is_whole(visit, app):
    page, wrong = visit(), []
    for address, said in ADDRESSES.items():
        page.goto(f"{app.at}{address}", wait_until="commit")
        page.wait_for_function(THERE)
        page.locator("main", has_text=said).wait_for()  # what a page of lives says waits for its run
        text = page.locator("main").inner_text()
        if "could not be shown" in text or TELLING.search(text):
            wrong.append(f"{address[:60]}: {text[:300]}")
        if page.locator("#injected").count() or page.evaluate("globalThis.hacked"):
            wrong.append(f"{address[:60]} became code")
        if page.locator("h1").count() != 1 or page.locator("nav a[data-page]").count() < 5:
            wrong.append(f"{address[:60]} is not whole")
    assert wrong == [], wrong


def test_an_address_that_is_huge_is_refused_in_a_sentence(visit, app):
    page = visit()
    answer = page.goto(f"{app.at}compare?s={'a' * 10_000}")
    assert answer.status == 414
    assert "longer than any that the app makes" in page.locator("body").inner_text()
    visit.errors.clear()  # the browser notes the 414 itself
    page.goto(f"{app.at}method")
    page.wait_for_function(THERE)


def test_no_way_of_writing_a_path_leads_to_another_file(app):
    _, _, text = app.ask("/")
    served = [each for each in re.findall(r'(?:src|href)="(/[^"]+)"', text) if "." in each]
    assert any("/web/" in each for each in served)
    assert any("/static/" in each for each in served)
    assert all(app.ask(each)[0] == 200 for each in served)  # what is there is found: the rest is refused for a reason
    wrong = []
    for root, climb, times, file in itertools.product(ROOTS, CLIMBS, (1, 8), FILES):
        status, _, text = app.ask(f"/{root}{climb * times}{file}")
        if status not in (400, 404, 405) and text != SAYS_NOTHING or TELLING.search(text):
            wrong.append(f"{status} for /{root}{climb * times}{file}: {text[:80]}")
    assert wrong == []
    assert app.health()["status"] == "ok"


def archive():
    """A file of which two hundred megabytes come out."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as inside:
        inside.writestr("../../answer.json", bytes(200 << 20))
    return held.getvalue()


FILES_SENT = {
    "nothing": b"", "text": b"hello", "bytes": bytes(1000), "markup": INJECTED.encode(), "list": b"[1, 2, 3]",
    "nan": b'{"study": {"name": NaN}}', "half": b"\xff\xfe\x00{", "deep": b"[" * 100_000 + b"]" * 100_000,
    "digits": b'{"study": ' + b"9" * 1_000_000 + b"}",
    "code": json.dumps({"study": {"title": INJECTED, "question": INJECTED, "design": {}}}).encode(),
}


@pytest.mark.parametrize("name", FILES_SENT)
def test_a_file_that_is_no_study_is_refused_in_a_sentence(app, name):
    status, _, text = app.ask(f"/upload/study?name=..%2f..%2f{CODE}", "POST", FILES_SENT[name])
    assert status == 200
    assert "This cannot be shown" in text
    assert "answer.json" in text
    assert "<img" not in text
    assert "<script" not in text
    assert not TELLING.search(text)


def test_what_would_unpack_to_much_is_not_unpacked_and_what_is_large_is_not_read(app):
    before = app.memory()
    for body in (archive(), gzip.compress(b'{"study": "' + b"a" * (200 << 20) + b'"}', 1)):
        status, _, text = app.ask("/upload/study?name=a.zip", "POST", body, **{"Content-Encoding": "gzip"})
        assert status == 200
        assert "is not JSON that can be read" in text
    status, _, text = app.ask("/upload/study", "POST", b" " * (9 << 20))
    assert status == 413
    assert "8 MB" in text
    assert app.memory() - before < 100
    assert app.health()["status"] == "ok"


def test_a_file_with_code_in_its_name_is_refused_on_the_page(visit):
    page = visit("batches")
    page.wait_for_function(THERE)
    chooser = page.locator("input[type=file][data-upload]")
    place = page.locator(f"#{chooser.get_attribute('data-upload')}")
    chooser.set_input_files({"name": f"{INJECTED.replace('/', '')}.json", "mimeType": "application/json",
                             "buffer": FILES_SENT["code"]})
    place.get_by_text("This cannot be shown").wait_for()
    assert page.locator("#injected").count() == 0
    assert not page.evaluate("globalThis.hacked")
    chooser.set_input_files({"name": "large.json", "mimeType": "application/json", "buffer": b" " * (9 << 20)})
    place.get_by_text("at most 8 MB are read").wait_for()


RELOADS, BY_BROWSER, APART = 40, 10, 0.3  # two hundred a minute, for twelve seconds


def test_two_hundred_reloads_a_minute_leave_nothing_behind(new_page, tmp_path):
    """The server takes three visitors at a time: a page that is loaded again gets in only if those before have gone."""
    served = App(tmp_path, VISITORS="3")
    wrong = []

    def ask():
        for _ in range(RELOADS - BY_BROWSER):
            began = time.monotonic()
            status, _, text = served.ask("/simulate")
            if status != 200 or "<h1" not in text:
                wrong.append(status)
            time.sleep(max(0.0, began + RELOADS / (RELOADS - BY_BROWSER) * APART - time.monotonic()))

    try:
        page = new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(f"{served.at}simulate")
        whole(page)
        before = served.memory()
        asking = threading.Thread(target=ask)
        asking.start()
        for _ in range(BY_BROWSER):
            page.reload(wait_until="commit")
            page.wait_for_function(THERE)
        asking.join()
        whole(page)
        assert wrong == []
        assert served.health()["status"] == "ok"
        assert not served.health()["waiting"]
        assert served.memory() - before < 80
        assert not TELLING.search(served.log.read_text())
    finally:
        served.close()
