"""The files a page loads: our scripts and styles, those the reports share, and Plotly; each under its digest, so that
browsers may keep them.
"""

from __future__ import annotations

import hashlib
from importlib import resources
from pathlib import Path

import plotly
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

SUFFIXES = (".js", ".css", ".svg")
# Loaded by every page, in this order; whatever lies in viz/web/stage is imported by its first file.
STYLES = ("style.css", "vuetify_off.css", "app.css", "compare.css", "people.css", "method.css", "claims.css",
          "batches.css", "stage/stage.css")
SCRIPTS = ("page.js",)


class Assets:
    """Known files by name; anything else is not found, whatever the address says."""

    def __init__(self, root: str) -> None:
        self.root = root
        web = Path(str(resources.files("viz"))) / "web"
        shared = Path(str(resources.files("experiments"))) / "templates"
        ours = (each for each in sorted(web.rglob("*")) if each.suffix in SUFFIXES)
        self.files = {each.relative_to(web).as_posix(): each for each in ours}
        self.files |= {name: shared / name for name in ("style.css", "colors.js")}
        self.files["plotly.js"] = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
        digest = hashlib.sha256()
        for path in self.files.values():
            digest.update(path.read_bytes())
        self.version = digest.hexdigest()[:12]

    def address(self, name: str) -> str:
        """Where a file is found; the version is part of the path, so that imports between scripts carry it along."""
        return f"{self.root}/web/{self.version}/{name}"

    async def application(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a known file."""
        inside = scope["path"].removeprefix(scope.get("root_path", "")).lstrip("/").removeprefix("web/")
        version, _, name = inside.partition("/")
        if scope["type"] != "http" or name not in self.files:
            raise HTTPException(404, "There is no such file.")
        kept = "public, max-age=31536000, immutable" if version == self.version else "no-cache"
        response: Response = FileResponse(self.files[name], headers={"Cache-Control": kept})
        await response(scope, receive, send)
