// Place your bet, then see: the visitor draws a line, and only then the model's line shows, with theirs kept.
// <div class="bet" data-spec='{"title", "unit", "from", "to", "start", "low", "high", "truth"?, "says"?}'>; the bet is
// kept for the session under the nearest [data-story], so that a later scene with the truth still knows it. Whoever comes
// to the truth without a bet sees it at once: the text beside it has told it already.
import { board, handle, lines, scales } from "./board.js";
import { say } from "./say.js";
import { watch } from "./watch.js";

const HEIGHT = 300, NARROW = 500, LOW = 250; // pixels
const built = new WeakMap(); // element -> the specification it was built from

class Bet {
  constructor(element, spec) {
    Object.assign(this, { element, spec, years: spec.to - spec.from, drawn: new Map(), placed: false, without: false });
    this.step = spec.step ?? 10 ** Math.floor(Math.log10((spec.high - spec.low) / 40));
    this.format = new Intl.NumberFormat("en-US", { maximumFractionDigits: Math.max(0, -Math.log10(this.step)) });
    this.finer = new Intl.NumberFormat("en-US", { maximumFractionDigits: Math.max(0, 1 - Math.log10(this.step)) });
    this.key = `callsheet:bet:${element.closest("[data-story]")?.dataset.story ?? spec.title}`;
    this.remember();
    this.build();
    this.seen = new ResizeObserver(() => this.measure());
    this.seen.observe(element);
  }

  // Years that were not drawn lie on the line between those that were, and level after the last.
  get values() {
    const known = [[0, this.spec.start], ...[...this.drawn].sort(([one], [other]) => one - other)];
    return Array.from({ length: this.years + 1 }, (_, k) => {
      const after = known.find(([at]) => at >= k), before = known.findLast(([at]) => at <= k);
      if (!after) return before[1];
      return after[0] === before[0] ? after[1]
        : before[1] + ((after[1] - before[1]) * (k - before[0])) / (after[0] - before[0]);
    });
  }

  words(value, format = this.format) {
    const { unit } = this.spec, number = format.format(value).replace("-", "−");
    return unit.startsWith("%") ? `${number}${unit}` : `${number} ${unit}`;
  }

  tick(value) {
    return `${this.format.format(value)}${this.spec.unit.startsWith("%") ? "%" : ""}`.replace("-", "−");
  }

  set(k, value) {
    if (this.placed || k < 1 || k > this.years) return;
    const { low, high } = this.spec, rounded = Math.round(value / this.step) * this.step;
    this.drawn.set(k, Math.min(high, Math.max(low, Number(rounded.toFixed(6)))));
    this.paint();
  }

  build() {
    const { element, spec } = this;
    this.handles = Array.from({ length: this.years }, (_, k) => handle(spec, spec.from + k + 1));
    this.svg = board(0, HEIGHT);
    this.svg.setAttribute("aria-label", `${spec.title}: draw your line`);
    this.title = Object.assign(document.createElement("p"), { className: "bet-title", textContent: spec.title });
    this.hint = Object.assign(document.createElement("p"), { className: "small" });
    this.button = Object.assign(document.createElement("button"), { type: "button", className: "button" });
    this.result = Object.assign(document.createElement("p"), { className: "bet-result" });
    element.replaceChildren(this.title, this.hint, this.svg, this.result, this.button);
    this.button.addEventListener("click", () => (this.placed ? this.again() : this.place()));
    this.svg.addEventListener("keydown", (event) => this.press(event));
    for (const kind of ["pointerdown", "pointermove", "pointerup", "pointercancel"]) {
      this.svg.addEventListener(kind, (event) => this.point(event));
    }
    this.measure();
  }

  measure() {
    if (!this.element.isConnected) {
      this.seen?.disconnect();
      return;
    }
    const width = Math.floor(this.element.clientWidth - 2 * parseFloat(getComputedStyle(this.element).paddingLeft));
    if (width < 1 || width === this.width) return;
    this.width = width;
    this.height = width < NARROW ? LOW : HEIGHT;
    this.svg.setAttribute("width", width);
    this.svg.setAttribute("height", this.height);
    this.paint();
  }

