// Links and forms of the app change the page without loading it again, and the focus goes where the eye goes.
// A link with download, target, data-native or another origin is left alone; so is one that only jumps within the page.
import { say } from "./say.js";
import { watch } from "./watch.js";

const OUTSIDE = /\/(static|web|data|api)\//; // files and data are no pages
const SETTLED = 120, SLOW = 3000, PATIENCE = 10_000; // milliseconds: without a change, for a new page, and at most
const MARGIN = 12; // pixels beside what has the focus
const HEADINGS = "[data-place], h1"; // they say where one is, in other words as a run goes on
let from = null; // a navigation that is not over
let here = ""; // the place at which the last one ended
let settling;
let kept = null; // what has the focus, and how it is found again

const heading = () => document.querySelector("[data-place]") ?? document.querySelector("h1") ??
  document.getElementById("main");
const place = () => `${location.pathname}#${document.querySelector("[data-place]")?.dataset.place ?? ""}`;

export function go(address) {
  const url = new URL(address, location.href), router = globalThis.solara?.router;
  const path = url.pathname + url.search + url.hash, root = globalThis.solara?.rootPath ?? "";
  if (!router?.push) {
    location.assign(path);
    return;
  }
  begin();
  router.push(root && path.startsWith(root) ? path.slice(root.length) || "/" : path);
}

// Solara leaves the root path out of the address when it goes on to another page; it is put back here, for links as for
// what the server goes on to.
const pushed = history.pushState.bind(history);
history.pushState = (state, title, address) => {
  const root = globalThis.solara?.rootPath ?? "";
  const lacks = root && `${address}`.startsWith("/") && !`${address}/`.startsWith(`${root}/`);
  pushed(state, title, lacks ? root + address : address);
};

function begin() {
  const held = document.activeElement;
  const old = heading();
  from = { held, find: finder(held), at: Date.now(), old, words: old?.textContent };
  scheduled();
}

// What finds an element again once the page has been drawn anew: by a name of its own, or by its words.
function finder(element) {
  if (!element || element === document.body) return () => null;
  if (element.matches(HEADINGS)) return () => document.querySelector("[data-place]") ?? document.querySelector("h1");
  if (element.id) return () => document.getElementById(element.id);
  const kind = element.localName;
  for (const key of ["name", "data-do", "data-page", "aria-label"]) {
    const value = element.getAttribute(key);
    if (value) return () => document.querySelector(`${kind}[${key}="${CSS.escape(value)}"]`);
  }
  const words = element.textContent;
  const alike = () => [...document.querySelectorAll(kind)].filter((each) => each.textContent === words);
  const at = alike().indexOf(element);
  return () => alike()[at];
}

// A page is drawn anew as its run goes on: whoever had the focus keeps it.
document.addEventListener("focusin", ({ target }) => { kept = { element: target, find: finder(target) }; });
document.addEventListener("focusout", () => setTimeout(() => {
  if (document.activeElement === document.body && kept?.element.isConnected) kept = null; // left on purpose
}));

function keep() {
  if (!kept || kept.element.isConnected || document.activeElement !== document.body) return;
  hold(kept.find());
}

// The page stays where it is; a table that moves sideways is new and has to be moved to it again.
function hold(element) {
  reach(element);
  element?.focus({ preventScroll: true });
  const box = element?.closest(".scroll")?.getBoundingClientRect(), at = element?.getBoundingClientRect();
  if (box && at.right > box.right) element.closest(".scroll").scrollLeft += at.right - box.right + MARGIN;
}

// A heading that was drawn anew takes the focus only if it is told that it may.
function reach(element) {
  if (element && element.tabIndex < 0 && !element.hasAttribute("tabindex")) element.setAttribute("tabindex", "-1");
}

function scheduled() {
  clearTimeout(settling);
  settling = setTimeout(arrive, SETTLED);
}

