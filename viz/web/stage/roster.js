// What the crew board's rows and columns are: crafts by department, and where people are in reading order.

import { short } from "./words.js";

const WORK = ["development", "prep", "shoot", "post"];
const TITLES = { development: "Development", prep: "Prep", shoot: "Shoot", post: "Post", searching: "Searching",
  out: "Out" };

/** Columns in the order in which they are shown: work first, then searching, then out. */
export function boardColumns(names) {
  const order = [...WORK, "searching", "out"].filter((name) => names.includes(name));
  return order.map((name) => ({
    name,
    title: TITLES[name],
    state: names.indexOf(name),
    work: WORK.includes(name),
    out: name === "out",
    kind: WORK.includes(name) ? "call" : name,
  }));
}

/** Crafts with departments together, in the order in which departments first appear. */
export function boardRows(crafts) {
  const departments = [...new Set(crafts.map((craft) => craft.department))];
  const rows = [];
  for (const department of departments) {
    const members = crafts.filter((craft) => craft.department === department);
    members.forEach((craft, at) => rows.push({
      craft: crafts.indexOf(craft),
      name: craft.name,
      label: craft.label,
      short: short(craft.label, 20),
      measure: craft.on_call, // optional: the measure that counts everyone of this craft on calls, exactly
      department: at === 0 && members.length > 1 ? department : null,
      together: at > 0,
    }));
  }
  return rows;
}

/** Sums over a source's tallies. `source` is {people, every}. */
export function onCalls(source, week, craft, columns) {
  let plain = 0;
  let ai = 0;
  for (const { work, state } of columns) {
    if (!work) continue;
    plain += source.people.count(week, craft, state);
    ai += source.people.countAi(week, craft, state);
  }
  return { plain, ai, all: plain + ai };
}

export function inState(source, week, craft, column) {
  const plain = source.people.count(week, craft, column.state);
  const ai = source.people.countAi(week, craft, column.state);
  return { plain, ai, all: plain + ai };
}
