"use strict";
const figures = JSON.parse(document.getElementById("figures").textContent);
const config = {{ config | safe }};
// Colors are names that begin with @; the style sheet says what they are in the theme of the day.
function colored(value, style) {
  if (typeof value === "string" && value[0] === "@") return style.getPropertyValue("--" + value.slice(1)).trim();
  if (Array.isArray(value)) return value.map((each) => colored(each, style));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, colored(each, style)]));
  }
  return value;
}
function draw() {
  const style = getComputedStyle(document.documentElement);
  for (const [id, figure] of Object.entries(figures)) {
    Plotly.react(id, colored(figure.data, style), colored(figure.layout, style), config);
  }
}
draw();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
