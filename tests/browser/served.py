"""The app served for the tests, as a process of its own at a small scale, and what the tests ask of it."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCALE = 0.02
FIRST_RUN = 300_000  # milliseconds in which the model is compiled, the years from 2015 on are run, and then a future
SOON = 30_000  # milliseconds for what is there already, on two cores that have other work
PAGES = {
    "start": "", "simulate": "simulate", "compare": "compare?n=1", "compare-craft": "compare?n=1&by=craft",
    "compare-experience": "compare?n=1&by=experience", "compare-flows": "compare?n=1&by=flows",
    "compare-money": "compare?n=1&by=money", "people": "people", "method": "method",
    "method-numbers": "method?tab=numbers", "method-reality": "method?tab=reality", "method-words": "method?tab=words",
    "method-limits": "method?tab=limits", "method-reproduce": "method?tab=reproduce", "claims": "claims",
    "claim": "claims?c=C3", "batches": "batches",
    "story": "story?name=claim&scene=1",
}


# The page is the app's own and not its first paint, nothing is on its way, and what is drawn has been drawn.
WHOLE = """() => globalThis.solara?.router && globalThis.callsheet
  && !document.getElementById("pre-rendered-html-present") && document.querySelector("main h1")
  && !document.querySelector(".running, .bar-slim:not([hidden])")
  && [...document.querySelectorAll(".chart[id]")].every((each) => each.querySelector(".main-svg"))
  && (!document.querySelector(".simulate") || document.querySelector(".callsheet-stage"))
  && [...document.querySelectorAll(".callsheet-stage")].every((each) => each.dataset.digest && each.callsheet?.drawn())
  && [...document.querySelectorAll(".callsheet-stage .plot")].every((each) => each.querySelector(".main-svg"))"""


def whole(page, wait=FIRST_RUN):
    """Wait until a page shows all it will show; looks now and then, since a look at every frame asks for frames."""
    page.wait_for_function(WHOLE, timeout=wait, polling=50)
    return page


class App:
    """A server with results of its own, at a free port."""

    def __init__(self, folder: Path, **more: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.at = f"http://127.0.0.1:{self.port}/"
        self.results = folder / "results"
        self.log = folder / "log.txt"
        given = {"SCALE": str(SCALE), "RESULTS": str(self.results), "WARM": "false", "FUTURES": "3",
                 "STUDIES": str(folder / "studies"), **more}
        environment = os.environ | {f"CALLSHEET_{name}": value for name, value in given.items()}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen([sys.executable, "-m", "viz", "--port", str(self.port)], cwd=ROOT,
                                            env=environment, stdout=log, stderr=log)
        self._wait()

    def _wait(self) -> None:
        for _ in range(240):
            if self.process.poll() is not None:
                break
            try:
                if self.health()["status"] == "ok":
                    return
            except OSError:
                time.sleep(0.5)
        self.close()
        raise RuntimeError(f"The app does not answer:\n{self.log.read_text()}")

    def health(self) -> dict[str, object]:
        """What the server says of itself."""
        with urllib.request.urlopen(f"{self.at}healthz", timeout=10) as answer:
            return json.load(answer)

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str):
        """(status, headers, text) of an answer to a path that nothing has cleaned up."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode("utf-8", "replace")
        finally:
            connection.close()

    def busy(self) -> bool:
        """Whether a run is being worked on."""
        return bool(self.health()["running"])

    def workers(self) -> list[int]:
        """The processes that run the model, by their ids."""
        found = []
        for each in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split():
            if "spawn_main" in Path(f"/proc/{each}/cmdline").read_bytes().decode():
                found.append(int(each))
        return found

    def memory(self) -> int:
        """Megabytes that the server itself holds."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) >> 10
        return 0

    def close(self) -> None:
        """End the server."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
