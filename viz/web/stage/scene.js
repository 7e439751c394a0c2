// One scene: the views of a shape of data, held together by the clock and by the streams of the recordings.

import { boardView } from "./board.js";
import { createClock } from "./clock.js";
import { onTheme, readColors } from "./colors.js";
import { debounced, make, put, write } from "./dom.js";
import { linesView } from "./lines.js";
import { mapView } from "./map.js";
import { nowView } from "./now.js";
import { timelineView } from "./timeline.js";
import { calendar, count } from "./words.js";
import { createWorlds } from "./worlds.js";

const COMMIT = 250; // ms at rest until Python hears of the week
const ANSWERED = 5000; // ms after which an edit that names no other run is taken for one without effect

/** A trait that holds JSON; null where it is empty. */
export function read(model, name) {
  const text = model.get(name);
  return text ? JSON.parse(text) : null;
}

/** Builds the scene into `el`; returns what takes it down, with rename(meta) for other names and flags. */
export function scene(model, el, meta) {
  const { horizon } = meta;
  const dates = calendar(meta.first_date);
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const frames = { drawn: 0, cost: 0, worst: 0 };
  let state = null;
  let asked = 0;
  let left = ""; // the run that an edit has left, until another is named
  let answered = 0;
  let mine = -1; // the week that we told Python, so that its echo moves nothing

  const clock = createClock({ horizon, calm: () => still.matches, moved });
  const worlds = createWorlds({ meta, grew, failed });
  const scrub = (week) => {
    clock.pause();
    clock.seek(week, "scrub");
  };
  const column = (name) => meta.measures.findIndex((measure) => measure.name === name);
  const board = boardView({
    meta, dates, exact: (name, week) => (worlds.run ? worlds.run.series.at(week, column(name)) : NaN),
    ask: worlds.ask,
    pick(row) {
      model.set("picked", row);
      model.save_changes();
    },
  });
  const map = mapView({ meta, dates });
  const now = nowView({ meta, dates });
  const lines = linesView({ meta, dates, horizon, scrub });
  const timeline = timelineView({ clock, horizon, dates, flags: meta.flags || [] });

  const message = make("p", { class: "message" });
  const stale = make("span", { class: "stale", hidden: true }, make("b", {}, "stale"), " Shown: the run before");
  const trouble = make("p", { class: "trouble", role: "alert", hidden: true });
  const empty = make("p", { class: "empty" });
  const pictures = make("div", { class: "pictures", hidden: true }, board.element,
    make("div", { class: "side" }, now.element, map.element), lines.element);
  const progress = make("div", { class: "progress", "aria-hidden": "true" });
  const bar = make("div", { class: "bar-slim" }, message, stale, progress);
  el.replaceChildren(bar, trouble, empty, pictures, timeline.element);

  function failed(sentence) {
    trouble.hidden = false;
    trouble.replaceChildren(sentence, " ", make("button", { type: "button", onclick() {
      trouble.hidden = true;
      worlds.retry();
    } }, "Try again"));
  }

  /** One frame is asked for however much happens before it: frames are dropped, never queued. */
  function ask() {
    if (!asked) asked = requestAnimationFrame(draw);
  }

  let shownBoard = null;
  function draw() {
    asked = 0;
    const began = performance.now();
    const { week } = clock;
    timeline.draw();
    if (worlds.ready) {
      const source = worlds.boardFor(week);
      if (source !== shownBoard) {
        shownBoard = source;
        board.show(source);
      }
      const coming = worlds.coming(week);
      board.note(coming ? `Loading everyone${coming.craft ? " of the craft" : ""}: week ${count(coming.people.weeks)} of ${
        count(worlds.run.filled)}` : "");
      board.draw(week);
      map.draw(week);
      now.draw(week);
      lines.draw(week);
    }
    const cost = performance.now() - began;
    frames.drawn += 1;
    frames.cost += cost;
    frames.worst = Math.max(frames.worst, cost);
  }

  const commit = debounced(() => {
    if (clock.playing || !clock.limit) return;
    timeline.settle();
    board.settle(false);
    if (worlds.ready) {
      el.dataset.digest = worlds.run.board.people.digest(clock.week);
      el.dataset.week = clock.week;
    }
    if (model.get("week") === clock.week || !clock.arrived) return;
    mine = clock.week;
    model.set("week", clock.week);
    model.save_changes();
  }, COMMIT);

  function moved({ playing, cause }) {
    if (cause === "play") { // within a frame already: another one asked for would come a frame late
      cancelAnimationFrame(asked);
      draw();
      return;
    }
    ask();
    board.settle(playing);
    if (playing) commit.cancel();
    else commit();
  }

  /** Weeks arrived, or other ones are wanted. */
  function grew() {
    const { run, base, ghost, ready } = worlds;
    const first = pictures.hidden && ready > 0;
    pictures.hidden = !ready && (!run || pictures.hidden);
    el.classList.toggle("waiting", !ready);
    clock.extend(ready, !(state?.done) || ready < run?.filled);
    if (first) clock.seek(model.get("week") || 0, "python", true);
    if (ready) {
      map.show(run.map);
      now.show(run.series, base);
      lines.show(run.series, base, ghost);
    }
    speak();
    ask();
    if (!clock.playing) commit();
  }

  function speak() {
    const { run, ready } = worlds;
    write(message, state?.message || "");
    bar.classList.toggle("busy", Boolean(state?.message));
    const before = !pictures.hidden && (!ready || left === state?.id); // what is shown is not the run that is wanted
    bar.hidden = !state?.message && !before;
    progress.style.transform = `scaleX(${state && !state.done ? (state.filled || 0) / horizon : 0})`;
    stale.hidden = !before;
    pictures.classList.toggle("is-stale", before);
    write(empty, !run ? "No recording is open. Run a scenario, or open a recording, and it plays here."
      : ready || before ? "" : run.filled ? "Loading the first weeks…" : "The run is starting; its first weeks appear here.");
    empty.hidden = !empty.textContent;
    put(el, "aria-busy", String(Boolean(run && !ready)));
  }

  function onRun() {
    state = read(model, "run");
    worlds.take(state);
    trouble.hidden = !state?.failed;
    trouble.textContent = state?.failed || "";
    grew();
  }
  const onBase = () => {
    worlds.takeBase(read(model, "base"));
    grew();
  };
  const onGhost = () => {
    worlds.takeGhost(read(model, "ghost"));
    grew();
  };
  const onWeek = () => {
    const week = model.get("week");
    if (week === mine) return;
    mine = -1;
    clock.pause();
    clock.seek(week, "python", true);
  };
  const onPicked = () => {
    board.picked(model.get("picked") ?? -1);
  };

  function leaveRun() {
    left = state?.id || "";
    speak();
    clearTimeout(answered);
    answered = setTimeout(() => {
      left = "";
      speak();
    }, ANSWERED);
  }

  let worn = "";
  function recolor() {
    const colors = readColors(el);
    if (JSON.stringify(colors) === worn) return; // most changes of the page's attributes are no change of colors
    worn = JSON.stringify(colors);
    board.recolor(colors);
    lines.recolor(colors);
    ask();
  }

  const heard = { "change:run": onRun, "change:base": onBase, "change:ghost": onGhost, "change:week": onWeek,
    "change:picked": onPicked };
  for (const [name, act] of Object.entries(heard)) model.on(name, act);
  addEventListener("callsheet:edited", leaveRun);
  const forget = onTheme(recolor);
  const laid = new ResizeObserver(recolor); // the element may be put on the page after this
  laid.observe(el);
  recolor();
  onBase();
  onGhost();
  onRun();
  onPicked();
  el.callsheet = { clock, timeline, frames, worlds, lines, drawn: () => !asked && !worlds.busy };

  const leave = () => {
    for (const [name, act] of Object.entries(heard)) model.off(name, act);
    removeEventListener("callsheet:edited", leaveRun);
    clearTimeout(answered);
    forget();
    laid.disconnect();
    commit.cancel();
    cancelAnimationFrame(asked);
    clock.dispose();
    worlds.dispose();
    for (const part of [timeline, board, lines]) part.dispose();
    delete el.callsheet;
  };
  leave.rename = (next) => {
    lines.rename(next);
    timeline.fly(next.flags || []);
  };
  return leave;
}
