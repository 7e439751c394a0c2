// Small functions for building elements, so that every part of the stage is written the same way.

let serial = 0;
export const freshId = (stem) => `callsheet-${stem}-${++serial}`;

/** make("button", {class: "x", onclick: f, "aria-label": "…"}, "text", child…) */
export function make(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Writes only what changed: playing touches hundreds of texts a second, most of them unchanged. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function put(element, name, value) {
  if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

/** Calls `work` at most once per `wait` ms, and once more at the end if something was held back. */
export function throttled(work, wait) {
  let last = -Infinity;
  let timer = 0;
  const call = () => {
    timer = 0;
    last = performance.now();
    work();
  };
  const ask = () => {
    if (timer) return;
    const rest = last + wait - performance.now();
    if (rest <= 0) call();
    else timer = setTimeout(call, rest);
  };
  ask.cancel = () => clearTimeout(timer);
  return ask;
}

/** Calls `work` when nothing was asked for `wait` ms. */
export function debounced(work, wait) {
  let timer = 0;
  const ask = () => {
    clearTimeout(timer);
    timer = setTimeout(work, wait);
  };
  ask.cancel = () => clearTimeout(timer);
  return ask;
}

/** A <details> whose table is written only while it is open; `draw` returns {caption, head, rows}. */
export function tableTwin(title, draw) {
  const table = make("table");
  const scroll = make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": title }, table);
  const details = make("details", { class: "twin" }, make("summary", {}, title), scroll);
  const redraw = () => {
    if (!details.open) return;
    const { caption, head, rows } = draw();
    const line = (cells, tag) => make("tr", {}, ...cells.map((cell, at) => (at === 0 || tag === "th"
      ? make("th", { scope: tag === "th" ? "col" : "row" }, cell) : make("td", {}, cell))));
    table.replaceChildren(make("caption", {}, caption), make("thead", {}, line(head, "th")),
      make("tbody", {}, ...rows.map((cells) => line(cells, "td"))));
  };
  const refresh = throttled(redraw, 250);
  details.addEventListener("toggle", redraw);
  return { element: details, refresh };
}
