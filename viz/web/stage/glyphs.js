// The four marks, as pixels: filled square (on a call), hatched square (on a call on an AI title), open circle
// (searching), small open diamond (out). Shape and color say the same thing twice, for whoever sees only one.

import { blend, pixel } from "./colors.js";

export const KINDS = ["call", "ai", "searching", "out"];
export const NAMES = { call: "on a call", ai: "on a call, AI title", searching: "searching", out: "out" };
const COLOR = { call: "model", ai: "claim", searching: "muted", out: "out" };

/** How much ink a pixel of a glyph gets, 0…1. */
function ink(kind, x, y, size, dense) {
  if (dense) return { call: 1, ai: 1, searching: 0.5, out: 0.3 }[kind]; // one pixel each: color and place must do
  if (size <= 2) return { call: 1, ai: (x + y) % 2 ? 0.35 : 1, searching: 0.5, out: (x + y) % 2 ? 0.12 : 0.75 }[kind];
  if (kind === "call") return 1;
  if (kind === "ai") {
    const period = Math.max(3, Math.round(size / 2.6));
    return (x + y) % period < Math.max(1, Math.round(period / 2)) ? 1 : 0.12;
  }
  const middle = (size - 1) / 2;
  const thick = Math.max(1, size / 5.5);
  if (kind === "searching") {
    if (size <= 5) { // too small for a circle: a square without its corners
      const edge = x === 0 || y === 0 || x === size - 1 || y === size - 1;
      const corner = (x === 0 || x === size - 1) && (y === 0 || y === size - 1);
      return edge && !corner ? 1 : 0;
    }
    const off = size / 2 - Math.hypot(x - middle, y - middle);
    return Math.max(0, Math.min(1, off + 0.3, thick + 0.5 - off));
  }
  const off = middle - (Math.abs(x - middle) + Math.abs(y - middle));
  return Math.max(0, Math.min(1, off + 1, thick - off));
}

/** The pixels of one glyph at a pitch: a square of pitch × pitch with its gap, over the card. */
export function stamp(kind, pitch, colors, gap = pitch > 3 ? Math.max(1, Math.round(pitch / 7)) : pitch > 1 ? 1 : 0) {
  let size = pitch - gap;
  if (kind === "out" && size > 2 && size % 2 === 0) size -= 1; // a diamond needs a middle
  const pixels = new Uint32Array(pitch * pitch).fill(pixel(colors.card));
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      pixels[y * pitch + x] = pixel(blend(colors[COLOR[kind]], colors.card, ink(kind, x, y, size, pitch === 1)));
    }
  }
  return pixels;
}

/** A canvas with one glyph, for legends. */
export function drawGlyph(canvas, kind, colors, side = 11) {
  const ratio = Math.ceil(devicePixelRatio || 1);
  const pitch = side * ratio;
  canvas.width = canvas.height = pitch;
  canvas.style.width = canvas.style.height = `${side}px`;
  const image = new ImageData(pitch, pitch);
  new Uint32Array(image.data.buffer).set(stamp(kind, pitch, colors, 0));
  canvas.getContext("2d").putImageData(image, 0, 0);
}
