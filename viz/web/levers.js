// Levers: a slider says its value while it moves, and once it rests the address says what it was set to.
// On a phone they are a sheet at the bottom, closed at first; whether it is open, and what of it is seen, outlasts edits.
import { go } from "./nav.js";
import { watch } from "./watch.js";

const REST = 350; // ms without a change after which an edit counts
const narrow = matchMedia("(max-width: 40rem)");
let waiting = 0;
let open = null, top = 0; // as the visitor left the panel

function lay() {
  const panel = document.querySelector("details.levers:not([data-laid])");
  if (!panel) return;
  panel.open = open ?? !narrow.matches;
  panel.dataset.laid = "";
  panel.scrollTop = top;
  panel.addEventListener("scroll", () => { top = panel.scrollTop; }, { passive: true });
  panel.querySelector("summary").addEventListener("click", () => {
    open = !panel.open;
    if (open && narrow.matches) uncover();
  });
}

// The sheet lies over the lower half of a phone: what the levers move goes to the upper one.
function uncover() {
  const stage = document.querySelector(".callsheet-stage");
  const top = stage?.getBoundingClientRect().top ?? 0;
  if (top > 0) scrollBy(0, top);
}

addEventListener("callsheet:close", (event) => {
  const panel = document.querySelector("details.levers[open]");
  if (!panel || !narrow.matches || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  open = panel.open = false;
  panel.querySelector("summary").focus();
});

watch(lay);

function said(input) {
  const value = Number(input.value), unit = input.dataset.unit;
  if ("percent" in input.dataset) return `${+(100 * value).toFixed(2)}%${unit.replace(/^(share|probability)/, "")}`;
  const digits = value.toLocaleString("en-US", { maximumFractionDigits: 4 });
  if (/^USD/.test(unit)) return `$${digits}${unit.replace(/^USD/, "")}`;
  return `${digits} ${unit}`;
}

document.addEventListener("input", (event) => {
  const input = event.target.closest?.("input[data-edit]");
  if (!input) return;
  const text = said(input);
  input.setAttribute("aria-valuetext", text);
  input.closest(".lever").querySelector("output").value = text;
  input.closest(".lever").classList.add("pending");
  clearTimeout(waiting);
  waiting = setTimeout(() => commit(input), REST);
});

document.addEventListener("change", (event) => {
  const input = event.target.closest?.("input[data-edit]");
  if (!input) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => commit(input), REST);
});

function write(input, address) {
  const name = input.dataset.edit;
  if (Number(input.value) === Number(input.dataset.standard)) address.searchParams.delete(name);
  else address.searchParams.set(name, input.value);
}

function commit(input) {
  const address = new URL(location.href), before = address.search;
  write(input, address);
  if (address.search === before) return;
  dispatchEvent(new Event("callsheet:edited"));
  go(address.pathname + address.search);
}

// Whoever goes on to another page before the server has drawn an edit takes the edit along.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".strip-links a[href]");
  const moved = document.querySelectorAll(".lever.pending input[data-edit]");
  if (!link || !moved.length) return;
  clearTimeout(waiting);
  const address = new URL(link.href);
  for (const input of moved) write(input, address);
  link.href = address.href;
}, true);
