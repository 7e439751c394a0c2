// The county: where crews work this week, where they live, and where shoots are. Circles by area, all on one scale.

import { make, put, svg, tableTwin, write } from "./dom.js";
import { bunch, placeLabels, projection } from "./geography.js";
import { count, plural, short } from "./words.js";

const HOME_ON_CALL = 0;
const HOME_IDLE = 1;
const WORK = 2;
const SHOOTS = 3;
const LARGEST = 30; // radius of the largest circle, in map units

export function mapView({ meta, dates }) {
  const districts = meta.districts;
  const scale = meta.scale || 1; // of those whom the map counts, for each of the market
  const ground = projection(districts);
  let source = null;
  let week = 0;
  let byHome = false;
  let most = 1; // people in the largest circle of all weeks so far
  let seen = 0;

  const picture = svg("svg", { viewBox: `0 0 ${ground.width} ${ground.height.toFixed(0)}`, role: "img",
    "aria-label": "Schematic map of Los Angeles County; its numbers are in the table below" });
  const rings = (list, name) => svg("path", { class: name, d: list.map((ring) => ground.path(ring)).join("") });
  picture.append(rings((meta.neighbors || []).map((each) => each.ring || each), "neighbor"),
    rings(meta.outline || [], "county"));

  // The largest circles are drawn first, so that small ones stay in sight.
  const spots = districts.map((district, index) => {
    const [x, y] = ground.at(district.longitude, district.latitude);
    const outer = svg("circle", { class: "outer" });
    const inner = svg("circle", { class: "inner" });
    const dots = svg("path", { class: "shoots" });
    const group = svg("g", { class: "district", transform: `translate(${x.toFixed(1)},${y.toFixed(1)})` },
      svg("title", {}, district.label), outer, inner, dots);
    return { index, x, y, text: short(district.label, 20), outer, inner, dots, group };
  });
  const circles = svg("g", {});
  const names = svg("g", { class: "names", "aria-hidden": "true" });
  picture.append(circles, names);
  circles.append(...spots.map((spot) => spot.group));

  const choice = (label, home) => make("button", { type: "button", "aria-pressed": String(byHome === home),
    onclick: () => turn(home) }, label);
  const works = choice("Where they work", false);
  const lives = choice("Where crews live", true);
  const key = make("p", { class: "legend" });
  const caption = make("p", { class: "caption" });
  const twin = tableTwin("The map as a table", table);
  const element = make("section", { class: "map panel", "aria-label": "County map" },
    make("header", {}, make("h2", {}, "The county"), make("div", { class: "toggle", role: "group",
      "aria-label": "What the circles show" }, works, lives)), key, picture, caption, twin.element);

  const dot = (name) => make("span", { class: `swatch ${name}`, "aria-hidden": "true" });

  function turn(home) {
    byHome = home;
    put(works, "aria-pressed", String(!home));
    put(lives, "aria-pressed", String(home));
    picture.classList.toggle("home", home);
    key.replaceChildren(...(home
      ? [make("span", {}, dot("ring"), "crew who live here"), make("span", {}, dot("disc"), "of them on a call")]
      : [make("span", {}, dot("disc"), "on calls here"), make("span", {}, dot("ring"), "crew who live here"),
        make("span", {}, dot("dot"), scale === 1 ? "a shoot" : plural(1 / scale, "shoot"))]));
    draw(week);
  }

  /** One scale for all weeks and both views, so that sizes can be compared while playing. */
  function rescale(reach) {
    for (; seen < reach; seen++) {
      for (let district = 0; district < districts.length; district++) {
        most = Math.max(most, source.at(seen, WORK, district),
          source.at(seen, HOME_ON_CALL, district) + source.at(seen, HOME_IDLE, district));
      }
    }
  }

  function label() {
    const size = ({ index }) => source.at(week, WORK, index);
    const order = [...spots].sort((one, other) => size(other) - size(one));
    circles.replaceChildren(...order.map((spot) => spot.group));
    const placed = placeLabels(order.map((spot) => ({ ...spot, r: Number(widest(spot)) }))).filter(Boolean);
    names.replaceChildren(svg("path", { class: "lead", d: placed.map((name) => name.lead).join("") }),
      ...placed.map(({ x, y, anchor, text }) =>
        svg("text", { x: x.toFixed(1), y: y.toFixed(1), "text-anchor": anchor }, text)));
  }

  const radius = (people) => (Math.sqrt(people / most) * LARGEST).toFixed(1);
  const widest = ({ index }) => radius(Math.max(source.at(week, WORK, index),
    source.at(week, HOME_ON_CALL, index) + source.at(week, HOME_IDLE, index)));

  function draw(at) {
    week = at;
    if (!source || week >= source.stream.have) return;
    let shoots = 0;
    for (const { index, outer, inner, dots } of spots) {
      const onCall = source.at(week, HOME_ON_CALL, index);
      const home = onCall + source.at(week, HOME_IDLE, index);
      const here = source.at(week, SHOOTS, index);
      shoots += here;
      put(outer, "r", radius(home));
      put(inner, "r", radius(byHome ? onCall : source.at(week, WORK, index)));
      put(dots, "d", byHome ? "" : bunch(here));
    }
    write(caption, `${plural(shoots / scale, "shoot")} under way in the county`);
    twin.refresh();
  }

  function table() {
    const ready = source && week < source.stream.have;
    const value = (kind, index) => count(source.at(week, kind, index) / scale);
    return {
      caption: ready ? `${dates.month(week)}, week ${week + 1}` : "No week yet",
      head: ["District", "On calls here", "Live here, on a call", "Live here, searching", "Shoots"],
      rows: ready ? districts.map((district, index) => [district.label, value(WORK, index), value(HOME_ON_CALL, index),
        value(HOME_IDLE, index), value(SHOOTS, index)]) : [],
    };
  }

  turn(false);
  return {
    element,
    draw,
    show(next) {
      if (next !== source) [source, most, seen] = [next, 1, 0];
      const first = seen === 0;
      rescale(source.stream.have);
      if (first && source.stream.have) label();
      draw(week);
    },
  };
}
