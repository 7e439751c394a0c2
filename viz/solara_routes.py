"""Solara's own routes, without what a stranger could do harm with."""

from __future__ import annotations

import os

from solara.server import kernel_context
from solara.server import settings as solara_settings
from solara.server import starlette as solara_starlette
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

CDN = "/_solara/cdn"
KERNELS = "/jupyter/api/kernels/"
LEFT_OUT = ("/resourcez", "/_solara/api/evict/{kernel_id}", CDN)
TRY_AGAIN_LATER = 1013  # why a websocket is closed, by RFC 6455's register


class Bundles(solara_starlette.StaticCdn):
    """Scripts of widgets that are installed, and nothing else.

    Solara's own route fetches from the network what is not there, keeps it, and deletes a folder that is asked for.
    """

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """The file of an address."""
        return StaticFiles.lookup_path(self, path)


class Door:
    """Lets in so many visitors at a time; Solara bounds connections, but not the kernels they leave behind."""

    def __init__(self, app: ASGIApp, visitors: int) -> None:
        self.app, self.visitors = app, visitors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, but not the first connection of one visitor too many."""
        if scope["type"] == "websocket" and KERNELS in scope["path"] and self._is_full(scope["path"]):
            await send({"type": "websocket.close", "code": TRY_AGAIN_LATER})
            return
        await self.app(scope, receive, send)

    def _is_full(self, path: str) -> bool:
        kernel = path.partition(KERNELS)[2].partition("/")[0]
        return kernel not in kernel_context.contexts and len(kernel_context.contexts) >= self.visitors


def routes() -> list[BaseRoute]:
    """What Solara's pages need: its websocket, what a closed page says, and its files."""
    kept = [each for each in solara_starlette.routes
            if not (isinstance(each, Route) and each.endpoint is solara_starlette.root)
            and getattr(each, "path", "") not in LEFT_OUT]
    return [Mount(CDN, app=Bundles(directory=solara_settings.assets.proxy_cache_dir)), *kept]
