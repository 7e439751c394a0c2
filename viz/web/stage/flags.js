// Flags above the track: each kind has a glyph and a color of its own, and those that would cover each other become one.

import { make, svg } from "./dom.js";
import { explain } from "./tip.js";

const GLYPHS = { // in a square of ten
  entry: "M5 1 9 8.5H1z",
  failure: "M2 2l6 6M8 2 2 8",
  policy: "M5 .5 9.5 5 5 9.5.5 5z",
  stop: "M1.5 1.5h2.6v7H1.5zM5.9 1.5h2.6v7H5.9z",
  outage: "M6 0 1.6 5.8h2.7L3.6 10 8.4 4.2H5.6z",
};
const ORDER = ["entry", "failure", "stop", "policy", "outage"]; // which glyph stands for several
const APART = { fine: 34, coarse: 44 }; // pixels from one flag to the next
const MOST_TOLD = 6; // weeks of standstill that one tip tells one by one

const kindOf = (flag) => (GLYPHS[flag.kind] ? flag.kind : "policy");

/** Groups of flags {x, flags} that do not cover each other. Rare flags are laid first, and frequent ones join them. */
function grouped(flags, place, apart) {
  const groups = [];
  const take = (flag) => {
    const x = place(flag.week);
    const away = (group) => Math.abs(x - group.x);
    const nearest = groups.filter((group) => away(group) < apart).sort((one, other) => away(one) - away(other))[0];
    if (nearest) nearest.flags.push(flag);
    else groups.push({ x, flags: [flag] });
  };
  const sorted = [...flags].sort((one, other) => one.week - other.week);
  sorted.filter((flag) => kindOf(flag) !== "outage").forEach(take);
  sorted.filter((flag) => kindOf(flag) === "outage").forEach(take);
  return groups.sort((one, other) => one.x - other.x);
}

function glyph(kind) {
  return svg("svg", { viewBox: "0 0 10 10", class: "flag-glyph", "aria-hidden": "true" }, svg("path", { d: GLYPHS[kind] }));
}

/** What a group says: rare flags one by one, standstills one by one or, if they are many, in one sentence. */
function told(flags, dates) {
  const outages = flags.filter((flag) => kindOf(flag) === "outage");
  const many = outages.length > MOST_TOLD;
  const lines = flags.filter((flag) => !many || kindOf(flag) !== "outage")
    .map((flag) => ({ label: flag.label, when: dates.month(flag.week), text: flag.text || "" }));
  if (many) {
    lines.push({ label: `Cloud stands still in ${outages.length} weeks`,
      when: `${dates.month(outages[0].week)} to ${dates.month(outages.at(-1).week)}`,
      text: "Thin marks on the track show each of these weeks." });
  }
  return lines;
}

/** The flags as elements, and the thin marks of all weeks in which a cloud stood still. */
export function flagsView({ horizon, dates, go }) {
  const lane = make("div", { class: "flags", role: "group", "aria-label": "Events: arrow keys go from one to the next" });
  const marks = svg("svg", { class: "outage-marks", viewBox: `0 0 ${horizon - 1} 1`, preserveAspectRatio: "none",
    "aria-hidden": "true" });

  /** Only one flag is a stop of the Tab key; arrows go on from it. */
  function move(to) {
    const all = [...lane.querySelectorAll(".flag")];
    const next = all[Math.max(0, Math.min(all.length - 1, to))];
    for (const each of all) each.tabIndex = each === next ? 0 : -1;
    next?.focus();
  }
  lane.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const all = [...lane.querySelectorAll(".flag")];
    const at = all.indexOf(document.activeElement);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    move(to);
  });

  function holder(group, width, first) {
    const kinds = group.flags.map(kindOf);
    const kind = ORDER.find((each) => kinds.includes(each));
    const lines = told(group.flags, dates);
    const counted = kinds.length;
    const button = make("button", { type: "button", class: `flag ${kind}${counted > 1 ? " many" : ""}`, tabindex: first ? 0 : -1,
      "data-events": group.flags.length, "aria-label": lines.map(({ label, when }) => `${when}: ${label}`).join("; "),
      onclick: () => go(group.flags[0].week) },
    make("span", { class: "flag-face" }, glyph(kind), counted > 1 ? make("span", {}, String(counted)) : null));
    const held = make("span", { class: "flag-holder" }, button);
    held.style.left = `${(group.x / width) * 100}%`;
    explain(button, ...lines.map(({ label, when, text }) => make("p", {}, make("strong", {}, label), ` · ${when}`,
      text ? make("br") : null, text || null)));
    return held;
  }

  return {
    lane,
    marks,
    /** Lays the flags over a track of a width. */
    lay(flags, width) {
      const apart = matchMedia("(pointer: coarse)").matches ? APART.coarse : APART.fine;
      const groups = grouped(flags, (week) => (week / (horizon - 1)) * width, apart);
      const focused = lane.contains(document.activeElement);
      lane.replaceChildren(...groups.map((group, at) => holder(group, width, at === 0)));
      const outages = flags.filter((flag) => kindOf(flag) === "outage");
      marks.replaceChildren(svg("path", { d: outages.map(({ week }) => `M${week} 0V1`).join("") }));
      marks.toggleAttribute("hidden", !outages.length);
      if (focused) move(0);
    },
  };
}
