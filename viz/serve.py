"""``callsheet-app``: serve the app until told to stop."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence

from model.errors import CallSheetError
from viz import settings as settings_of
from viz.solara_settings import prepare

MOST_SAID = 1 << 20  # bytes of one message of a browser, which says what was clicked


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the app; a sentence and a code of 2 for settings that are wrong."""
    asks = argparse.ArgumentParser(prog="callsheet-app", description="Serve Call Sheet's pages in the browser. Every "
                                   "setting is also read from the environment, as CALLSHEET_NAME.")
    asks.add_argument("--host", help="address to listen at (loopback unless told otherwise)")
    asks.add_argument("--port", help="port")
    asks.add_argument("--workers", help="processes that run the model")
    asks.add_argument("-v", "--verbose", action="store_true", help="say more on standard error")
    given = asks.parse_args(arguments)
    logging.basicConfig(level=logging.INFO if given.verbose else logging.WARNING, stream=sys.stderr,
                        format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        settings = settings_of.read(host=given.host, port=given.port, workers=given.workers)
    except CallSheetError as trouble:
        print(f"callsheet-app: {trouble}", file=sys.stderr)
        return 2
    prepare(settings)
    try:
        import uvicorn

        from viz.server import make
    except ModuleNotFoundError as missing:
        print(f"callsheet-app: {missing.name} is not installed. `make env` installs what the app needs.",
              file=sys.stderr)
        return 2
    print(f"Call Sheet is at http://{settings.host}:{settings.port}{settings.root_path}/ (Ctrl-C ends it)", flush=True)
    uvicorn.run(make(settings), host=settings.host, port=settings.port, loop="asyncio",
                log_level="info" if given.verbose else "warning", timeout_graceful_shutdown=3, proxy_headers=True,
                ws_max_size=MOST_SAID)
    return 0
