// The view of the clock: buttons, a track to drag, flags, a date to jump to. Sticky at the bottom of the stage.

import { SPEEDS } from "./clock.js";
import { freshId, make, put, write } from "./dom.js";
import { flagsView } from "./flags.js";

const ICONS = {
  start: "M4 4v12M16 4 7 10l9 6z",
  back: "M13 4 6 10l7 6z",
  play: "M6 3.5v13l11-6.5z",
  pause: "M6 4h3v12H6zM11.5 4h3v12h-3z",
  forward: "M7 4l7 6-7 6z",
  more: "M3 9h2v2H3zM9 9h2v2H9zM15 9h2v2h-2z",
};

function icon(name) {
  const holder = make("span", { class: "icon", "aria-hidden": "true" });
  holder.innerHTML = `<svg viewBox="0 0 20 20"><path d="${ICONS[name]}"/></svg>`;
  return holder;
}

function button(name, label, act) {
  return make("button", { type: "button", class: "key", "aria-label": label, title: label, onclick: act }, icon(name));
}

export function timelineView({ clock, horizon, dates, flags: firstFlags }) {
  let flags = firstFlags;
  const words = (week) => `Week ${week + 1}, ${dates.month(week)}`;
  const playIcons = { true: icon("pause"), false: icon("play") };
  const play = button("play", "Play", clock.toggle);
  const back = button("back", "Back one week", () => clock.step(-1));
  const forward = button("forward", "Forward one week", () => clock.step(1));
  const start = button("start", "To the first week", clock.toStart);
  const reading = make("p", { class: "reading" });
  const spoken = make("p", { class: "unseen", "aria-live": "polite" });

  const events = flagsView({ horizon, dates, go(week) {
    clock.pause();
    clock.seek(week);
  } });
  const known = make("div", { class: "known" });
  const done = make("div", { class: "done" });
  const thumb = make("div", { class: "thumb" });
  const track = make("div", { class: "track", role: "slider", tabindex: 0, "aria-label": "Week",
    "aria-orientation": "horizontal", "aria-valuemin": 1, "aria-valuemax": horizon },
  make("div", { class: "rail" }, known, done), events.marks, thumb);

  const jump = make("input", { type: "date", id: freshId("date"), min: dates.iso(0), max: dates.iso(horizon - 1) });
  jump.addEventListener("change", () => {
    if (!jump.value) return;
    clock.pause();
    clock.seek(dates.week(jump.value));
  });
  const speed = make("select", { id: freshId("speed") },
    ...SPEEDS.map(([label, value]) => make("option", { value, selected: value === 1 }, label)));
  speed.addEventListener("change", () => {
    clock.speed = Number(speed.value);
  });

  const more = make("button", { type: "button", class: "key more", "aria-label": "Date and speed", title: "Date and speed",
    "aria-expanded": "false", onclick() {
      put(more, "aria-expanded", element.classList.toggle("unfolded"));
    } }, icon("more"));
  const element = make("section", { class: "timeline", "aria-label": "Timeline" },
    make("div", { class: "keys" }, start, back, play, forward), reading, more,
    make("div", { class: "way" }, events.lane, track),
    make("div", { class: "choice jump" }, make("label", { for: jump.id }, "Go to"), jump),
    make("div", { class: "choice speed" }, make("label", { for: speed.id }, "Speed"), speed),
    spoken);

  // Dragging: the pointer is captured, so that it may leave the track.
  const weekAt = (event) => {
    const box = track.getBoundingClientRect();
    return ((event.clientX - box.left) / box.width) * (horizon - 1);
  };
  track.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    track.setPointerCapture(event.pointerId);
    clock.pause();
    clock.seek(weekAt(event), "scrub");
  });
  track.addEventListener("pointermove", (event) => {
    if (track.hasPointerCapture(event.pointerId)) clock.seek(weekAt(event), "scrub");
  });

  const strides = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -13, PageUp: 13 };
  track.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const stride = strides[event.key];
    if (stride) clock.step(event.shiftKey && event.key.startsWith("Arrow") ? stride * 52 : stride);
    else if (event.key === "Home") clock.toStart();
    else if (event.key === "End") clock.toEnd();
    else if (event.key === " ") clock.toggle();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  let laid = 0; // the track's width, kept so that drawing a week reads no layout
  const watcher = new ResizeObserver(() => {
    if (!track.clientWidth || track.clientWidth === laid) return;
    laid = track.clientWidth;
    events.lay(flags, laid);
    draw();
  });
  watcher.observe(track);

  /** The date in its field is that of the week, unless somebody is writing there. */
  function follow(week) {
    if (!clock.limit || document.activeElement === jump) return;
    const date = dates.iso(week);
    if (jump.value !== date) jump.value = date;
  }
  jump.addEventListener("blur", () => follow(clock.week));

  let wasPlaying = false;
  let shown = "";
  function draw() {
    const { week, playing, limit } = clock;
    write(reading, limit ? `Week ${week + 1} of ${horizon} · ${dates.month(week)}` : "No weeks yet");
    if (!playing) { // a focused slider that changed 30 times a second would never stop talking
      put(track, "aria-valuenow", week + 1);
      put(track, "aria-valuetext", words(week));
    }
    const share = week / (horizon - 1);
    thumb.style.transform = `translateX(${share * laid}px)`;
    done.style.transform = `scaleX(${share})`;
    known.style.transform = `scaleX(${Math.max(0, limit - 1) / (horizon - 1)})`;
    if (playing !== wasPlaying || !shown) {
      play.replaceChildren(playIcons[playing]);
      put(play, "aria-label", playing ? "Pause" : "Play");
      put(play, "title", playing ? "Pause" : "Play");
    }
    wasPlaying = playing;
    shown = "yes";
    play.disabled = limit < 2;
    follow(week);
  }

  /** At rest only: what assistive technology hears. */
  function settle() {
    if (clock.playing || !clock.limit || (clock.limit < horizon && clock.week === clock.limit - 1)) return; // being computed
    const text = `Paused at ${words(clock.week)}`;
    if (spoken.textContent !== text) spoken.textContent = text;
  }

  // Elsewhere on the page keys are turned into these events.
  const heard = {
    "callsheet:play": () => clock.toggle(),
    "callsheet:step": (event) => clock.step(Number(event.detail) || 0),
    "callsheet:start": () => clock.toStart(),
    "callsheet:end": () => clock.toEnd(),
  };
  for (const [name, act] of Object.entries(heard)) addEventListener(name, act);
  put(element, "data-hears", Object.keys(heard).map((name) => name.replace("callsheet:", "")).join(" ")); // for the help

  return {
    element,
    draw,
    settle,
    /** Other flags on the same weeks. */
    fly(next) {
      flags = next;
      if (laid) events.lay(flags, laid);
    },
    togglePlay: clock.toggle,
    step: clock.step,
    toStart: clock.toStart,
    toEnd: clock.toEnd,
    dispose() {
      watcher.disconnect();
      for (const [name, act] of Object.entries(heard)) removeEventListener(name, act);
    },
  };
}
