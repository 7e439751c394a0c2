"""The web server: Solara's routes inside a frame of our own, the bytes that are played, and what keeps both safe."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from uuid import uuid4

from solara.server import server as solara_server
from solara.server import starlette as solara_starlette
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from model.digest import model_digest
from viz import data, first_paint, found, frame, office, report_file, solara_routes, url
from viz.assets import MARK, Assets
from viz.pages import batches
from viz.pages.batches.upload_limits import MOST_BYTES
from viz.runs.wishes import Pair, Wish
from viz.settings import Settings
from viz.view import COMPARE, PAGES, View

# Vue compiles its templates in the browser, which needs eval, and widgets come as blobs; nothing comes from outside.
POLICY = "; ".join((
    "default-src 'self'", "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:", "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:", "font-src 'self' data:", "connect-src 'self' ws: wss:", "object-src 'none'",
    "base-uri 'self'", "form-action 'self'", "frame-ancestors 'self'",
))  # fmt: skip
HEADERS = {
    "Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}  # fmt: skip
MOST_ADDRESS = url.LONGEST + 200
POSTED_TO = ("/_solara/api/close/", "/upload/study")  # a page that is closed, and a file to look at
BUSY = "The file of another visitor is being read. Choose yours again in a few seconds."
_one_at_a_time = asyncio.Semaphore(1)  # to read a file into figures takes a second and hundreds of megabytes


class Guard:
    """Refuses addresses that are too long, and puts the headers on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http":
            if len(scope.get("query_string", b"")) + len(scope.get("raw_path") or b"") > MOST_ADDRESS:
                refusal = PlainTextResponse("This address is longer than any that the app makes. Shorten it.", 414)
                await refusal(scope, receive, send)
                return
            if scope["method"] not in ("GET", "HEAD") and not any(each in scope["path"] for each in POSTED_TO):
                await PlainTextResponse("Nothing is sent to this address.", 405)(scope, receive, send)
                return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] += [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
            await send(message)

        await self.app(scope, receive, with_headers)


def page(request: Request) -> Response:
    """A page: our frame, the first paint of what is asked for, and Solara's app in it."""
    path = request.path_params.get("path", "")
    if path.strip("/") not in PAGES:
        return _lost()
    view, notices = url.read(path, request.url.query)
    root = request.app.state.settings.root_path
    painted = first_paint.of(view, notices)
    content = solara_server.read_root(
        f"/{path}", root,
        ssg_data={"html": painted.whole, "styles": [], "metas": [], "title": frame.title(view)},
    )  # fmt: skip
    if content is None:
        return _lost()
    response = HTMLResponse(frame.around(content, request.app.state.assets, root, view))
    session = solara_server.get_session_id_cookie(request.cookies) or str(uuid4())
    secure = request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
    response.set_cookie(solara_server.COOKIE_KEY_SESSION_ID, session, samesite="lax", secure=secure, httponly=True,
                        max_age=86_400)
    return response


async def upload(request: Request) -> Response:
    """A study's answer that a visitor sends, as a piece of page; it is read up to the limit and kept nowhere."""
    sent = bytearray()
    async for part in request.stream():
        sent += part
        if len(sent) > MOST_BYTES:
            return PlainTextResponse(f"The file has more than {MOST_BYTES >> 20} MB; that is more than is read.", 413)
    if _one_at_a_time.locked():
        return PlainTextResponse(BUSY, 503, {"Retry-After": "5"})
    name = request.query_params.get("name", "answer.json")[:100]
    async with _one_at_a_time:
        shown = await run_in_threadpool(batches.uploaded, bytes(sent), name)
    return HTMLResponse(shown.whole)


def favicon(request: Request) -> Response:
    """The sign of the program, for browsers that ask before any page told them where it is (a refusal has no head)."""
    return RedirectResponse(request.app.state.assets.address(MARK))


def _lost() -> Response:
    return HTMLResponse(frame.lost(), 404)


def healthz(request: Request) -> Response:
    """Whether the server answers, and how busy it is."""
    state = request.app.state
    return JSONResponse({"status": "ok", "model": model_digest(), "waiting": state.desk.waiting(),
                         "running": state.desk.running()})


def make(settings: Settings) -> Starlette:
    """The application of a server with its own queue and results."""

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with solara_starlette.lifespan(app):
            yield
        office.close()

    assets = Assets(settings.root_path)
    app = Starlette(
        routes=[
            Route("/healthz", healthz),
            Route("/favicon.ico", favicon),
            Route("/data/{key}/{what}", data.weeks),
            Route("/report", report_file.answer),
            Route("/upload/study", upload, methods=["POST"]),
            Mount("/web", assets.application, name="web"),
            *solara_routes.routes(),
            Route("/", page),
            Route("/{path:path}", page),
        ],
        lifespan=lifespan, middleware=[*solara_starlette.middleware, Middleware(Guard),
                                       Middleware(solara_routes.Door, settings.visitors)],
    )  # fmt: skip
    app.state.settings, app.state.assets = settings, assets
    app.state.store, app.state.desk = office.open_up(settings)
    if settings.warm:
        app.state.desk.ahead_of_time(opened_on(settings))
    return app


def opened_on(settings: Settings) -> list[Wish]:
    """What visitors open on, run while nobody waits: the worlds that are played, and in the other futures the world
    that nearly everything is compared with, its history included. The comparison itself came with the app, unless that
    one is of another model.
    """
    view = View(COMPARE)
    first, *others = (Pair(view.scenario, view.other, future) for future in range(settings.futures))
    there = found.came_with(view) is not None
    return [first.mine, first.other, first, *(each.other if there else each for each in others)]
