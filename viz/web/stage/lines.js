// The line charts together: drawn anew at most four times a second while a run grows, one chart a frame.

import { createChart, SHORT } from "./chart.js";
import { make, throttled, write } from "./dom.js";
import { plotly } from "./scripts.js";

export function linesView({ meta, dates, horizon, scrub }) {
  const labels = { ghost: "the run before" };
  const name = ({ scenario, baseline }) => Object.assign(labels, { run: scenario || "this run",
    base: baseline || "baseline" });
  name(meta);
  const charts = meta.charts.map((plan) => {
    const column = meta.measures.findIndex((measure) => measure.name === plan.measure);
    return column < 0 ? null : createChart({ plan, measure: meta.measures[column], column, dates, horizon, labels, scrub });
  }).filter(Boolean);
  const keys = ["run", "base", "ghost"].map((key) => ({ key, said: make("span"), element: make("span", { hidden: true },
    make("span", { class: `stroke ${key}`, "aria-hidden": "true" })) }));
  for (const each of keys) each.element.append(each.said);
  const source = make("p", { class: "note source" }, meta.source || "");
  const element = make("section", { class: "lines", "aria-label": "Over the whole horizon" },
    make("p", { class: "legend" }, ...keys.map((each) => each.element)), ...charts.map((chart) => chart.element), source);
  let drawn = {};

  /** Which line is which world, by its whole name. */
  function explain() {
    for (const { key, said, element: entry } of keys) {
      write(said, labels[key].toLowerCase() === SHORT[key] ? SHORT[key] : `${SHORT[key]}: ${labels[key]}`);
      entry.hidden = !drawn[key];
    }
  }
  let colors = null;
  let frame = 0;

  const redraw = throttled(() => {
    cancelAnimationFrame(frame);
    let next = 0;
    const one = () => {
      if (next >= charts.length) return;
      if (colors && globalThis.Plotly && element.isConnected) charts[next].draw(colors);
      next += 1;
      frame = requestAnimationFrame(one);
    };
    frame = requestAnimationFrame(one);
  }, 250);

  const watcher = new ResizeObserver(() => {
    if (charts.map((chart) => chart.resize()).some(Boolean)) redraw();
  });
  watcher.observe(element);
  plotly().then(redraw);

  return {
    element,
    charts,
    draw(week) {
      for (const chart of charts) chart.point(week);
    },
    /** run, base, ghost: series, each may be missing; nothing is drawn of a world compared with itself. */
    show(run, base, ghost) {
      drawn = { run, base: base && base.id !== run?.id ? base : null, ghost };
      for (const chart of charts) chart.show(drawn);
      explain();
      redraw();
    },
    recolor(next) {
      colors = next;
      redraw();
    },
    /** Other names of the worlds. */
    rename(next) {
      name(next);
      write(source, next.source || "");
      explain();
      redraw();
    },
    dispose() {
      watcher.disconnect();
      redraw.cancel();
      cancelAnimationFrame(frame);
      for (const chart of charts) chart.dispose();
    },
  };
}
