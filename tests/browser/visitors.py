"""Visitors without a browser: they speak the app's protocol over a websocket, as the page's script does.

A visitor opens a page, reads what it shows from the widgets that come, and goes to other addresses by the same widget
that the browser's address bar is tied to. Much lighter than a browser, so that many fit beside the server.
"""

from __future__ import annotations

import json
import threading
import time
import urllib.request
from uuid import uuid4

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect


class Visitor:
    """One page of one visitor at a server, ``at`` as http://127.0.0.1:8765."""

    def __init__(self, at: str, path: str) -> None:
        with urllib.request.urlopen(f"{at}{path}") as answer:
            self.first_paint = answer.read().decode()
            cookie = answer.headers["Set-Cookie"].partition(";")[0]
        self.kernel, self.page = str(uuid4()), str(uuid4())
        self.states: dict[str, dict] = {}  # widget → its state
        self.problems: list[str] = []
        self.moved = threading.Condition()
        self.socket = connect(
            f"{at.replace('http', 'ws')}/jupyter/api/kernels/{self.kernel}/channels?session_id={self.page}",
            additional_headers={"Cookie": cookie}, max_size=None, compression=None,
        )
        self.at = at
        threading.Thread(target=self._listen, daemon=True).start()
        control = uuid4().hex
        self._send("comm_open", {"comm_id": control, "target_name": "solara.control", "data": {}})
        self._send("comm_msg", {"comm_id": control, "data": {"method": "run", "args": {"path": path, "dark": False}}})

    def go(self, path: str) -> None:
        """Follow a link within the app."""
        widget = next(name for name, state in self.states.items() if "location" in state)
        self._send("comm_msg", {"comm_id": widget, "data": {"method": "update", "state": {"location": path},
                                                            "buffer_paths": []}})

    def stage(self) -> dict:
        """What the page that is watched says of its run: {} where there is none."""
        with self.moved:
            found = [state["run"] for state in self.states.values() if "run" in state and "ghost" in state]
        return json.loads(found[-1]) if found else {}

    def text(self) -> str:
        """All HTML that the page shows."""
        with self.moved:
            return "\n".join(child for state in list(self.states.values()) for child in _words(state))

    def wait(self, until, seconds: float):
        """What ``until`` gives once it gives something; raises after a while."""
        limit = time.monotonic() + seconds
        with self.moved:
            while not (found := until()):
                if time.monotonic() > limit:
                    raise TimeoutError(f"{self.stage()} after {seconds} s")
                self.moved.wait(0.05)
        return found

    def leave(self) -> None:
        """Close the page."""
        self.socket.close()
        close = f"{self.at}/_solara/api/close/{self.kernel}?session_id={self.page}"
        urllib.request.urlopen(urllib.request.Request(close, method="POST"))

    def _send(self, kind: str, content: dict) -> None:
        header = {"msg_id": uuid4().hex, "msg_type": kind, "username": "", "session": self.page, "version": "5.3",
                  "date": "2026-01-01T00:00:00Z"}
        self.socket.send(json.dumps({"header": header, "parent_header": {}, "metadata": {"version": "2.1.0"},
                                     "content": content, "channel": "shell", "buffers": []}))

    def _listen(self) -> None:
        try:
            for message in self.socket:
                self._take(json.loads(message if isinstance(message, str) else _head(message)))
        except ConnectionClosed:
            return

    def _take(self, message: dict) -> None:
        content, kind = message.get("content", {}), message["header"]["msg_type"]
        data = content.get("data", {})
        with self.moved:
            if kind == "comm_open":
                self.states[content["comm_id"]] = dict(data.get("state", {}))
            elif kind == "comm_msg" and data.get("method") == "update":
                self.states.setdefault(content["comm_id"], {}).update(data["state"])
            elif kind == "comm_close":
                self.states.pop(content["comm_id"], None)
            elif kind == "error" or (kind == "stream" and content.get("name") == "stderr"):
                self.problems.append(str(content)[:500])
            self.moved.notify_all()


def _head(message: bytes) -> bytes:
    """The JSON of a message with buffers behind it."""
    count = int.from_bytes(message[:4], "big")
    at = [int.from_bytes(message[4 * k : 4 * k + 4], "big") for k in range(1, count + 1)]
    return message[at[0] : at[1]] if count > 1 else message[at[0] :]


def _words(state: dict) -> list[str]:
    """The HTML of a widget that shows a piece of page."""
    return [state["unsafe_innerHTML"]] if state.get("unsafe_innerHTML") else []
