// Shortcuts, from the one list that viz/parts/keys.py also writes the help from (script#shortcuts-data).
// An action is an event on the window, "callsheet:NAME", that whoever does it cancels; where nobody does, the first
// element [data-do="NAME"] that is seen is clicked, or focused where it is a field or on this page.
import { say } from "./say.js";
import { watch } from "./watch.js";

const KEPT = "callsheet:letters";
const TYPED = 'input:not([type="checkbox"], [type="radio"], [type="range"], [type="button"], [type="submit"]), ' +
  'textarea, select, [contenteditable=""], [contenteditable="true"], [role="textbox"], [role="combobox"]';
const PRESSED = 'button, summary, [role="button"], [role="switch"], [role="checkbox"], [role="tab"], ' +
  'input[type="checkbox"], input[type="radio"]';
const MOVED = '[role="slider"], [role="spinbutton"], [role="tablist"], [role="radiogroup"], [role="listbox"], ' +
  '[role="grid"], [role="menu"], input[type="range"], input[type="radio"], .scroll, audio, video';
const ALWAYS = new Set(["page", "copy-link", "undo", "help", "close"]); // keys that do something on every page
const MOVES = new Set(["ArrowLeft", "ArrowRight", "Home", "End"]);
let list = [], text = "";

function letters() {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return true;
  }
}

function wanted(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return list.find((each) => each.keys.includes(key) &&
    (key === "?" || key === "/" || Boolean(each.shift) === event.shiftKey));
}

function isUsed(event) {
  const at = event.target instanceof Element ? event.target : document.body;
  return Boolean(at.closest(TYPED)) || (event.key === " " && Boolean(at.closest(`${PRESSED}, .scroll`))) ||
    (MOVES.has(event.key) && Boolean(at.closest(MOVED)));
}

const seen = (element) => element.checkVisibility ? element.checkVisibility() : element.offsetParent !== null;

const sheet = () => document.getElementById("shortcuts");

const named = (name) => [...document.querySelectorAll(`[data-do="${name}"]`)].find(seen);
const tables = () => [...document.querySelectorAll("main .scroll:has(table)")].filter(seen);
const files = () => [...document.querySelectorAll('main :is(a[download]:not([download=""]), [data-picture])')].filter(seen);

/** Whether a key does something on the page as it is; who waits for its event says so in data-hears. */
function works(name) {
  if (name === "table") return tables().length > 0 || Boolean(named(name));
  if (name === "download") return files().length > 0;
  return ALWAYS.has(name) || Boolean(named(name) || document.querySelector(`[data-hears~="${name}"]`));
}

function openSheet() {
  for (const each of sheet().querySelectorAll("[data-key]")) each.hidden = !works(each.dataset.key);
  for (const group of sheet().querySelectorAll("section")) group.hidden = !group.querySelector("dt:not([hidden])");
  sheet().showModal();
}

const OWN = {
  undo: () => history.back(),
  help: () => (sheet()?.open ? sheet().close() : sheet() && openSheet()),
  close: () => document.querySelector("dialog[open]")?.close(),
  // The first table that is seen; from there, or where none is, what changes between charts and tables.
  table: () => {
    const [first] = tables();
    if (first && first !== document.activeElement) first.focus();
    else press("table");
  },
  download: () => {
    const found = files();
    if (found.length) (found.find((each) => each.matches("a")) ?? found[0]).click();
    else say("There is no file on this page to take along.");
  },
  page: (number) => document.querySelectorAll("nav a[data-page]")[number - 1]?.click(),
};

function run({ name, detail, does }) {
  const event = new CustomEvent(`callsheet:${name}`, { detail, cancelable: true });
  if (!dispatchEvent(event)) return;
  if (OWN[name]) OWN[name](detail);
  else press(name, does);
}

function press(name, does) {
  const target = named(name);
  if (!target) return;
  if (target.matches(TYPED) || (does === "focus" && !target.matches("a"))) target.focus();
  else target.click();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const found = wanted(event);
  if (!found || isUsed(event)) return;
  if (event.key.length === 1 && event.key !== " " && !letters()) return;
  if (document.querySelector("dialog[open]") && !["help", "close"].includes(found.name)) return;
  const modal = document.querySelector("dialog[open]:modal");
  if (found.name === "close" && modal) return; // the browser closes it
  if (event.repeat && found.name !== "step") return;
  if (found.name !== "close") event.preventDefault();
  run(found);
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.('[data-help], [data-do="help"]')) OWN.help();
  if (event.target.closest?.("dialog [data-close]")) event.target.closest("dialog").close();
  if (event.target === sheet()) sheet().close(); // beside the sheet, on what it covers
});

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-letters]")) return;
  try {
    localStorage.setItem(KEPT, event.target.checked ? "on" : "off");
  } catch {
    say("This browser keeps no settings, so the keys stay on.");
  }
});

watch(() => {
  const script = document.getElementById("shortcuts-data");
  if (script && script.textContent !== text) {
    text = script.textContent;
    list = JSON.parse(text);
  }
  for (const each of document.querySelectorAll("[data-letters]")) each.checked = letters();
});
