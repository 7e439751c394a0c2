"""The files a page loads: our scripts and styles, those the reports share, and Plotly.

They are read once and kept in memory, compressed, under one version: browsers may keep them as long as they like, and
nothing that a request says is ever looked for on disk.
"""

from __future__ import annotations

import gzip
import hashlib
from importlib import resources
from pathlib import Path

import plotly
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from viz.fragments import environment

KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
# Loaded by every page, in this order; whatever lies in viz/web/stage is imported by its first file.
STYLES = ("style.css", "vuetify_off.css", "app.css", "compare.css", "people.css", "method.css", "claims.css",
          "batches.css", "stage/stage.css")
SCRIPTS = ("page.js",)
MARK = "mark.svg"


class Assets:
    """Known files by name; anything else is not found."""

    def __init__(self, root: str) -> None:
        self.root = root
        web = Path(str(resources.files("viz"))) / "web"
        shared = Path(str(resources.files("experiments"))) / "templates"
        paths = {each.relative_to(web).as_posix(): each for each in sorted(web.rglob("*")) if each.suffix in KINDS}
        paths |= {name: shared / name for name in ("style.css", "colors.js")}
        paths["plotly.js"] = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
        plain = {name: _read(path) for name, path in paths.items()}
        self.version = hashlib.sha256(b"\0".join(plain.values())).hexdigest()[:12]
        self.files = {name: (content, gzip.compress(content, 6, mtime=0)) for name, content in plain.items()}

    def address(self, name: str) -> str:
        """Where a file is found; the version is part of the path, so that imports between scripts carry it along."""
        return f"{self.root}/web/{self.version}/{name}"

    async def application(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a known file."""
        inside = scope["path"].removeprefix(scope.get("root_path", "")).lstrip("/").removeprefix("web/")
        version, _, name = inside.partition("/")
        if scope["type"] != "http" or name not in self.files:
            raise HTTPException(404, "There is no such file.")
        plain, small = self.files[name]
        headers = {"Vary": "Accept-Encoding", "Cache-Control": "no-cache"}
        if version == self.version:
            headers["Cache-Control"] = "public, max-age=31536000, immutable"
        if "gzip" in Headers(scope=scope).get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
        content = small if "Content-Encoding" in headers else plain
        await Response(content, media_type=KINDS[Path(name).suffix], headers=headers)(scope, receive, send)


def _read(path: Path) -> bytes:
    """A file; a style that includes one of the reports' is filled in."""
    content = path.read_bytes()
    if path.suffix == ".css" and b"{% include" in content:
        return environment().from_string(content.decode()).render().encode()
    return content
