// One line chart: drawn by Plotly only when data, size or colors change. The cursor and the veil over the weeks to come
// are plain elements that move by transform, so that playing costs no Plotly call.

import { css } from "./colors.js";
import { make, tableTwin } from "./dom.js";
import { figure, isShare } from "./words.js";

const HEIGHT = 210;
const MARGIN = { l: 52, t: 8, b: 26 };
// Of names at the ends of lines, in pixels: size of letters, height of a line, what is left free to both sides, and how
// much room there is at least, at most, and in proportion to the chart.
const LABEL = { letter: 13, line: 17, apart: 4, narrowest: 110, widest: 132, share: 0.3 };

/** What stands at the right of the lines for their names, in pixels. */
const labelRoom = (width) => Math.round(Math.min(LABEL.widest, Math.max(LABEL.narrowest, width * LABEL.share)));

/** A whole name, on as many lines as it takes where there is `room`; `measured` gives the pixels of words. */
function wrapped(name, room, measured) {
  const lines = [];
  for (const word of name.split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && measured(longer) <= room) lines.splice(-1, 1, longer);
    else lines.push(word);
  }
  return lines;
}

const pen = document.createElement("canvas").getContext("2d");
function measuredIn(family) {
  pen.font = `${LABEL.letter}px ${family}`;
  return (words) => pen.measureText(words).width;
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
  let shownWeek = 0;
  const draws = []; // times of Plotly calls in the last second, for tests

  function unitWords() {
    if (isShare(measure.unit)) return "%, by week";
    return `${measure.unit}, by week`;
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
  function endLabels(lines, [low, high], colors, family) {
    const tall = HEIGHT - MARGIN.t - MARGIN.b;
    const [room, measured] = [labelRoom(width) - 2 * LABEL.apart, measuredIn(family)];
    const ends = lines.filter((line) => line.y.length && line.label).map((line) => {
      const last = line.y.findLast(Number.isFinite);
      return { ...line, last, words: wrapped(line.label, room, measured),
        pixel: (1 - (last - low) / (high - low)) * tall };
    }).filter(({ last }) => last !== undefined).sort((one, other) => one.pixel - other.pixel);
    let edge = 0; // where the label before ends
    let needed = 0;
    for (const end of ends) {
      end.half = (end.words.length * LABEL.line + 2) / 2;
      end.at = Math.max(end.pixel, edge + end.half);
      edge = end.at + end.half;
      needed += 2 * end.half;
    }
    edge = Math.max(tall, Math.min(needed, tall + MARGIN.b)); // many go on beside the dates
    for (const end of ends.toReversed()) {
      end.at = Math.min(end.at, edge - end.half);
      edge = end.at - end.half;
    }
    return ends.map((end) => ({ text: end.words.join("<br>"), x: 1, xref: "paper", xanchor: "left",
      xshift: LABEL.apart, borderpad: 0, y: end.last, yshift: end.pixel - end.at, showarrow: false, align: "left",
      font: { color: css(colors[end.color]), size: LABEL.letter } }));
  }

  function draw(colors) {
    if (!width || !runs.run) return;
    const lines = [
      { run: runs.ghost, label: labels.ghost, color: "muted", line: { width: 1.2 }, opacity: 0.6 },
      { run: runs.base, label: labels.base, color: "against", line: { width: 1.4, dash: "dash" } },
      { run: runs.run, label: labels.run, color: "model", line: { width: 1.8 } },
    ].filter(({ run }) => run).map((line) => ({ ...line, y: values(line.run) }));
    const y = range(lines.map((line) => line.y));
    const axis = { color: css(colors.muted), gridcolor: css(colors.grid), zerolinecolor: css(colors.grid),
      linecolor: css(colors.grid), tickfont: { size: 12 }, fixedrange: true };
    const traces = lines.map((line) => ({ x: days.slice(0, line.y.length), y: line.y, mode: "lines", hoverinfo: "skip",
      connectgaps: false, opacity: line.opacity ?? 1, line: { ...line.line, color: css(colors[line.color]) } }));
    const { fontFamily: family } = getComputedStyle(element);
    const layout = { width, height: HEIGHT, margin: { ...MARGIN, r: labelRoom(width) }, showlegend: false,
      paper_bgcolor: css(colors.card), plot_bgcolor: css(colors.card), font: { family, color: css(colors.text) },
      xaxis: { ...axis, type: "date", range: [days[0], days.at(-1)], showgrid: false, nticks: width < 500 ? 5 : 7 },
      yaxis: { ...axis, range: y, nticks: 5, separatethousands: true, ticksuffix: isShare(measure.unit) ? "%" : "" },
      annotations: endLabels(lines, y, colors, family) };
    globalThis.Plotly.react(plot, traces, layout, { staticPlot: true, displayModeBar: false });
    draws.push(performance.now());
    while (draws[0] < performance.now() - 1000) draws.shift();
    twin.refresh();
  }

  const inner = () => Math.max(1, width - MARGIN.l - labelRoom(width));

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
    const cell = ({ sum, n }) => {
      if (!n) return "–";
      const { number, unit } = figure(measure.over === "sum" ? sum : sum / n, measure.unit);
      return unit === "%" ? `${number}%` : number;
    };
    return {
      caption: `${measure.label}, ${measure.over === "sum" ? "sum" : "mean"} of the year's weeks`,
      head: ["Year", ...worlds.map(([, label]) => label)],
      rows: [...years].sort(([one], [other]) => one - other).map(([year, cells]) => [String(year), ...cells.map(cell)]),
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
