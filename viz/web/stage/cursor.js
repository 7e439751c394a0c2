// The cell cursor of the crew board: arrow keys, and the pointer when it rests on a cell.

import { make, write } from "./dom.js";

/** `tell(row, column)` gives the caption; `choose(row, column, nth)` picks a worker of the cell. */
export function createCellCursor({ size, box, tell, choose, caption }) {
  const element = make("div", { class: "cell", hidden: true });
  const rest = "Point at a cell, or move with the arrow keys; click a mark, or press Enter, to pick that worker.";
  let row = 0;
  let column = 0;
  let nth = 0;
  let active = false;
  write(caption, rest);

  function redraw() {
    const [rows, columns] = size();
    row = Math.min(row, rows - 1);
    column = Math.min(column, columns - 1);
    const at = active ? box(row, column) : null;
    element.hidden = !at;
    if (!at) return;
    element.style.transform = `translate(${at.x}px, ${at.y}px)`;
    element.style.width = `${at.w}px`;
    element.style.height = `${at.h}px`;
    write(caption, tell(row, column) || rest);
  }

  function move(toRow, toColumn) {
    if (toRow !== row || toColumn !== column) nth = 0;
    [row, column, active] = [toRow, toColumn, true];
    redraw();
  }

  const strides = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  function listen(field) {
    field.addEventListener("focus", () => {
      active = field.matches(":focus-visible") || active;
      redraw();
    });
    field.addEventListener("keydown", (event) => {
      const [rows, columns] = size();
      const stride = strides[event.key];
      if (stride) {
        move(Math.max(0, Math.min(rows - 1, row + stride[0])), Math.max(0, Math.min(columns - 1, column + stride[1])));
      } else if (event.key === "Home") move(row, 0);
      else if (event.key === "End") move(row, columns - 1);
      else if (event.key === "Enter") choose(row, column, nth++);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    field.addEventListener("pointermove", (event) => {
      if (event.pointerType !== "mouse") return;
      const origin = field.getBoundingClientRect();
      const [rows, columns] = size();
      for (let r = 0; r < rows; r++) {
        const line = box(r, 0);
        if (!line || event.clientY - origin.top >= line.y + line.h) continue;
        for (let c = 0; c < columns; c++) {
          const cell = box(r, c);
          if (event.clientX - origin.left >= cell.x + cell.w) continue;
          if (r !== row || c !== column || !active) move(r, c);
          return;
        }
      }
    });
    field.addEventListener("pointerleave", () => {
      if (document.activeElement === field) return;
      active = false;
      redraw();
      write(caption, rest);
    });
  }

  return { element, listen, move, redraw, retell: () => active && redraw() };
}
