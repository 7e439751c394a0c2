// One line chart: drawn by Plotly only when data, size or colors change. The cursor and the veil over the weeks to come
// are plain elements that move by transform, so that playing costs no Plotly call.

import { css } from "./colors.js";
import { make, tableTwin } from "./dom.js";
import { figure, isShare, plural } from "./words.js";

const HEIGHT = 210;
const MARGIN = { l: 52, t: 8, b: 26 };
const SMOOTH = 13; // weeks that a point of a line is the mean of: its own and those before it
export const SHORT = { run: "this run", base: "baseline", ghost: "previous" }; // what fits at the end of a line
const LABEL = { letter: 13, line: 19, apart: 4 }; // in pixels; the last is left free to both sides
const TICK = { strides: [1, 2, 3, 5, 10], apart: 50 }; // years from one to the next, and how many pixels at least

const pen = document.createElement("canvas").getContext("2d");

/** What stands at the right of the lines for their names, in pixels. */
function labelRoom(family) {
  pen.font = `${LABEL.letter}px ${family}`;
  return Math.ceil(Math.max(...Object.values(SHORT).map((name) => pen.measureText(name).width))) + 2 * LABEL.apart;
}

/** The mean of each week and the weeks before it; none until there are so many weeks. */
function trailing(values) {
  let sum = 0;
  let n = 0;
  const count = (value, sign) => {
    if (!Number.isFinite(value)) return;
    sum += sign * value;
    n += sign;
  };
  return values.map((value, week) => {
    count(value, 1);
    count(values[week - SMOOTH], -1);
    return week + 1 < SMOOTH || !n ? NaN : sum / n;
  });
}

