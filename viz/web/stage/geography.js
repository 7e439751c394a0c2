// From longitude and latitude to the map's own units: flat is true enough for one county.

const WIDE = 360; // units across the view: near the pixels it gets, so that letters keep their size
const MARGIN = 0.11; // degrees around the districts

export function projection(districts) {
  const lons = districts.map((district) => district.longitude);
  const lats = districts.map((district) => district.latitude);
  const west = Math.min(...lons) - MARGIN * 1.2;
  const east = Math.max(...lons) + MARGIN * 1.2;
  const south = Math.min(...lats) - MARGIN;
  const north = Math.max(...lats) + MARGIN * 0.7;
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = WIDE / ((east - west) * squeeze);
  const at = (lon, lat) => [(lon - west) * squeeze * scale, (north - lat) * scale];
  return {
    at,
    width: WIDE,
    height: (north - south) * scale,
    path: (ring) => `M${ring.map(([lon, lat]) => at(lon, lat).map((part) => part.toFixed(1)).join(",")).join("L")}Z`,
  };
}

const NEAR = 10; // a name that is nearer than this to its circle needs no line to it
const FAR = 46; // farthest that a name stands from its circle, in units of the map
const CLOSE = 14; // so near a name looks for a place that is clear of all circles, too
const BESIDE = 4; // units between a circle and its name

/** Places for names, the nearest first: beside a circle, over and under it, then at its corners, farther each time. */
function* around({ x, y, r }, w, line) {
  for (let away = r + BESIDE; away <= r + FAR; away += 4) {
    const corner = away - 0.29 * r; // where the circle is nearest to the corner of its square
    const [left, middle, right] = [x - away - w, x - w / 2, x + away];
    const [above, level, below] = [y - away - line, y - line / 2, y + away];
    const [west, east, north, south] = [x - corner - w, x + corner, y - corner - line, y + corner];
    yield* [
      { x: right, y: level, anchor: "start" }, { x: left, y: level, anchor: "end" },
      { x: middle, y: above, anchor: "middle" }, { x: middle, y: below, anchor: "middle" },
      { x: east, y: north, anchor: "start" }, { x: east, y: south, anchor: "start" },
      { x: west, y: north, anchor: "end" }, { x: west, y: south, anchor: "end" },
    ].map((each) => ({ ...each, away: away - r }));
  }
}

/**
 * Names beside their circles of radius r: the busiest first, none over another. One that finds its place only farther off has a
 * `lead`, the path of a line to its circle; null for a name that finds none.
 */
export function placeLabels(spots, letter = 6.6, line = 14) {
  const taken = [];
  const free = (box) => taken.every((other) => box.x > other.x + other.w || box.x + box.w < other.x
    || box.y > other.y + other.h || box.y + box.h < other.y);
  for (const { x, y } of spots) taken.push({ x: x - 4, y: y - 4, w: 8, h: 8 });
  return spots.map((spot) => {
    const w = spot.text.length * letter;
    const inside = (each) => each.x > 2 && each.x + w < WIDE - 2;
    const boxes = [...around(spot, w, line)].map((each) => ({ ...each, w, h: line }))
      .filter((each) => inside(each) && free(each));
    const box = boxes.find((each) => each.away < CLOSE && spots.every((other) => !covers(each, other))) ?? boxes[0];
    if (!box) return null;
    taken.push(box);
    const anchors = { start: box.x, end: box.x + w, middle: box.x + w / 2 };
    return { x: anchors[box.anchor], y: box.y + line - 4, anchor: box.anchor, text: spot.text, lead: lead(spot, box) };
  });
}

const covers = (box, { x, y, r }) => Math.hypot(Math.max(box.x - x, 0, x - box.x - box.w),
  Math.max(box.y - y, 0, y - box.y - box.h)) < r;

/** The line from a circle to the nearest point of its name; empty where the name stands beside it. */
function lead({ x, y, r }, box) {
  const [toX, toY] = [Math.min(Math.max(x, box.x), box.x + box.w), Math.min(Math.max(y, box.y), box.y + box.h)];
  const far = Math.hypot(toX - x, toY - y);
  if (far < r + NEAR) return "";
  const [fromX, fromY] = [x + ((toX - x) * r) / far, y + ((toY - y) * r) / far];
  return `M${fromX.toFixed(1)},${fromY.toFixed(1)}L${toX.toFixed(1)},${toY.toFixed(1)}`;
}

/** Up to 80 small dots around a point, as one path; a sunflower puts them evenly. */
const bunches = [];
export function bunch(n, step = 3.4) {
  const many = Math.min(n, 80);
  if (!bunches[many]) {
    let path = "";
    for (let i = 0; i < many; i++) {
      const far = step * Math.sqrt(i + 0.4);
      const turn = i * 2.39996;
      path += `M${(far * Math.cos(turn)).toFixed(1)},${(far * Math.sin(turn)).toFixed(1)}h0`;
    }
    bunches[many] = path;
  }
  return bunches[many];
}
