"use strict";
const figures = JSON.parse(document.getElementById("figures").textContent);
const config = {{ config | safe }};
const PAPER = 660, TALL = 800, GAP = 16; // pixels across a sheet, down it, and between two charts side by side
{% include "colors.js" %}
function draw(paper = false) {
  document.documentElement.classList.toggle("paper", paper);
  for (const [id, figure] of Object.entries(figures)) {
    const layout = colored(figure.layout);
    if (paper) {
      layout.width = document.getElementById(id).closest(".multiples") ? (PAPER - GAP) / 2 : PAPER;
      layout.height = Math.min(layout.height, TALL);
    }
    Plotly.react(id, colored(figure.data), layout, config);
  }
}
draw();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => draw());
addEventListener("beforeprint", () => draw(true));
addEventListener("afterprint", () => draw());
