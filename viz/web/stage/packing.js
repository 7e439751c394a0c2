// Where marks go on the crew board: pure arithmetic in device pixels, from the most a cell ever has to hold.

const HEADROOM = 1.01; // a run that goes on may bring a few more; then the board need not be laid anew

/**
 * Finds the largest mark with which the board keeps to `height`. `peak(row, column)` is the most marks a cell holds;
 * columns are {out: bool}. Marks of people who are out are smaller. If even the smallest mark does not keep to the
 * height, the board grows: nothing ever overflows its cell.
 */
export function pack({ rows, columns, peak, width, height, ratio, minRow, minColumn, largest = 9 }) {
  const peaks = rows.map((_, row) => columns.map((_column, column) => Math.ceil(peak(row, column) * HEADROOM)));
  let best = null;
  for (let pitch = Math.round(largest * ratio); pitch >= 1; pitch--) {
    best = layout(pitch, peaks, { columns, width, ratio, minRow, minColumn });
    if (best.height <= height * ratio) break;
  }
  return best;
}

function layout(pitch, peaks, { columns, width, ratio, minRow, minColumn }) {
  const pad = Math.round(2 * ratio);
  const pitches = columns.map((column) => (column.out ? Math.max(1, Math.floor(pitch * 0.55)) : pitch));
  const total = Math.floor(width * ratio);
  const least = Math.min(Math.floor(total / columns.length), Math.round(minColumn * ratio));
  const widths = share(total, least, peaks.map((row) => row.map((n, column) => n * pitches[column] ** 2)),
    Math.round(minRow * ratio));
  let x = 0;
  const across = widths.map((w, column) => {
    const cell = { x, w, pitch: pitches[column], fits: Math.max(1, Math.floor((w - 2 * pad) / pitches[column])) };
    x += w;
    return cell;
  });
  let y = 0;
  const down = peaks.map((row) => {
    const need = Math.max(...row.map((n, column) => Math.ceil(n / across[column].fits) * pitches[column]));
    const h = Math.max(Math.round(minRow * ratio), need + 2 * pad);
    const line = { y, h };
    y += h;
    return line;
  });
  return { pitch, pad, columns: across, rows: down, width: total, height: y, ratio, peaks };
}

/**
 * Divides the width so that the rows together become as low as possible: from equal parts, small pieces move from one
 * column to another as long as that helps. `areas[row][column]` is what the marks of a cell cover.
 */
function share(total, least, areas, minRow) {
  const count = areas[0].length;
  const widths = Array.from({ length: count }, (_, at) => Math.floor((total * (at + 1)) / count)
    - Math.floor((total * at) / count));
  const tall = () => areas.reduce((sum, row) => sum + Math.max(minRow, ...row.map((area, at) => area / widths[at])), 0);
  let best = tall();
  for (let piece = Math.round(total / 12); piece >= 2; piece = Math.floor(piece / 2)) {
    for (let better = true; better;) {
      better = false;
      for (let from = 0; from < count; from++) {
        for (let to = 0; to < count; to++) {
          if (from === to || widths[from] - piece < least) continue;
          widths[from] -= piece;
          widths[to] += piece;
          const next = tall();
          if (next < best - 0.01) {
            best = next;
            better = true;
          } else {
            widths[from] += piece;
            widths[to] -= piece;
          }
        }
      }
    }
  }
  return widths;
}

/** How many marks stand in one stack of a cell: cells fill in columns, so that a cell reads like a bar. */
export const stack = (board, row, column) =>
  Math.max(1, Math.floor((board.rows[row].h - 2 * board.pad) / board.columns[column].pitch));

/** The corner of the mark number `index` in a cell. */
export function spot(board, row, column, index) {
  const high = stack(board, row, column);
  const { x, pitch } = board.columns[column];
  return {
    x: x + board.pad + Math.floor(index / high) * pitch,
    y: board.rows[row].y + board.pad + (index % high) * pitch,
    size: pitch,
  };
}

/** What is under a point: {row, column, index}; index may lie beyond the marks that are there. */
export function under(board, x, y) {
  const row = board.rows.findIndex((line) => y >= line.y && y < line.y + line.h);
  const column = board.columns.findIndex((cell) => x >= cell.x && x < cell.x + cell.w);
  if (row < 0 || column < 0) return null;
  const high = stack(board, row, column);
  const { x: left, pitch } = board.columns[column];
  const across = Math.floor((x - left - board.pad) / pitch);
  const down = Math.floor((y - board.rows[row].y - board.pad) / pitch);
  const inside = across >= 0 && down >= 0 && down < high;
  return { row, column, index: inside ? across * high + down : -1 };
}
