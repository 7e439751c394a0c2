"""A run as a recording: weekly series, the log of every worker's events, and what they came from.

Everything shown or reported is read from recordings; nothing steps a model while it draws. A recording on
disk is a folder that appears whole or not at all: ``manifest.json``, ``series.npz`` and, if kept, ``events.npy``,
which is read through a memory map.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from model import atomic, tables
from model.calendar import monday
from model.errors import CallSheetError
from model.state import books, turns
from model.state import events as event_log
from model.state.call_board import STOPPED_BY_PROVIDER
from model.state.events import Entry
from model.state.flows import Flows
from model.state.state import AI_PRODUCERS, State
from model.state.technique import PROVIDERS
from model.vocabulary import Area, Event

FORMAT = 2  # grows when something is added; every earlier format can be read
_MOST_MANIFEST = 1 << 20
_BY_CRAFT = {"on_call": np.int32, "idle": np.int32, "posted": np.int32, "unfilled": np.int32,
             "crew_days": np.int32, "overscale": np.float32}
_BY_KIND = {"people_by_kind": np.int32, "payroll": np.int64, "shoot_days": np.int32, "greenlit": np.int16,
            "greenlit_home": np.int16, "greenlit_credited": np.int16}
_COUNTS = {"wrapped": np.int32, "laid_off": np.int32, "quits": np.int32, "exits": np.int32,
           "returns": np.int32, "entries": np.int32, "by_referral": np.int32, "by_open_call": np.int32,
           "declined": np.int32, "stopped": np.int32, "delivered": np.int32, "stages_used": np.float32,
           "coverage_gained": np.int32, "coverage_lost": np.int32, "events_per_week": np.int32,
           "titles_in_hand": np.int32, "waiting": np.int32}
# Added with AI: missing in recordings of format 1.
_BY_KIND_AI = {"greenlit_ai": np.int16}
_COUNTS_AI = {"dependent": np.int32, "outage_stopped": np.int32, "bought": np.int32, "retrained": np.int32,
              "in_course": np.int32, "queue": np.int32, "abandoned": np.int32, "sent_home": np.int32, "crew_of_producers": np.int32,
              "crew_on_capital": np.float32, "crew_with_ai": np.int32, "crew_of_makers": np.int32}
TABLES = {"titles": books.TITLE, "cells": books.CELL, "effects": books.EFFECT, "finished": books.FINISHED,
          "workers": turns.WORKERS, "flows": turns.FLOW, "stock": turns.STOCK}


@dataclass
class Recording:
    """Series by name, each with one row a week from ``first_week`` on; ``events`` packed, or None if dropped."""

    manifest: dict[str, Any]
    series: dict[str, np.ndarray]
    events: np.ndarray | None = field(default=None, repr=False)
    tables: dict[str, np.ndarray] = field(default_factory=dict, repr=False)  # books of titles, see TABLES

    @property
    def first_week(self) -> int:
        """Week of the first row."""
        return int(self.manifest["first_week"])

    @property
    def weeks(self) -> int:
        """How many weeks it holds."""
        return int(self.manifest["weeks"])

    @property
    def scale(self) -> float:
        """Agents per attached worker."""
        return float(self.manifest["scale"])

    @property
    def agent_steps(self) -> int:
        """Sum over weeks of attached workers."""
        return int(self.series["on_call"].sum() + self.series["idle"].sum())

    @cached_property
    def dates(self) -> np.ndarray:
        """The Monday of each week, datetime64[D]."""
        return np.array([monday(week) for week in range(self.first_week, self.first_week + self.weeks)],
                        "datetime64[D]")

    @cached_property
    def hash(self) -> str:
        """Thirty-two hex digits over every array of the recording, its event log included."""
        return self.manifest.get("hash") or self._digest()

    def _digest(self) -> str:
        digest = hashlib.blake2b(digest_size=16)
        for name, values in (*sorted(self.series.items()), *sorted(self.tables.items())):
            array = np.ascontiguousarray(values)
            digest.update(f"{name} {array.dtype.str} {array.shape}".encode())
            digest.update(array.view(np.uint8).data if array.dtype.names else array.data)
        if self.events is not None:
            digest.update(np.ascontiguousarray(self.events).data)
        return digest.hexdigest()

    def seal(self, keep_events: bool) -> Recording:
        """Write the hash into the manifest, then drop the events if they are not to be kept."""
        self.manifest["hash"] = self._digest()
        if not keep_events:
            self.events = None
        return self

    # A life
    @cached_property
    def _week_of_event(self) -> np.ndarray:
        return np.repeat(np.arange(self.weeks, dtype=np.int32) + self.first_week, self.series["events_per_week"])

    def life(self, row: int) -> list[dict[str, Any]]:
        """Everything that happened to the worker of ``row``: week, date, event, production (0 for none)."""
        if self.events is None:
            raise CallSheetError("This recording was kept without its event log, so no life can be read from it. "
                                 "Run it again with the log kept.")
        what, uid, who = event_log.unpack(np.asarray(self.events))
        mine = np.flatnonzero(who == row)
        return [{"week": int(self._week_of_event[e]), "date": monday(int(self._week_of_event[e])).isoformat(),
                 "event": Event(int(what[e])).name.lower(), "production": int(uid[e])} for e in mine]

    # Disk
    def save(self, path: Path) -> None:
        """Write the recording as a folder, whole or not at all."""
        with atomic.folder(Path(path)) as stage:
            np.savez_compressed(stage / "series.npz", **self.series)
            if any(table.size for table in self.tables.values()):
                np.savez_compressed(stage / "tables.npz", **self.tables)
            if self.events is not None:
                np.save(stage / "events.npy", np.asarray(self.events))
            manifest = {**self.manifest, "format": FORMAT, "hash": self.hash, "events": self.events is not None}
            (stage / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Recording:
        """Read a recording; a sentence for what is none, is cut short, was changed, or is of a newer format."""
        path = Path(path)
        what = f"The recording {path.name}"
        try:
            text = (path / "manifest.json").read_bytes()
            if len(text) > _MOST_MANIFEST:
                raise CallSheetError(f"{what} has a manifest of {len(text):,} bytes; that is not ours.")
            manifest = json.loads(text)
            if not isinstance(manifest, dict) or not isinstance(manifest.get("format"), int):
                raise CallSheetError(f"{what} has no format number; it is not a recording of this program.")
            if manifest["format"] > FORMAT:
                raise CallSheetError(f"{what} has format {manifest['format']}; this program reads up to {FORMAT}. "
                                     "Use a newer version of Call Sheet.")
            with np.load(path / "series.npz", allow_pickle=False) as archive:
                series = {name: archive[name] for name in archive.files}
            kept = {name: np.zeros(0, dtype) for name, dtype in TABLES.items()} if manifest["format"] > 1 else {}
            if (path / "tables.npz").is_file():
                with np.load(path / "tables.npz", allow_pickle=False) as archive:
                    kept |= {name: archive[name] for name in archive.files}
            events = None
            if manifest.get("events"):
                events = np.load(path / "events.npy", mmap_mode="r", allow_pickle=False)
        except CallSheetError:
            raise
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, json.JSONDecodeError) as trouble:
            raise CallSheetError(f"{what} cannot be read: a part is missing or cut short. Record the run again."
                                 ) from trouble
        recording = cls(manifest, series, events, kept)
        wanted = [*_BY_CRAFT, *_BY_KIND, *_COUNTS]
        missing = [name for name in wanted if name not in series]
        if missing or any(series[name].shape[0] != manifest.get("weeks") for name in wanted if name in series):
            raise CallSheetError(f"{what} lacks weeks or series ({', '.join(missing) or 'lengths differ'}); it was "
                                 "cut short. Record the run again.")
        if recording._digest() != manifest.get("hash"):
            raise CallSheetError(f"{what} does not match its hash: it was changed after it was written.")
        return recording


class Recorder:
    """Fills a recording week by week; arrays are made once for the whole horizon."""

    def __init__(self, first_week: int, weeks: int, n_crafts: int, n_kinds: int, ledger: int) -> None:
        self.first_week, self.weeks, self.filled = first_week, weeks, 0
        self.series = {name: np.zeros((weeks, n_crafts), dtype) for name, dtype in _BY_CRAFT.items()}
        self.series |= {name: np.zeros((weeks, n_kinds), dtype) for name, dtype in _BY_KIND.items()}
        self.series |= {name: np.zeros(weeks, dtype) for name, dtype in _COUNTS.items()}
        self.series |= {name: np.zeros((weeks, n_kinds), dtype) for name, dtype in _BY_KIND_AI.items()}
        self.series |= {name: np.zeros(weeks, dtype) for name, dtype in _COUNTS_AI.items()}
        firms, makers = tables.firms().n, AI_PRODUCERS
        self.series["titles_by_owner"] = np.zeros((weeks, firms), np.int16)
        self.series["spend_by_owner"] = np.zeros((weeks, firms), np.int64)
        self.series["adoption"] = np.zeros((weeks, len(Area)), np.float32)
        self.series["belief"] = np.zeros((weeks, makers), np.float32)
        self.series["raised"] = np.zeros((weeks, makers), np.int64)
        self.series["spent_raised"] = np.zeros((weeks, makers), np.int64)
        self.series["spent_earned"] = np.zeros((weeks, makers), np.int64)
        self.series["active"] = np.zeros((weeks, makers), np.int8)
        # People called on titles whose provider stands still: [made by an AI-first producer or not, cause].
        self.series["standing"] = np.zeros((weeks, 2, len(STOPPED_BY_PROVIDER)), np.int32)
        self.series["ai_by_provider"] = np.zeros((weeks, PROVIDERS), np.int16)
        self.tables: dict[str, list[np.ndarray]] = {name: [] for name in TABLES}
        self._titles = 0
        self._cohort: turns.Cohort | None = None
        self.series["greenlit_place"] = np.zeros((weeks, tables.places().n), np.int16)
        self.series["ledger"] = np.zeros((weeks, ledger), np.int64)
        self._events = np.empty(0, np.int64)
        self._logged = 0

    def write(self, state: State, flows: Flows) -> None:
        """One week's row of every series, and its events."""
        t, s = self.filled, self.series
        made = flows.greenlit
        home = made["place"] == 0
        n_kinds = s["payroll"].shape[1]
        s["on_call"][t], s["idle"][t] = flows.on_call, flows.idle
        s["posted"][t], s["unfilled"][t] = flows.posted, flows.unfilled
        s["crew_days"][t], s["overscale"][t] = flows.days.sum(axis=0), state.overscale
        s["people_by_kind"][t], s["payroll"][t] = flows.people.sum(axis=1), flows.payroll
        s["shoot_days"][t] = flows.shoot_days
        s["greenlit"][t] = np.bincount(made["kind"], minlength=n_kinds)
        s["greenlit_home"][t] = np.bincount(made["kind"][home], minlength=n_kinds)
        s["greenlit_credited"][t] = np.bincount(made["kind"][made["credited"]], minlength=n_kinds)
        s["greenlit_place"][t] = np.bincount(made["place"], minlength=s["greenlit_place"].shape[1])
        for name in ("wrapped", "laid_off", "quits", "exits", "returns", "entries", "by_referral", "by_open_call",
                     "declined", "stopped", "delivered", "waiting", "stages_used"):
            s[name][t] = getattr(flows, name)
        self._write_ai(state, flows)
        s["coverage_gained"][t], s["coverage_lost"][t] = flows.coverage[1:]
        s["titles_in_hand"][t] = state.order.size
        s["ledger"][t] = state.ledger[1:]
        events = state.events
        s["events_per_week"][t] = events.size
        self._log(events)
        self.filled += 1

    def _log(self, events: np.ndarray) -> None:
        """Append to the event log.

        Room is made for all weeks to come, were each twice as eventful as this one: memory that is never written to
        costs nothing, whereas a log that doubles is copied again and again, which took a tenth of a week.
        """
        used = self._logged + events.size
        if used > self._events.size:
            more = np.empty(used + 2 * events.size * (self.weeks - self.filled), np.int64)
            more[: self._logged] = self._events[: self._logged]
            self._events = more
        self._events[self._logged : used] = events
        self._logged = used

    def _write_ai(self, state: State, flows: Flows) -> None:
        t, s, made = self.filled, self.series, flows.greenlit
        n_kinds, firms = s["greenlit_ai"].shape[1], s["titles_by_owner"].shape[1]
        s["greenlit_ai"][t] = np.bincount(made["kind"][made["ai"] != 0], minlength=n_kinds)
        s["titles_by_owner"][t] = np.bincount(made["owner"], minlength=firms)
        s["spend_by_owner"][t] = np.bincount(made["owner"], made["cost"].astype(float), minlength=firms)
        for name in ("dependent", "outage_stopped", "bought", "retrained", "in_course", "queue", "abandoned", "sent_home"):
            s[name][t] = getattr(flows, name)
        s["adoption"][t] = state.adoption[: firms - AI_PRODUCERS].mean(axis=0)
        for name in ("belief", "raised", "spent_raised", "spent_earned", "active"):
            s[name][t] = state.producers[name]
        p, order = state.productions, state.order
        with_ai = order[p.ai[order] != 0]
        ours = order[p.firm[order] >= firms - AI_PRODUCERS]
        still = with_ai[p.extra[with_ai] >= STOPPED_BY_PROVIDER[0]]
        if still.size:
            called, others = state.calls["need"][still].sum(axis=1), (p.maker[still] < 0).astype(int)
            np.add.at(s["standing"][t], (others, p.extra[still] - STOPPED_BY_PROVIDER[0]), called)
        if with_ai.size or ours.size:
            s["ai_by_provider"][t] = np.bincount(p.provider[with_ai], minlength=PROVIDERS)
            s["crew_of_makers"][t] = state.calls["filled"][with_ai[p.maker[with_ai] >= 0]].sum()
            s["crew_with_ai"][t] = state.calls["filled"][with_ai].sum()
            crew = state.calls["filled"][ours].sum(axis=1)
            s["crew_of_producers"][t] = crew.sum()
            s["crew_on_capital"][t] = (crew * p.financed[ours]).sum()
        if flows.finished is not None and flows.finished.size:
            self.tables["finished"].append(flows.finished)
        if flows.books is not None:
            self._take_books(flows.books)

    def _take_books(self, closed: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
        for name, table in zip(("titles", "cells", "effects"), closed, strict=True):
            if "title" in table.dtype.names:
                table["title"] += self._titles
            self.tables[name].append(table)
        self._titles += closed[0].size

    def close(self, state: State) -> None:
        """Take the books of titles still in hand, as they stand at the end; the state is left as it is."""
        year = monday(state.week - 1).year
        self._take_books(books.written(state.books, state.productions.arrays(), state.order, year))
        if self._cohort is not None:
            self.tables["workers"].append(self._cohort.finish(state))

    def follow(self, state: State, rules: np.void) -> None:
        """Follow everyone attached now, who is settled, to the end of the recording."""
        self._cohort = turns.Cohort(state, rules["veteran_days"])

    def end_year(self, state: State, skill: np.ndarray, rules: np.void) -> None:
        """Where the cohort and the crafts stand at the end of a year."""
        year = monday(state.week - 1).year
        self.tables["stock"].append(turns.stock(state, year, skill, rules["veteran_days"]))
        if self._cohort is not None:
            self.tables["flows"].append(self._cohort.stand(state, year, rules["ai_craft"], rules["back_weeks"]))

    def finish(self, manifest: dict[str, Any]) -> Recording:
        """The recording of the weeks written so far."""
        series = {name: values[: self.filled] for name, values in self.series.items()}
        return Recording({**manifest, "format": FORMAT, "first_week": self.first_week, "weeks": self.filled,
                          "crafts": list(tables.crafts().names), "kinds": list(tables.kinds().names),
                          "places": list(tables.places().names),
                          "ledger": [entry.name.lower() for entry in Entry],
                          "firms": list(tables.firms().names)}, series, self._events[: self._logged],
                         {name: np.concatenate(parts) if parts else np.zeros(0, TABLES[name])
                          for name, parts in self.tables.items()})
