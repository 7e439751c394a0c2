// Draws the charts of the page: script.figures holds them by the id of the element that each is drawn into.
// The global `colored` of colors.js turns names of colors into those of the theme; reports have it inside their page, so
// it is no module. Plotly is global, too; both are asked for by the first chart.
import { toolbar } from "./pictures.js";
import { plotly, script } from "./stage/scripts.js";
import { onTheme, watch } from "./watch.js";

const CONFIG = { displaylogo: false, responsive: false, displayModeBar: false };
const PAPER = 660, TALL = 800, GAP = 16; // pixels across a sheet, down it, and between two charts side by side
const drawn = new Map(); // element -> its figure, as data
const read = new WeakMap(); // script of figures -> the text last read from it
let coming = null; // a promise while the first chart waits for what draws it
const widths = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    if (contentRect.width && Math.abs(contentRect.width - target.drawnAt) > 1) draw(target);
  }
});

const canDraw = () => globalThis.Plotly && globalThis.colored;

function draw(element, paper = false) {
  const figure = drawn.get(element);
  if (!canDraw() || !figure || !element.isConnected || !element.clientWidth) return;
  const layout = globalThis.colored({ ...figure.layout });
  layout.width = element.clientWidth;
  if (paper) {
    layout.width = element.closest(".multiples") ? (PAPER - GAP) / 2 : PAPER;
    layout.height = Math.min(layout.height ?? TALL, TALL);
  }
  element.drawnAt = paper ? -1 : layout.width;
  globalThis.Plotly.react(element, globalThis.colored(figure.data), layout, CONFIG);
  element.style.minHeight = "";
  toolbar(element);
}

function all(paper = false) {
  document.documentElement.classList.toggle("paper", paper);
  for (const element of drawn.keys()) draw(element, paper);
}

function forgetRemoved() {
  for (const element of drawn.keys()) {
    if (element.isConnected) continue;
    widths.unobserve(element);
    globalThis.Plotly?.purge(element);
    drawn.delete(element);
  }
}

function figuresOf(holder) {
  try {
    return Object.entries(JSON.parse(holder.textContent));
  } catch {
    console.error("A script of figures could not be read.", holder);
    return [];
  }
}

function take() {
  forgetRemoved();
  for (const holder of document.querySelectorAll('script.figures[type="application/json"]')) {
    if (read.get(holder) === holder.textContent) continue;
    read.set(holder, holder.textContent);
    for (const [id, figure] of figuresOf(holder)) put(id, figure);
  }
  if (drawn.size && !canDraw()) {
    coming ??= Promise.all([plotly(), script("colors.js")]).then(() => all()).finally(() => { coming = null; });
  }
}

function put(id, figure) {
  const element = document.getElementById(id);
  if (!element) {
    console.error(`There is no element ${id} for a chart.`);
    return;
  }
  const isNew = !drawn.has(element);
  drawn.set(element, figure);
  if (isNew) {
    if (figure.layout?.height) element.style.minHeight = `${figure.layout.height}px`; // nothing moves when it is drawn
    widths.observe(element);
  }
  draw(element);
}

watch(take);
onTheme(() => all());
addEventListener("beforeprint", () => all(true));
addEventListener("afterprint", () => all());
