// Fragments come and go: calls back once per frame in which anything in the page was replaced, and once at the start.
const callbacks = new Set();
let waiting = false;

function tell() {
  waiting = false;
  for (const each of callbacks) each();
}

function soon() {
  if (waiting) return;
  waiting = true;
  setTimeout(tell, 16); // no animation frame: those stand still in a tab that is not looked at
}

new MutationObserver(soon).observe(document.documentElement, { childList: true, subtree: true, characterData: true });

export function watch(callback) {
  callbacks.add(callback);
  soon();
}

export function onTheme(callback) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", callback);
  new MutationObserver(callback).observe(document.documentElement, { attributeFilter: ["data-theme"] });
}
