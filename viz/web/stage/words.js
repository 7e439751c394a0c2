// Numbers, units and dates as they are written on the stage. No state, no DOM.

const MINUS = "\u2212";
const KEPT = "\u00a0"; // a space at which no line ends
const DAY = 86_400_000;
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December"];

/** Makes the functions that turn a week index into dates, from the Monday on which week 0 begins. */
export function calendar(firstDate) {
  const start = Date.parse(`${firstDate}T00:00:00Z`);
  const date = (week) => new Date(start + week * 7 * DAY);
  return {
    date,
    iso: (week) => date(week).toISOString().slice(0, 10),
    year: (week) => date(week).getUTCFullYear(),
    month: (week) => `${MONTHS[date(week).getUTCMonth()]} ${date(week).getUTCFullYear()}`,
    /** How many weeks begin in a year, and how many of them are among the first `horizon`. */
    weeks(year, horizon) {
      const [from, to] = [year, year + 1].map((each) => Math.ceil((Date.UTC(each, 0) - start) / (7 * DAY)));
      return { all: to - from, played: Math.max(0, Math.min(horizon, to) - Math.max(0, from)) };
    },
    /** The week that holds a day. */
    week: (iso) => Math.floor((Date.parse(`${iso}T00:00:00Z`) - start) / (7 * DAY)),
  };
}

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const hundredth = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** Shares and rates are written in per cent and differ by points. */
export const isShare = (unit) => unit === "share" || unit === "rate" || unit === "%";
const isMoney = (unit) => unit.startsWith("USD");

function digits(size) {
  if (size >= 100 || size === 0) return whole;
  return size >= 10 ? tenth : hundredth;
}

const signless = (value, format) => format.format(Math.abs(value));
const sign = (value) => (value < 0 ? MINUS : "");

export const count = (value) => (value < 0 ? MINUS : "") + whole.format(Math.abs(value));

/** A value as {number, unit}: the number is what is read first. */
export function figure(value, unit) {
  if (!Number.isFinite(value)) return { number: "–", unit: "" };
  if (unit === "%") return { number: sign(value) + signless(value, tenth), unit: "%" };
  if (isShare(unit)) return { number: sign(value) + signless(value * 100, tenth), unit: "%" };
  if (isMoney(unit)) {
    const rest = unit.slice(3).trim();
    return { number: `${sign(value)}$${signless(value, digits(Math.abs(value)))}`, unit: rest };
  }
  const exact = Number.isInteger(value) ? whole : digits(Math.abs(value));
  return { number: sign(value) + signless(value, exact), unit };
}

/** What separates a value from the baseline's, as a phrase: "−3.1 points vs baseline". */
export function comparison(value, against, unit) {
  if (!Number.isFinite(value - against)) return "";
  const apart = difference(value, against, unit);
  return apart ? `${apart} vs baseline` : "same as baseline";
}

/** A label within a sentence; what is written in capitals stays so. */
const inside = (label) => label.replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase());

/** What separates two worlds over all weeks, in a sentence; `found` holds {label, unit, value, against} of means. */
export function overAll(weeks, found) {
  const told = found.map(({ label, unit, value, against }) => ({ label, apart: difference(value, against, unit) }))
    .filter(({ apart }) => apart).map(({ label, apart }) => `${inside(label)} ${apart}`);
  const what = told.length ? `${told.join(", ")} vs baseline` : "the lines below are the same as the baseline's";
  return `Over all ${count(weeks)} weeks, on average: ${what}. This is one future; Compare shows more.`;
}

/** The difference itself; empty where rounding leaves none. */
function difference(value, against, unit) {
  const apart = value - against;
  const plus = (text) => (/[1-9]/.test(text) ? (apart < 0 ? MINUS : "+") + text : text);
  if (isShare(unit)) {
    const points = signless(unit === "%" ? apart : apart * 100, tenth);
    return /[1-9]/.test(points) ? `${plus(points)}${KEPT}points` : "";
  }
  const integers = Number.isInteger(value) && Number.isInteger(against);
  const text = signless(apart, integers ? whole : digits(Math.max(Math.abs(value), Math.abs(against))));
  if (!/[1-9]/.test(text)) return "";
  if (isMoney(unit)) return `${apart < 0 ? MINUS : "+"}$${text}${unit.slice(3)}`;
  return plus(text);
}

/** A label that fits a narrow column: cut where the list of its words allows it. */
export function short(label, room = 22) {
  if (label.length <= room) return label;
  const parts = label.split(/(?:,? and |, )/);
  let text = parts[0];
  for (const part of parts.slice(1)) {
    if (text.length + part.length + 2 > room) break;
    text += `, ${part}`;
  }
  return text;
}

/** "1 week", "3 weeks", "0.5 weeks". */
export const plural = (n, one, many = `${one}s`) =>
  `${n < 10 && n % 1 ? n.toPrecision(2) : count(n)} ${n === 1 ? one : many}`;
