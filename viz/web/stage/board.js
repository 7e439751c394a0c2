// The crew board: crafts down, where people are across, one mark for each (sampled) worker.

import { make, tableTwin, write } from "./dom.js";
import { createBars } from "./bars.js";
import { createCellCursor } from "./cursor.js";
import { drawGlyph, KINDS, NAMES } from "./glyphs.js";
import { createMarks } from "./marks.js";
import { pack, spot, under } from "./packing.js";
import { boardColumns, boardRows, inState, onCalls } from "./roster.js";
import { count, plural } from "./words.js";

const NARROW = 700; // pixels; below it bars stand for marks

/**
 * `exact(measure, week)` gives a recorded number; `ask({craft, everyone})` wants another source; `pick(row)` tells which
 * worker was chosen. A source is {people, every, craft: name or null}.
 */
export function boardView({ meta, dates, exact, ask, pick }) {
  const columns = boardColumns(meta.columns);
  const allRows = boardRows(meta.crafts);
  let source = null;
  let week = 0;
  let rows = allRows;
  let board = null;
  let colors = null;
  let width = 0;
  let picked = -1;
  let refocus = null; // () => the element that takes the focus once another source is shown

  const canvas = make("canvas", { "aria-hidden": "true" });
  const marks = createMarks(canvas);
  const ring = make("div", { class: "ring", hidden: true });
  const caption = make("p", { class: "caption", "aria-live": "polite" });
  const cursor = createCellCursor({ size: () => [rows.length, columns.length], box: cellBox, tell: describe,
    choose: pickNth, caption });
  const field = make("div", { class: "field", tabindex: 0, role: "application", "data-do": "board",
    "aria-label": "Crew board. Arrow keys move over crafts and places, Enter picks a worker." },
  canvas, cursor.element, ring);
  cursor.listen(field);
  const labels = make("ul", { class: "labels", "aria-label": "Crafts, and how many of each are on calls" });
  const numberHead = make("div", { class: "number-head", "aria-hidden": "true" }, "on calls");
  const heads = make("div", { class: "heads", "aria-hidden": "true" });
  const bars = createBars(columns, enter);
  const scale = make("span", { class: "scale" });
  const swatches = KINDS.map((kind) => ({ kind, canvas: make("canvas", { "aria-hidden": "true" }) }));
  const legend = make("p", { class: "legend" }, scale,
    ...swatches.map(({ kind, canvas: swatch }) => make("span", {}, swatch, NAMES[kind])));
  const everyone = make("button", { type: "button", "aria-pressed": "false",
    onclick: () => ask({ everyone: everyone.getAttribute("aria-pressed") !== "true" }) }, "Everyone");
  const back = make("button", { type: "button", hidden: true, onclick: leave }, "All crafts");
  const title = make("h2", {}, "Crew board");
  const note = make("span", { class: "note" });
  const twin = tableTwin("The board as a table", table);
  const grid = make("div", { class: "grid" }, numberHead, heads, labels, field);
  const element = make("section", { class: "board panel", id: "board", tabindex: -1, "aria-label": "Crew board" },
    make("header", {}, title, note, back, everyone), legend, grid, bars.element, caption, twin.element);

  const narrow = () => width < NARROW;
  const stands = () => source.every / (meta.scale || 1); // workers of the market for whom one mark stands
  const zoomed = () => (source?.craft ? rows[0] : null);
  const barsSay = () => `Each bar is everyone of the craft, its number those ${zoomed() ? "who are there" : "on calls"}`;

  function relay() {
    if (!source || !width || !colors) return;
    rows = source.craft ? allRows.filter((row) => row.name === source.craft) : allRows;
    element.classList.add("laid");
    element.classList.toggle("narrow", narrow());
    title.textContent = source.craft ? rows[0].label : "Crew board";
    back.hidden = !source.craft;
    everyone.hidden = Boolean(source.craft) || narrow();
    everyone.setAttribute("aria-pressed", String(!source.craft && source.every === 1));
    scale.textContent = narrow() ? barsSay() : `1 mark = ${plural(stands(), "worker")}`;
    for (const swatch of swatches) drawGlyph(swatch.canvas, swatch.kind, colors);
    if (narrow()) {
      board = null;
      bars.lay(rows, zoomed());
      takeFocus();
      return;
    }
    const coarse = matchMedia("(pointer: coarse)").matches;
    const peaks = source.people.peaks;
    board = pack({
      rows, columns, width: field.clientWidth, height: source.craft ? 640 : 980, ratio: devicePixelRatio || 1,
      minRow: coarse ? 44 : 25, minColumn: 92, largest: source.craft ? 12 : 9,
      peak: (row, column) => peaks[rows[row].craft * 8 + columns[column].state],
    });
    marks.lay(board, columns.map((column) => column.kind), colors);
    const at = (pixels) => `${pixels / board.ratio}px`;
    heads.replaceChildren(...columns.map((column, index) => {
      const head = make("span", {}, column.title);
      head.style.width = at(board.columns[index].w);
      return head;
    }));
    labels.replaceChildren(...rows.map((row, index) => {
      row.number = make("span", { class: "number" });
      const name = make("button", { type: "button", class: "craft", title: row.label,
        onclick: () => (source.craft ? leave() : enter(row)) }, row.short);
      const item = make("li", { class: row.together ? "together" : "" }, name, row.number);
      item.style.height = at(board.rows[index].h);
      return item;
    }));
    cursor.redraw();
    takeFocus();
  }

  // Names that were pressed are built anew with the board; whoever came by keyboard stays where that led.
  function enter(row) {
    refocus = () => (source.craft === row.name ? back : null);
    ask({ craft: row.name });
  }

  function leave() {
    const { label } = rows[0];
    refocus = () => (source.craft ? null : [...element.querySelectorAll("button.craft")]
      .find((name) => name.offsetParent && (name.title || name.textContent) === label));
    ask({ craft: null });
  }

  function takeFocus() {
    const target = refocus?.();
    if (!target) return;
    refocus = null;
    target.focus({ preventScroll: true });
  }

  /** The number of everyone of a craft on calls; from a sample it is an estimate, and says so. */
  function numberOf(row, calls) {
    const recorded = row.measure ? exact(row.measure, week) : NaN;
    if (Number.isFinite(recorded)) return count(recorded);
    return `${source.every === 1 ? "" : "≈ "}${count(calls.all * stands())}`;
  }

  function outgrown() {
    return board.peaks.some((cells, row) => cells.some((most, column) =>
      source.people.peaks[rows[row].craft * 8 + columns[column].state] > most));
  }

  function draw(at) {
    week = at;
    if (!source || week >= source.people.weeks) return;
    if (narrow()) {
      bars.draw(source, week, zoomed(), numberOf, stands());
    } else if (board) {
      if (outgrown()) relay();
      const { people } = source;
      marks.draw((row, column) => people.count(week, rows[row].craft, columns[column].state),
        (row, column) => people.countAi(week, rows[row].craft, columns[column].state));
      for (const row of rows) write(row.number, numberOf(row, onCalls(source, week, row.craft, columns)));
      drawRing();
      cursor.retell();
    }
    twin.refresh();
  }

  /** Keeps the chosen worker's mark in sight. */
  function drawRing() {
    const here = picked < 0 ? null : source.people.whereabouts(week, picked);
    const row = here ? rows.findIndex((each) => each.craft === here.craft) : -1;
    ring.hidden = row < 0;
    if (row < 0) return;
    const column = columns.findIndex((each) => each.state === here.column);
    const index = source.people.cell(week, here.craft, here.column).indexOf(picked);
    const mark = spot(board, row, column, index);
    ring.style.transform = `translate(${mark.x / board.ratio - 4}px, ${mark.y / board.ratio - 4}px)`;
    ring.style.width = ring.style.height = `${mark.size / board.ratio + 7}px`;
  }

  function cellBox(row, column) {
    if (!board) return null;
    const [line, cell] = [board.rows[row], board.columns[column]];
    return { x: cell.x / board.ratio, y: line.y / board.ratio, w: cell.w / board.ratio, h: line.h / board.ratio };
  }

  function describe(row, column) {
    if (!source || week >= source.people.weeks) return "";
    const here = inState(source, week, rows[row].craft, columns[column]);
    const about = source.every === 1 ? "" : "about ";
    const ai = columns[column].work ? `, ${count(here.ai * stands())} of them on AI titles` : "";
    const state = columns[column].work ? `on calls in ${columns[column].name}` : columns[column].name;
    return `${rows[row].label}: ${about}${count(here.all * stands())} ${state}${ai} · ${dates.month(week)}`;
  }

  function choose(row) {
    picked = row;
    drawRing();
    pick(row);
  }

  function pickNth(row, column, nth) {
    const people = source ? source.people.cell(week, rows[row].craft, columns[column].state) : [];
    if (people.length) choose(people[nth % people.length]);
  }

  canvas.addEventListener("click", (event) => {
    if (!board) return;
    const box = canvas.getBoundingClientRect();
    const hit = under(board, (event.clientX - box.left) * board.ratio, (event.clientY - box.top) * board.ratio);
    if (!hit) return;
    cursor.move(hit.row, hit.column);
    const row = source.people.cell(week, rows[hit.row].craft, columns[hit.column].state)[hit.index];
    if (row !== undefined) choose(row);
  });

  function table() {
    const number = (value) => count(value * stands());
    const ready = source && week < source.people.weeks;
    return {
      caption: ready ? `${dates.month(week)}, week ${week + 1}${source.every > 1
        ? `; estimated from one worker in ${count(stands())}` : ""}` : "No week yet",
      head: ["Craft", ...columns.map((column) => column.title), "On AI titles"],
      rows: ready ? rows.map((row) => [row.label,
        ...columns.map((column) => number(inState(source, week, row.craft, column).all)),
        number(onCalls(source, week, row.craft, columns).ai)]) : [],
    };
  }

  const watcher = new ResizeObserver(() => {
    if (element.clientWidth === width) return;
    width = element.clientWidth;
    element.classList.toggle("narrow", narrow());
    relay();
    draw(week);
  });
  watcher.observe(element);

  return {
    element,
    draw,
    /** Another source of people; `text` tells what is being loaded meanwhile. */
    show(next) {
      source = next;
      relay();
      draw(week);
    },
    note: (text) => write(note, text),
    recolor(next) {
      colors = next;
      relay();
      draw(week);
    },
    settle(playing) {
      caption.setAttribute("aria-live", playing ? "off" : "polite");
      bars.settle();
      cursor.retell();
    },
    picked(row) {
      picked = row;
      if (board && source && week < source.people.weeks) drawRing();
    },
    dispose: () => watcher.disconnect(),
  };
}