export function createChart({ plan, measure, column, dates, horizon, labels, scrub }) {
  const days = Array.from({ length: horizon }, (_, week) => dates.iso(week));
  const plot = make("div", { class: "plot", "aria-hidden": "true" });
  const veil = make("div", { class: "veil" });
  const cursor = make("div", { class: "cursor" });
  const over = make("div", { class: "over" }, veil, cursor);
  const twin = tableTwin(`${plan.title} by year`, table);
  const element = make("figure", { class: "chart panel", "data-measure": measure.name },
    make("figcaption", {}, make("h3", {}, plan.title), make("span", { class: "note" }, unitWords())),
    make("div", { class: "frame" }, plot, over), twin.element);
  let runs = {};
  let width = 0;
  let room = 0;
  let shownWeek = 0;
  const draws = []; // times of Plotly calls in the last second, for tests

  function unitWords() {
    const unit = isShare(measure.unit) ? "%" : measure.unit;
    return `${unit}${measure.over === "sum" ? " a week" : ""}, mean of the last ${SMOOTH} weeks`;
  }

  const share = isShare(measure.unit) && measure.unit !== "%" ? 100 : 1;

  function values(run) {
    return Array.from({ length: run.stream.have }, (_, week) => run.at(week, column) * share);
  }

  /** The range of y over everything that is drawn, from zero where zero is not far. */
  function range(all) {
    let low = Infinity;
    let high = -Infinity;
    for (const value of all.flat()) {
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    if (low > high) return [0, 1];
    if (low >= 0 && low < high * 0.55) low = 0;
    const pad = (high - low || Math.abs(high) || 1) * 0.06;
    return [low === 0 ? 0 : low - pad, high + pad];
  }

  /** Names at the ends of lines, moved apart where they would cover each other. */
  function endLabels(lines, [low, high], colors) {
    const tall = HEIGHT - MARGIN.t - MARGIN.b;
    const ends = lines.map((line) => {
      const last = line.y.findLast(Number.isFinite);
      return { ...line, last, pixel: (1 - (last - low) / (high - low)) * tall };
    }).filter(({ last }) => last !== undefined).sort((one, other) => one.pixel - other.pixel);
    let edge = 0; // where the label before ends
    for (const end of ends) {
      end.at = Math.max(end.pixel, edge + LABEL.line / 2);
      edge = end.at + LABEL.line / 2;
    }
    edge = tall;
    for (const end of ends.toReversed()) {
      end.at = Math.min(end.at, edge - LABEL.line / 2);
      edge = end.at - LABEL.line / 2;
    }
    return ends.map((end) => ({ text: SHORT[end.key], x: 1, xref: "paper", xanchor: "left", xshift: LABEL.apart,
      borderpad: 0, y: end.last, yshift: end.pixel - end.at, showarrow: false, align: "left",
      font: { color: css(colors[end.color]), size: LABEL.letter } }));
  }

  /** Years under the lines, as many as have room. */
  function ticks() {
    const perYear = inner() / (horizon / 52);
    const stride = TICK.strides.find((years) => years * perYear >= TICK.apart) ?? TICK.strides.at(-1);
    return { tick0: `${dates.year(0) + 1}-01-01`, dtick: `M${12 * stride}`, tickformat: "%Y" };
  }

  function draw(colors) {
    if (!width || !runs.run) return;
    const lines = [ // dashes last: what lies over a line still shows it
      { key: "ghost", color: "muted", line: { width: 1.2 }, opacity: 0.6 },
      { key: "run", color: "model", line: { width: 2 } },
      { key: "base", color: "against", line: { width: 2, dash: "5px,4px" } },
    ].filter(({ key }) => runs[key]).map((line) => ({ ...line, y: trailing(values(runs[line.key])) }));
    const y = range(lines.map((line) => line.y));
    const axis = { color: css(colors.muted), gridcolor: css(colors.grid), zerolinecolor: css(colors.grid),
      linecolor: css(colors.grid), tickfont: { size: 12 }, fixedrange: true };
    const traces = lines.map((line) => ({ x: days.slice(0, line.y.length), y: line.y, mode: "lines", hoverinfo: "skip",
      connectgaps: false, opacity: line.opacity ?? 1, line: { ...line.line, color: css(colors[line.color]) } }));
    const { fontFamily: family } = getComputedStyle(element);
    const layout = { width, height: HEIGHT, margin: { ...MARGIN, r: room }, showlegend: false,
      paper_bgcolor: css(colors.card), plot_bgcolor: css(colors.card), font: { family, color: css(colors.text) },
      xaxis: { ...axis, type: "date", range: [days[0], days.at(-1)], showgrid: false, ...ticks() },
      yaxis: { ...axis, range: y, nticks: 5, separatethousands: true, ticksuffix: isShare(measure.unit) ? "%" : "" },
      annotations: endLabels(lines, y, colors) };
    globalThis.Plotly.react(plot, traces, layout, { staticPlot: true, displayModeBar: false });
    draws.push(performance.now());
    while (draws[0] < performance.now() - 1000) draws.shift();
    twin.refresh();
  }

  const inner = () => Math.max(1, width - MARGIN.l - room);

  function point(week) {
    shownWeek = week;
    const share_ = week / (horizon - 1);
    cursor.style.transform = `translateX(${(share_ * inner()).toFixed(1)}px)`;
    veil.style.transform = `scaleX(${(1 - share_).toFixed(4)})`;
  }

  const weekAt = (event) => ((event.clientX - over.getBoundingClientRect().left) / inner()) * (horizon - 1);
  over.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    over.setPointerCapture(event.pointerId);
    scrub(weekAt(event));
  });
  over.addEventListener("pointermove", (event) => {
    if (over.hasPointerCapture(event.pointerId)) scrub(weekAt(event));
  });

  /** Yearly means or sums of each world that is drawn. */
  function table() {
    const worlds = [["run", labels.run], ["base", labels.base], ["ghost", labels.ghost]].filter(([key]) => runs[key]);
    const years = new Map();
    worlds.forEach(([key], at) => {
      for (let week = 0; week < runs[key].stream.have; week++) {
        const value = runs[key].at(week, column);
        if (!Number.isFinite(value)) continue;
        const year = dates.year(week);
        if (!years.has(year)) years.set(year, worlds.map(() => ({ sum: 0, n: 0 })));
        years.get(year)[at].sum += value;
        years.get(year)[at].n += 1;
      }
    });
    const cell = ({ sum, n }, played) => {
      if (!n) return "–";
      const { number, unit } = figure(measure.over === "sum" ? sum : sum / n, measure.unit);
      const text = unit === "%" ? `${number}%` : number;
      return n < played ? `${text} (${plural(n, "week")} so far)` : text;
    };
    const parts = []; // years that are not whole
    const rows = [...years].sort(([one], [other]) => one - other).map(([year, cells]) => {
      const { all, played } = dates.weeks(year, horizon);
      if (played < all) parts.push(year);
      return [played === all ? String(year) : `${year}, ${plural(played, "week")}`,
        ...cells.map((each) => cell(each, played))];
    });
    return {
      caption: `${measure.label}, ${measure.over === "sum" ? "sum" : "mean"} of the year's weeks${
        parts.length ? `; not whole: ${parts.join(", ")}` : ""}`,
      head: ["Year", ...worlds.map(([, label]) => label)],
      rows,
    };
  }

  return {
    element,
    draw,
    point,
    draws,
    show(next) {
      runs = next;
    },
    resize() {
      const next = element.querySelector(".frame").clientWidth;
      if (next === width) return false;
      width = next;
      room = labelRoom(getComputedStyle(element).fontFamily);
      over.style.left = `${MARGIN.l}px`;
      over.style.width = `${inner()}px`;
      over.style.top = `${MARGIN.t}px`;
      over.style.height = `${HEIGHT - MARGIN.t - MARGIN.b}px`;
      point(shownWeek);
      return true;
    },
    dispose: () => globalThis.Plotly?.purge(plot),
  };
}
