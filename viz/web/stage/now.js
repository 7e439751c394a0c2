// "Right now": the figures of the week, exactly as recorded, and how far they are from the baseline's.

import { make, write } from "./dom.js";
import { infoTip } from "./tip.js";
import { comparison, figure } from "./words.js";

export function nowView({ meta, dates }) {
  const shown = meta.now.map((name) => {
    const column = meta.measures.findIndex((measure) => measure.name === name);
    return { column, measure: meta.measures[column] };
  }).filter(({ measure }) => measure);
  let run = null;
  let base = null;

  const when = make("span", { class: "note" });
  const lines = shown.map(({ column, measure }) => {
    const number = make("span", { class: "value" });
    const unit = make("span", { class: "unit" });
    const apart = make("dd", { class: "apart" });
    const element = make("div", { class: "figure", "data-measure": measure.name },
      make("dt", {}, measure.label, infoTip(measure.label, measure.definition)),
      make("dd", {}, number, " ", unit), apart);
    return { column, measure, number, unit, apart, element };
  });
  const element = make("section", { class: "now panel", "aria-label": "Right now" },
    make("header", {}, make("h2", {}, "Right now"), when), make("dl", {}, ...lines.map((line) => line.element)));

  return {
    element,
    show(nextRun, nextBase) {
      [run, base] = [nextRun, nextBase];
    },
    draw(week) {
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
