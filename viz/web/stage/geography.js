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

/** Names are written beside circles where there is room: the busiest first, none over another. */
export function placeLabels(spots, letter = 6.6, line = 14) {
  const taken = [];
  const free = (box) => taken.every((other) => box.x > other.x + other.w || box.x + box.w < other.x
    || box.y > other.y + other.h || box.y + box.h < other.y);
  for (const { x, y } of spots) taken.push({ x: x - 4, y: y - 4, w: 8, h: 8 });
  return spots.map(({ x, y, text, away = 5 }) => {
    const w = text.length * letter;
    const tries = [
      { x: x + away, y: y - line / 2, anchor: "start" }, { x: x - away - w, y: y - line / 2, anchor: "end" },
      { x: x - w / 2, y: y - away - line, anchor: "middle" }, { x: x - w / 2, y: y + away, anchor: "middle" },
    ];
    const box = tries.map((each) => ({ ...each, w, h: line })).find((each) => each.x > 2
      && each.x + w < WIDE - 2 && free(each));
    if (!box) return null;
    taken.push(box);
    const anchors = { start: box.x, end: box.x + w, middle: box.x + w / 2 };
    return { x: anchors[box.anchor], y: box.y + line - 4, anchor: box.anchor, text };
  });
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
