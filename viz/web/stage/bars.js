// The crew board where it is narrow: one stacked bar per craft, with the marks' patterns as fills.

import { make, put, write } from "./dom.js";
import { KINDS, NAMES } from "./glyphs.js";
import { inState, onCalls } from "./roster.js";
import { count } from "./words.js";

/** rows: as of the board; `open(row)` is called when a craft's name is pressed. One mark of a source `stands` for so many
 * workers. */
export function createBars(columns, open) {
  const element = make("ul", { class: "bars" });
  let lines = [];

  function line(name, row) {
    const parts = KINDS.map((kind) => make("span", { class: `part ${kind}` }));
    const number = make("span", { class: "number" });
    const head = row ? make("button", { type: "button", class: "craft", title: row.label, onclick: () => open(row) }, name)
      : make("span", { class: "craft" }, name);
    const bar = make("span", { class: "bar", role: "img" }, ...parts);
    return { element: make("li", {}, head, number, bar), parts, number, bar, values: [] };
  }

  return {
    element,
    /** All crafts, or one craft by where its people are. */
    lay(rows, zoomed) {
      lines = zoomed ? columns.map((column) => ({ column, ...line(column.title) }))
        : rows.map((row) => ({ row, ...line(row.short, row) }));
      element.replaceChildren(...lines.map((each) => each.element));
    },
    draw(source, week, zoomed, numberOf, stands) {
      const searching = columns.find((column) => column.name === "searching");
      const out = columns.find((column) => column.name === "out");
      for (const each of lines) {
        let values;
        if (zoomed) {
          const here = inState(source, week, zoomed.craft, each.column);
          const all = columns.reduce((sum, column) => sum + inState(source, week, zoomed.craft, column).all, 0);
          values = KINDS.map((kind) => (kind === each.column.kind ? here.plain : kind === "ai" ? here.ai : 0));
          values.push(all - here.all);
          write(each.number, count(here.all * stands));
        } else {
          const calls = onCalls(source, week, each.row.craft, columns);
          values = [calls.plain, calls.ai, inState(source, week, each.row.craft, searching).all,
            inState(source, week, each.row.craft, out).all, 0];
          write(each.number, numberOf(each.row, calls));
        }
        const all = values.reduce((sum, value) => sum + value, 0) || 1;
        each.parts.forEach((part, at) => {
          if (each.values[at] !== values[at] / all) part.style.width = `${((values[at] / all) * 100).toFixed(2)}%`;
          each.values[at] = values[at] / all;
        });
        each.spoken = KINDS.map((kind, at) => (values[at] ? `${count(values[at] * stands)} ${NAMES[kind]}` : ""))
          .filter(Boolean).join(", ") || "nobody";
      }
    },
    /** Names for assistive technology, written at rest. */
    settle() {
      for (const each of lines) put(each.bar, "aria-label", each.spoken || "nobody");
    },
  };
}