  paint() {
    const { spec, svg, values, width, height } = this, at = scales(spec, width, height);
    const truth = this.placed ? spec.truth : undefined;
    svg.querySelectorAll(":scope > :not(.bet-handle)").forEach((each) => each.remove());
    svg.prepend(...lines(spec, this.without ? undefined : values, truth, width, height, (value) => this.tick(value)));
    for (const [k, each] of this.handles.entries()) {
      each.setAttribute("transform", `translate(${at.x(spec.from + k + 1)} ${at.y(values[k + 1])})`);
      each.setAttribute("aria-valuenow", values[k + 1]);
      each.setAttribute("aria-valuetext", `${spec.from + k + 1}: ${this.words(values[k + 1])}`);
      each.setAttribute("aria-disabled", this.placed);
      each.setAttribute("tabindex", this.placed ? -1 : 0);
      if (this.without) each.remove();
      else if (!each.isConnected) svg.append(each);
    }
    svg.classList.toggle("placed", this.placed);
    this.hint.textContent = this.without ? "Solid: the model. You placed no bet."
      : this.placed ? "Dashed: your bet." + (truth ? " Solid: the model." : "")
      : "Draw the line with a finger or the mouse, or go to a year with Tab and use the arrow keys.";
    this.button.classList.toggle("main", !this.placed);
    this.button.textContent = this.without ? "Draw a line of my own"
      : this.placed ? "Draw again" : "Place my bet";
    this.result.textContent = this.placed ? this.verdict() : "";
  }

  verdict() {
    const { spec, values } = this, mine = values.at(-1), end = spec.truth?.at(-1);
    if (end === undefined) return `Your bet for ${spec.to} is ${this.words(mine)}. It is kept.`;
    const apart = Math.round((mine - end) / this.step) * this.step;
    const points = spec.unit.startsWith("%") ? " points" : "";
    const how = apart === 0 ? "Your bet is right there."
      : `Your bet is ${this.format.format(Math.abs(apart))}${points} ${apart > 0 ? "above" : "below"} it.`;
    const there = `in the model it is ${this.words(end, this.finer)}`;
    if (this.without) return `For ${spec.to} ${there}. ${spec.says ?? ""}`.trim();
    return `You drew ${this.tick(mine)} for ${spec.to}; ${there}. ${how} ${spec.says ?? ""}`.trim();
  }

  place() {
    this.placed = true;
    try {
      sessionStorage.setItem(this.key, JSON.stringify(this.values));
    } catch { /* a browser that keeps nothing: the bet lasts as long as the scene */ }
    this.paint();
    say(this.verdict(), false);
  }

  again() {
    this.placed = this.without = false;
    this.paint();
    this.handles.at(-1).focus();
  }

  remember() {
    let kept;
    try {
      kept = JSON.parse(sessionStorage.getItem(this.key));
    } catch { /* not ours, or not readable */ }
    const mine = Array.isArray(kept) && kept.length === this.years + 1 && kept.every(Number.isFinite);
    if (mine) kept.slice(1).forEach((value, k) => this.drawn.set(k + 1, value));
    this.without = !mine && Boolean(this.spec.truth);
    this.placed = mine || this.without;
  }

  press(event) {
    const k = Number(event.target.closest("[data-year]")?.dataset.year) - this.spec.from;
    const { low, high } = this.spec, now = this.values[k], far = 10 * this.step;
    const to = { ArrowUp: now + this.step, ArrowRight: now + this.step, ArrowDown: now - this.step,
      ArrowLeft: now - this.step, PageUp: now + far, PageDown: now - far, Home: low, End: high }[event.key];
    if (to === undefined || Number.isNaN(k) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.set(k, to);
  }

  point(event) {
    const { x, y } = this.svg.getBoundingClientRect(), at = scales(this.spec, this.width, this.height);
    const k = Math.min(this.years, Math.max(1, at.year(event.clientX - x) - this.spec.from));
    const value = at.value(event.clientY - y);
    if (event.type === "pointerdown" && !this.placed && !event.button) {
      this.svg.setPointerCapture(event.pointerId);
      this.last = [k, value];
      this.set(k, value);
      this.handles[k - 1].focus({ preventScroll: true });
    } else if (event.type === "pointermove" && this.last) {
      const [from, before] = this.last, way = k - from; // a quick hand skips years: they lie on the way
      for (let j = 1; j <= Math.abs(way); j++) {
        this.set(from + j * Math.sign(way), before + (value - before) * (j / Math.abs(way)));
      }
      if (!way) this.set(k, value);
      this.last = [k, value];
    } else if (event.type !== "pointermove") this.last = undefined;
  }
}

watch(() => {
  for (const element of document.querySelectorAll(".bet[data-spec]")) {
    const text = element.dataset.spec;
    if (built.get(element) === text && element.querySelector(".bet-board")) continue;
    built.set(element, text);
    new Bet(element, JSON.parse(text));
  }
});
