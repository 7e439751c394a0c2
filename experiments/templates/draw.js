"use strict";
const figures = JSON.parse(document.getElementById("figures").textContent);
const config = {{ config | safe }};
const PAPER = 660, TALL = 800, GAP = 16; // pixels across a sheet, down it, and between two charts side by side
// Colors are names that begin with @; the style sheet says what they are in the theme of the day.
function colored(value, style) {
  if (typeof value === "string" && value[0] === "@") return style.getPropertyValue("--" + value.slice(1)).trim();
  if (Array.isArray(value)) return value.map((each) => colored(each, style));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, colored(each, style)]));
  }
  return value;
}
function draw(paper = false) {
  document.documentElement.classList.toggle("paper", paper);
  const style = getComputedStyle(document.documentElement);
  for (const [id, figure] of Object.entries(figures)) {
    const layout = colored(figure.layout, style);
    if (paper) {
      layout.width = document.getElementById(id).closest(".multiples") ? (PAPER - GAP) / 2 : PAPER;
      layout.height = Math.min(layout.height, TALL);
    }
    Plotly.react(id, colored(figure.data, style), layout, config);
  }
}
draw();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => draw());
addEventListener("beforeprint", () => draw(true));
addEventListener("afterprint", () => draw());
