"""The server refuses what no page of its own asks for, and what a visitor sends never becomes code in a page."""

import itertools
import re
import threading
from urllib.parse import quote, urlencode

import pytest
from starlette.testclient import TestClient

from model.digest import model_digest
from viz import found, frame, office, solara_settings, url
from viz import settings as settings_of
from viz.fragments import Fragment
from viz.runs.wishes import World
from viz.view import COMPARE, PAGES, View

HOSTILE = "\"><script>alert(1)</script>'{{7*7}}</title></head>\n<html>"


class NoWorkers:
    """A pool whose workers take nothing."""

    def __init__(self, *given):
        pass

    def start(self, said, died):
        pass

    def free_worker(self, watched):
        return None

    def drop(self, at, number):
        pass

    def end_silent(self, seconds):
        pass

    def stop(self):
        pass


@pytest.fixture(scope="module")
def bundles(tmp_path_factory):
    """Scripts of widgets as they are installed."""
    folder = tmp_path_factory.mktemp("bundles")
    (folder / "@maker" / "widget@1.2.3").mkdir(parents=True)
    (folder / "@maker" / "widget@1.2.3" / "main.js").write_text("made()")
    return folder


@pytest.fixture(scope="module")
def client(tmp_path_factory, bundles):
    settings = settings_of.read({}, visitors=1, warm=True, results=tmp_path_factory.mktemp("results"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(office, "Pool", NoWorkers)
        solara_settings.prepare(settings)
        from solara.server import settings as solara_of

        from viz import server

        patch.setattr(solara_of.assets, "proxy_cache_dir", bundles)
        office.close()
        with TestClient(server.make(settings), raise_server_exceptions=False) as asks:
            yield asks
        office.close()


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_there_at_once_before_anything_was_run(client, page):
    answer = client.get(f"/{page}")
    assert answer.status_code == 200
    assert "<h1" in answer.text
    assert answer.text.count("<main") == answer.text.count("</main>") == 1
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_session_is_kept_from_scripts_and_from_other_sites(client):
    cookie = client.get("/", headers={"x-forwarded-proto": "https"}).headers["set-cookie"].lower()
    for word in ("httponly", "samesite=lax", "secure"):
        assert word in cookie


WORDS = (*url.EXTRA, *url.OLD_NAMES, "s", "vs", "n", "w", "m", "v", "tab", "kind", "search", "c", "study", "section",
         "point", "name", "scene", "set.ai_tasks.new_tasks", "lever.TaxCredit.rate", "lever.TaxCredit.from", "unknown")


@pytest.mark.parametrize("page", PAGES)
def test_nothing_in_an_address_becomes_code(client, page):
    for some in itertools.batched(WORDS, 12) if hasattr(itertools, "batched") else [WORDS[k::3] for k in range(3)]:
        answer = client.get(f"/{page}?{urlencode(dict.fromkeys(some, HOSTILE))}")
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert '"><script' not in answer.text


@pytest.mark.parametrize("path", ["/no_such_page", "/simulate/deeper", "/resourcez", "/_solara/api/evict/x",
                                  f"/{quote('<script>')}", "/viz/app.py", "/static/public/app.py", "/web/x/../app.py",
                                  "/static/assets/%2e%2e/viz/app.py", "/web/x/..%2f..%2fapp.py", "/data/x/series"])
def test_what_is_not_there_is_not_found(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "<script>" not in answer.text
    assert "/viz" not in answer.text


@pytest.mark.parametrize("path", ["@maker", "@maker/", "@maker/widget@1.2.3", "", "./", "@maker/widget@9.9.9/main.js",
                                  "%2e%2e/secret", "@other/of_the_network"])
def test_bundles_are_those_installed_and_asking_deletes_and_fetches_nothing(client, bundles, path, monkeypatch):
    fetched = []
    monkeypatch.setattr("solara.server.cdn_helper.fetch_from_cdn", lambda address: fetched.append(address) or b"")
    assert client.get(f"/_solara/cdn/{path}").status_code == 404
    found = client.get("/_solara/cdn/@maker/widget@1.2.3/main.js")
    assert found.text == "made()"
    assert "immutable" in found.headers["Cache-Control"]
    assert not fetched
    assert [each.name for each in bundles.rglob("*")] == ["@maker", "widget@1.2.3", "main.js"]


def test_nothing_is_sent_but_to_the_two_addresses_for_it(client):
    for method, path in itertools.product(("POST", "PUT", "DELETE", "PATCH"), ("/", "/simulate", "/data/x/series")):
        assert client.request(method, path).status_code == 405
    assert client.put("/upload/study", content=b"{}").status_code == 405


def test_an_address_longer_than_any_of_the_app_is_refused(client):
    assert client.get(f"/compare?{'a' * 5000}").status_code == 414


def test_a_file_that_is_too_large_is_not_read_to_its_end(client, monkeypatch):
    from viz import server

    monkeypatch.setattr(server, "MOST_BYTES", 1 << 20)
    answer = client.post("/upload/study?name=<b>", content=b" " * ((1 << 20) + 1))
    assert answer.status_code == 413


def test_a_file_that_is_no_answer_gets_a_sentence_without_code(client):
    answer = client.post(f"/upload/study?{urlencode({'name': HOSTILE})}", content=b'{"study": "<script>alert(1)"}')
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_one_file_is_read_at_a_time_and_the_next_is_asked_to_come_again(client, monkeypatch):
    from viz import server

    reading, read_on, answers = threading.Event(), threading.Event(), []

    def slow(data, name):
        reading.set()
        assert read_on.wait(30)
        return Fragment(f"read {name}")

    def ask(name):
        return client.post(f"/upload/study?name={name}", content=b"{}")

    monkeypatch.setattr(server.batches, "uploaded", slow)
    first = threading.Thread(target=lambda: answers.append(ask("first")))
    first.start()
    assert reading.wait(30)
    second = ask("second")
    read_on.set()
    first.join(30)
    assert (second.status_code, second.text) == (503, server.BUSY)
    assert int(second.headers["Retry-After"]) > 0
    assert [each.text for each in (*answers, ask("third"))] == ["read first", "read third"]


def test_one_visitor_too_many_is_turned_away_and_those_inside_are_not(client, monkeypatch):
    from solara.server import kernel_context
    from starlette.websockets import WebSocketDisconnect

    from viz.solara_routes import TRY_AGAIN_LATER, Door

    monkeypatch.setattr(kernel_context, "contexts", {"here": None})
    with pytest.raises(WebSocketDisconnect) as closed, client.websocket_connect("/jupyter/api/kernels/new/channels"):
        pass
    assert closed.value.code == TRY_AGAIN_LATER
    door = Door(None, 1)
    assert door._is_full("/jupyter/api/kernels/new/channels")
    assert not door._is_full("/under/a/proxy/jupyter/api/kernels/here/channels")


def test_a_page_of_solara_that_has_changed_is_noticed(client):
    assets = client.app.state.assets
    with pytest.raises(RuntimeError, match="its pin has moved"):
        frame.around("<html></html>", assets, "", View())
    sheet = '<link href="/a/dist/main1.css" rel="stylesheet" class="solara-template-css">'
    with pytest.raises(RuntimeError, match="it has changed"):
        frame.around(f"<html>{sheet}</html>", assets, "", View())


def test_the_sign_in_the_tab_is_our_own_and_found_also_where_no_page_names_it(client):
    icons = re.findall(r'<link rel="icon"[^>]*href="([^"]+)"', client.get("/").text)
    assert len(icons) == 1
    for address in (icons[0], "/favicon.ico"):
        found = client.get(address, follow_redirects=True)
        assert found.headers["content-type"].startswith("image/svg+xml")
        assert "<svg" in found.text



def test_whoever_watches_the_server_sees_that_it_answers_and_how_busy_it_is(client):
    from viz.server import opened_on

    said = client.get("/healthz").json()
    assert said["status"] == "ok"
    assert said["running"] == 0
    assert said["model"] == model_digest()
    assert said["waiting"] == len(opened_on(client.app.state.settings))


def test_what_came_with_the_app_is_not_run_ahead_but_what_every_comparison_needs_is(monkeypatch):
    """Nearly everything is held against the baseline: with its worlds there, a change of a lever costs one world."""
    from viz.server import opened_on

    settings = settings_of.Settings(futures=4)
    monkeypatch.setattr(found, "came_with", lambda view: object())
    ahead = opened_on(settings)
    assert [(type(each).__name__, each.future) for each in ahead] == [
        ("World", 0), ("World", 0), ("Pair", 0), ("World", 1), ("World", 2), ("World", 3)]
    assert [each.scenario.name for each in ahead if isinstance(each, World)] == ["ai_first", *["baseline"] * 4]
    monkeypatch.setattr(found, "came_with", lambda view: None)
    assert [type(each).__name__ for each in opened_on(settings)] == ["World", "World", *["Pair"] * 4]


def test_titles_tell_tabs_links_and_history_apart():
    told = [frame.title(view) for view in (
        View(), View(COMPARE), View(COMPARE, "guardrails"), View(COMPARE, "guardrails", extra={"by": "money"}),
        View(COMPARE, edits={"lever.TaxCredit.rate": "0.4"}), View("method", extra={"tab": "limits"}), View("method"),
        View("story", extra={"name": "claim", "scene": "2"}), View("claims"), View("batches"))]
    assert len(set(told)) == len(told)
    assert all("Call Sheet" in each for each in told)
    assert frame.title(View("story", extra={"name": "<b>", "scene": "x"})) == "Story · Call Sheet"
