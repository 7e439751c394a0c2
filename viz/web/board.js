// The drawing of a bet: axes, the line that a visitor draws, a handle for each year, and the line that came true.
const SVG = "http://www.w3.org/2000/svg";
const LEFT = 44, RIGHT = 16, TOP = 18, BOTTOM = 30, HANDLE = 7, TARGET = 13; // pixels

function make(name, attributes, words) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (words !== undefined) made.textContent = words;
  return made;
}

export function scales(spec, width, height) {
  const years = spec.to - spec.from, span = spec.high - spec.low;
  return {
    x: (year) => LEFT + ((year - spec.from) / years) * (width - LEFT - RIGHT),
    y: (value) => TOP + ((spec.high - value) / span) * (height - TOP - BOTTOM),
    year: (x) => Math.round(spec.from + ((x - LEFT) / (width - LEFT - RIGHT)) * years),
    value: (y) => spec.high - ((y - TOP) / (height - TOP - BOTTOM)) * span,
  };
}

function round(span, most) {
  const rough = span / most, power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].find((each) => each * power >= rough) * power;
}

function axes(spec, at, width, height, say) {
  const found = [], step = round(spec.high - spec.low, 5), every = round(spec.to - spec.from, width / 70);
  for (let value = Math.ceil(spec.low / step) * step; value <= spec.high + 1e-9; value += step) {
    found.push(make("path", { d: `M${LEFT} ${at.y(value)}H${width - RIGHT}`, class: "bet-grid" }));
    found.push(make("text", { x: LEFT - 8, y: at.y(value) + 4, class: "bet-tick", "text-anchor": "end" }, say(value)));
  }
  for (let year = spec.from; year <= spec.to; year += Math.max(1, every)) {
    found.push(make("text", { x: at.x(year), y: height - 8, class: "bet-tick", "text-anchor": "middle" }, year));
  }
  if (spec.start >= spec.low && spec.start <= spec.high) {
    found.push(make("path", { d: `M${LEFT} ${at.y(spec.start)}H${width - RIGHT}`, class: "bet-level" }));
  }
  return found;
}

function line(spec, at, values, name) {
  const points = values.map((value, k) => `${at.x(spec.from + k)} ${at.y(value)}`);
  return make("path", { d: `M${points.join("L")}`, class: name });
}

// Each label stands at the end of its line, on the side that is away from the other line.
function labels(at, width, bet, truth) {
  const mine = bet?.at(-1), upper = !truth || mine >= truth.at(-1);
  const put = (words, value, above, name) => make("text", {
    x: width - RIGHT, y: Math.max(TOP + 4, at.y(value) + (above ? -14 : 24)), class: name, "text-anchor": "end",
  }, words);
  const found = bet ? [put("your bet", mine, upper, "bet-label")] : [];
  if (truth) found.push(put("the model", truth.at(-1), !upper, "bet-label model"));
  return found;
}

export function board(width, height) {
  return make("svg", { width, height, class: "bet-board", role: "group" });
}

// ``values`` undefined: no bet was made, and the truth stands alone.
export function lines(spec, values, truth, width, height, say) {
  const at = scales(spec, width, height), found = axes(spec, at, width, height, say);
  if (truth) found.push(line(spec, at, truth, "bet-truth"));
  if (values) found.push(line(spec, at, values, "bet-line"));
  return [...found, ...labels(at, width, values, truth)];
}

export function handle(spec, year) {
  const group = make("g", {
    role: "slider", tabindex: 0, class: "bet-handle", "aria-orientation": "vertical", "aria-label": year,
    "aria-valuemin": spec.low, "aria-valuemax": spec.high, "data-year": year,
  });
  group.append(make("circle", { r: TARGET, class: "bet-target" }), make("circle", { r: HANDLE, class: "bet-dot" }));
  return group;
}
