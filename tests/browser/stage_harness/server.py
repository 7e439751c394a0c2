"""A tiny server for the stage: its modules, a page, Plotly from the Python package, and synthetic data."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import plotly

from tests.browser.stage_harness import synthetic

HERE = Path(__file__).resolve().parent
STAGE = synthetic.ROOT / "viz" / "web" / "stage"
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html"}
SEEDS = {"scenario": 1, "baseline": 2, "earlier": 3}


class Handler(BaseHTTPRequestHandler):
    """Answers GET only; unknown recordings and files are 404."""

    def do_GET(self) -> None:  # noqa: N802 - the name the server calls
        parts = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        match parts.path.strip("/").split("/"):
            case ["meta.json"]:
                self._send(json.dumps(synthetic.meta()).encode(), "application/json")
            case ["plotly.js"]:
                self._send(PLOTLY.read_bytes(), TYPES[".js"], "max-age=3600")
            case ["stage", name] if (STAGE / name).is_file():
                self._send((STAGE / name).read_bytes(), TYPES[Path(name).suffix])
            case ["favicon.ico"]:
                self._send(b"", "image/x-icon")
            case [""]:
                self._send((HERE / "index.html").read_bytes(), TYPES[".html"])
            case ["data", name, kind] if name in SEEDS:
                self._send(_data(name, kind, query), "application/octet-stream")
            case _:
                self.send_error(404)

    def _send(self, body: bytes, kind: str, kept: str = "no-cache") -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", kept)
        with suppress(ConnectionError):  # a page that was closed meanwhile
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stays silent."""


_one_builder = threading.Lock()


def _data(name: str, kind: str, query: dict[str, str]) -> bytes:
    with _one_builder:
        world = synthetic.world(SEEDS[name])
    begin, end = int(query["from"]), int(query["to"])
    if kind == "series":
        return world.series[begin:end].astype("<f8").tobytes()
    if kind == "map":
        return world.map[begin:end].astype("<i4").tobytes()
    names = [craft["name"] for craft in synthetic.meta()["crafts"]]
    craft = names.index(query["craft"]) if "craft" in query else None
    return synthetic.board(world, begin, end, int(query["every"]), craft)


@contextmanager
def serving(port: int = 0) -> Iterator[str]:
    """The address of a running server."""
    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


if __name__ == "__main__":
    with serving(8123) as address:
        print(address, flush=True)
        threading.Event().wait()
