// "Right now": the figures of the week, exactly as recorded, and how far they are from the baseline's; at the foot what
// the run did over all its weeks, once both worlds are whole.

import { make, write } from "./dom.js";
import { infoTip } from "./tip.js";
import { comparison, figure, overAll } from "./words.js";

export function nowView({ meta, dates }) {
  const shown = meta.now.map((name) => {
    const column = meta.measures.findIndex((measure) => measure.name === name);
    return { column, measure: meta.measures[column] };
  }).filter(({ measure }) => measure);
  const whole = meta.charts.map(({ measure }) => meta.measures.findIndex(({ name }) => name === measure))
    .filter((column) => column >= 0).map((column) => ({ column, ...meta.measures[column] }));
  let run = null;
  let base = null;
  let summed = ""; // the pair of worlds that the foot speaks of

  const when = make("span", { class: "note" });
  const lines = shown.map(({ column, measure }) => {
    const number = make("span", { class: "value" });
    const unit = make("span", { class: "unit" });
    const apart = make("dd", { class: "apart" });
    const element = make("div", { class: "figure", "data-measure": measure.name },
      make("dt", {}, measure.label, infoTip(measure.label, measure.definition)),
      make("dd", {}, number, "\u00a0", unit), apart);
    return { column, measure, number, unit, apart, element };
  });
  const foot = make("p", { class: "note whole", role: "status" });
  const element = make("section", { class: "now panel", "aria-label": "Right now" },
    make("header", {}, make("h2", {}, "Right now"), when), make("dl", {}, ...lines.map((line) => line.element)),
    foot);

  const mean = (world, column) => {
    let sum = 0;
    for (let week = 0; week < meta.horizon; week += 1) sum += world.at(week, column);
    return sum / meta.horizon;
  };

  /** Says once for each pair of worlds what separates them over all weeks; nothing while one is still coming. */
  function sumUp() {
    const both = run && base && base.id !== run.id && [run, base].every(({ stream }) => stream.have >= meta.horizon);
    const pair = both ? `${run.id} ${base.id}` : "";
    if (pair === summed) return;
    summed = pair;
    write(foot, both ? overAll(meta.horizon, whole.map(({ column, label, unit }) => ({
      label, unit, value: mean(run, column), against: mean(base, column) }))) : "");
  }

  return {
    element,
    show(nextRun, nextBase) {
      [run, base] = [nextRun, nextBase];
    },
    draw(week) {
      sumUp();
      if (!run || week >= run.stream.have) return;
      write(when, dates.month(week));
      for (const { column, measure, number, unit, apart } of lines) {
        const value = run.at(week, column);
        const text = figure(value, measure.unit);
        write(number, text.number);
        write(unit, text.unit);
        const comparable = base && base.id !== run.id && week < base.stream.have;
        write(apart, comparable ? comparison(value, base.at(week, column), measure.unit) : "");
      }
    },
  };
}
