// Draws the charts of the page: script.figures holds them by the id of the element that each is drawn into.
// The global `colored` of colors.js turns names of colors into those of the theme; Plotly is global, too.
import { toolbar } from "./pictures.js";
import { onTheme, watch } from "./watch.js";

const CONFIG = { displaylogo: false, responsive: false, displayModeBar: false };
const PAPER = 660, TALL = 800, GAP = 16; // pixels across a sheet, down it, and between two charts side by side
const drawn = new Map(); // element -> its figure, as data
const read = new WeakMap(); // script -> the text last read from it
const widths = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    if (contentRect.width && Math.abs(contentRect.width - target.drawnAt) > 1) draw(target);
  }
});

function draw(element, paper = false) {
  const figure = drawn.get(element);
  if (!figure || !element.isConnected || !element.clientWidth) return;
  const layout = globalThis.colored({ ...figure.layout });
  layout.width = element.clientWidth;
  if (paper) {
    layout.width = element.closest(".multiples") ? (PAPER - GAP) / 2 : PAPER;
    layout.height = Math.min(layout.height ?? TALL, TALL);
  }
  element.drawnAt = paper ? -1 : layout.width;
  globalThis.Plotly.react(element, globalThis.colored(figure.data), layout, CONFIG);
}

function all(paper = false) {
  document.documentElement.classList.toggle("paper", paper);
  for (const element of drawn.keys()) draw(element, paper);
}

function forgetRemoved() {
  for (const element of drawn.keys()) {
    if (element.isConnected) continue;
    widths.unobserve(element);
    globalThis.Plotly.purge(element);
    drawn.delete(element);
  }
}

// Reports have the rules of colors inside their page, so they are no module; here they lie beside this file.
function loadColors() {
  if (document.querySelector("script[data-colors]")) return;
  const script = document.head.appendChild(document.createElement("script"));
  script.dataset.colors = "";
  script.src = new URL("./colors.js", import.meta.url).href;
}

function figuresOf(script) {
  try {
    return Object.entries(JSON.parse(script.textContent));
  } catch {
    console.error("A script of figures could not be read.", script);
    return [];
  }
}

function take() {
  forgetRemoved();
  const scripts = document.querySelectorAll('script.figures[type="application/json"]');
  if (scripts.length && !globalThis.colored) loadColors();
  if (scripts.length && !(globalThis.Plotly && globalThis.colored)) {
    setTimeout(take, 100);
    return;
  }
  for (const script of scripts) {
    if (read.get(script) === script.textContent) continue;
    read.set(script, script.textContent);
    for (const [id, figure] of figuresOf(script)) put(id, figure);
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
  draw(element);
  if (isNew) {
    widths.observe(element);
    toolbar(element);
  }
}

watch(take);
onTheme(() => all());
addEventListener("beforeprint", () => all(true));
addEventListener("afterprint", () => all());
