// Paints the crew board pixel by pixel. A cell's picture follows from two counts, with and without AI, so a week costs
// no look at a single worker, and cells that did not change are left as they are.

import { pixel } from "./colors.js";
import { stamp } from "./glyphs.js";
import { stack } from "./packing.js";

export function createMarks(canvas) {
  const pen = canvas.getContext("2d");
  let board = null;
  let image = null;
  let words = null;
  let stamps = null; // per column: {plain, ai}
  let drawn = null; // per cell: the two counts it shows
  let background = 0;
  let rule = 0;

  /** Takes a layout; everything is painted anew at the next draw. */
  function lay(layout, kinds, colors) {
    board = layout;
    canvas.width = Math.max(1, board.width);
    canvas.height = Math.max(1, board.height);
    canvas.style.width = `${board.width / board.ratio}px`;
    canvas.style.height = `${board.height / board.ratio}px`;
    image = new ImageData(canvas.width, canvas.height);
    words = new Uint32Array(image.data.buffer);
    background = pixel(colors.card);
    rule = pixel(colors.grid);
    words.fill(background);
    stamps = board.columns.map(({ pitch }, column) => ({
      plain: stamp(kinds[column], pitch, colors),
      ai: stamp(kinds[column] === "call" ? "ai" : kinds[column], pitch, colors),
    }));
    drawn = new Int32Array(board.rows.length * board.columns.length * 2).fill(-1);
    rules();
  }

  /** Hairlines between crafts and between columns. */
  function rules() {
    for (const { y } of board.rows) if (y > 0) words.fill(rule, y * board.width, (y + 1) * board.width);
    for (const { x } of board.columns) {
      if (x === 0) continue;
      for (let at = x; at < words.length; at += board.width) words[at] = rule;
    }
  }

  function clear(row, column) {
    const { y, h } = board.rows[row];
    const { x, w } = board.columns[column];
    for (let line = y + 1; line < y + h; line++) {
      const from = line * board.width + x + 1;
      words.fill(background, from, from + w - 1);
    }
  }

  function fill(row, column, plain, ai) {
    const { x, w, pitch } = board.columns[column];
    const high = stack(board, row, column);
    const top = board.rows[row].y + board.pad;
    const room = Math.floor((w - board.pad) / pitch) * high;
    const glyphs = stamps[column];
    const total = Math.min(room, plain + ai);
    let left = x + board.pad;
    let down = 0;
    for (let index = 0; index < total; index++) {
      const glyph = index < plain ? glyphs.plain : glyphs.ai;
      let at = (top + down * pitch) * board.width + left;
      for (let line = 0, from = 0; line < pitch; line++, at += board.width) {
        for (let i = 0; i < pitch; i++) words[at + i] = glyph[from++];
      }
      if (++down === high) {
        down = 0;
        left += pitch;
      }
    }
  }

  /** `plain(row, column)` and `ai(row, column)` give the counts of the week. */
  function draw(plain, ai) {
    if (!board) return;
    let first = Infinity;
    let last = -1;
    for (let row = 0; row < board.rows.length; row++) {
      for (let column = 0; column < board.columns.length; column++) {
        const cell = (row * board.columns.length + column) * 2;
        const a = plain(row, column);
        const b = ai(row, column);
        if (drawn[cell] === a && drawn[cell + 1] === b) continue;
        drawn[cell] = a;
        drawn[cell + 1] = b;
        clear(row, column);
        fill(row, column, a, b);
        first = Math.min(first, board.rows[row].y);
        last = Math.max(last, board.rows[row].y + board.rows[row].h);
      }
    }
    if (last > first) pen.putImageData(image, 0, 0, 0, first, board.width, last - first);
  }

  return { lay, draw };
}