function arrive() {
  if (!from) return;
  const began = from;
  if (place() !== here) {
    const target = heading();
    if (target === began.old && target?.textContent === began.words && Date.now() - began.at < SLOW) {
      scheduled(); // the address is new, the page still on its way
      return;
    }
    from = null;
    here = place();
    if (!target) return;
    const asked = document.getElementById(location.hash.slice(1));
    if (asked?.matches("details")) { // a link to a part that opens
      asked.querySelector("summary").focus();
      return;
    }
    reach(target);
    target.focus({ preventScroll: true });
    (target.matches("h1") || !document.querySelector("h1") ? document.documentElement : target)
      .scrollIntoView({ block: "start" });
    say(target.textContent.trim().slice(0, 120), false);
  } else if (!began.held?.isConnected) { // the same page in another state: whoever had the focus keeps it
    from = null;
    if (document.activeElement === document.body) hold(began.find() ?? heading());
  } else if (Date.now() - began.at > PATIENCE) from = null;
}

function isOurs(link) {
  if (!link || link.target || link.hasAttribute("download") || link.dataset.native !== undefined) return false;
  const url = new URL(link.href, location.href);
  const jumps = url.hash && url.pathname === location.pathname && url.search === location.search;
  return url.origin === location.origin && !jumps && !OUTSIDE.test(url.pathname);
}

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return; // another window, or a file
  const link = event.target.closest?.("a[href]");
  if (!isOurs(link)) return;
  event.preventDefault();
  go(link.href);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-go]") || event.defaultPrevented) return;
  event.preventDefault();
  const url = new URL(form.getAttribute("action") || location.pathname, location.href);
  for (const [name, value] of new FormData(form, event.submitter ?? undefined)) {
    if (value !== "") url.searchParams.append(name, value);
  }
  go(url.href);
});

document.addEventListener("change", (event) => {
  if (event.target.matches("form[data-go] [data-auto]")) event.target.form.requestSubmit();
});

addEventListener("popstate", begin);

// On a phone the menu is one line that moves sideways: the page one is on is in sight, and so is the link that has the
// focus, neither of them where the line fades out.
const FADES = 48;
let inSight = null; // the page whose link was shown last

function show(link) {
  const row = link.closest("ul"), { left, right } = link.getBoundingClientRect(), box = row.getBoundingClientRect();
  if (row.scrollWidth <= row.clientWidth || (left >= box.left && right <= box.right - FADES)) return;
  row.scrollLeft += left - box.left - (box.width - (right - left)) / 2;
}

document.addEventListener("focusin", ({ target }) => {
  if (target.matches?.("nav a[data-page]")) show(target);
});

// From one page of runs to another the menu keeps the question: both worlds and what was edited, not how one looked.
const RUNS = new Set(["simulate", "compare", "people"]), QUESTION = /^(s|vs|lever\..+|set\..+)$/;

function carry() {
  const asked = RUNS.has(location.pathname.split("/").at(-1)) ? [...new URLSearchParams(location.search)] : [];
  const kept = `${new URLSearchParams(asked.filter(([key]) => QUESTION.test(key)))}`;
  for (const link of document.querySelectorAll("nav a[data-page]")) {
    const page = link.dataset.page, address = kept && RUNS.has(page) ? `${page}?${kept}` : page;
    if (link.getAttribute("href") !== address) link.setAttribute("href", address);
  }
}

function mark() {
  carry();
  const path = location.pathname.replace(/\/$/, "");
  for (const link of document.querySelectorAll("nav a[data-page]")) {
    const is = new URL(link.href, location.href).pathname.replace(/\/$/, "") === path;
    if (is && link.getAttribute("aria-current") !== "page") link.setAttribute("aria-current", "page");
    if (is && inSight !== path) {
      inSight = path; // once: whoever moves the menu by hand is left where they are
      show(link);
    }
    if (!is && link.hasAttribute("aria-current")) link.removeAttribute("aria-current");
  }
  if (!from) keep();
  if (from) scheduled();
  else if (here && location.pathname !== here.split("#")[0]) begin(); // somebody else went on
  else here = place();
}

watch(mark);
