// Where a number comes from, beside the number: [data-tip] or .tip opens what is written in the element it names (by
// data-tip or aria-describedby), or in the <template> behind it. Opens on hover, focus and tap, can be hovered itself,
// closes with Escape, and never leaves the window.
const SOON = 120, LATER = 300; // milliseconds
const EDGE = 8, GAP = 6, LEAST = 140; // pixels from the edge, from the button, and of height
const TIPS = ".tip, [data-tip]";
let trigger = null, card = null, pinned = false, pressed = null, timer, quiet = false;

function contentOf(element) {
  const id = element.dataset.tip || element.getAttribute("aria-controls") || element.getAttribute("aria-describedby");
  const there = (id && document.getElementById(id)) || element.nextElementSibling;
  if (!there || there === card) return null;
  if (there.localName === "template") return there.content.cloneNode(true);
  const copy = document.createDocumentFragment();
  for (const each of there.childNodes) copy.append(each.cloneNode(true));
  return copy;
}

function place() {
  if (!card || !trigger?.isConnected) return close();
  const at = trigger.getBoundingClientRect();
  const { clientWidth: width, clientHeight: height } = document.documentElement;
  card.style.maxHeight = `${height - 2 * EDGE}px`;
  const { offsetWidth: wide, offsetHeight: high } = card;
  const below = height - at.bottom - GAP - EDGE, above = at.top - GAP - EDGE;
  const isBelow = high <= below || below >= above, room = Math.max(LEAST, isBelow ? below : above);
  const tall = Math.min(high, room), top = isBelow ? at.bottom + GAP : at.top - GAP - tall;
  card.style.maxHeight = `${tall}px`;
  card.style.left = `${Math.max(EDGE, Math.min(at.left, width - wide - EDGE))}px`;
  card.style.top = `${Math.max(EDGE, Math.min(top, height - tall - EDGE))}px`;
}

function open(element) {
  clearTimeout(timer);
  if (trigger === element) return;
  close();
  const content = contentOf(element);
  if (!content) return;
  trigger = element;
  card = document.createElement("span");
  card.className = "tip-card";
  card.setAttribute("role", "group");
  card.setAttribute("aria-label", element.getAttribute("aria-label") || element.textContent.trim());
  card.append(content);
  element.after(card); // behind it, so that Tab goes from the button into the links
  if (card.showPopover) {
    card.popover = "manual"; // above everything, whatever cuts off its surroundings
    card.showPopover();
  }
  element.setAttribute("aria-expanded", "true");
  place();
}

function close() {
  clearTimeout(timer);
  card?.remove();
  trigger?.setAttribute("aria-expanded", "false");
  trigger = card = null;
  pinned = false;
}

function later(what, time) {
  clearTimeout(timer);
  timer = setTimeout(what, time);
}

const held = () => pinned || trigger === document.activeElement || card?.contains(document.activeElement);

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  const over = event.target.closest?.(TIPS);
  if (over && over !== trigger) later(() => open(over), SOON);
  else if (over || card?.contains(event.target)) clearTimeout(timer);
});

document.addEventListener("pointerout", (event) => {
  if (event.pointerType === "touch" || !event.target.closest?.(`${TIPS}, .tip-card`)) return;
  const to = event.relatedTarget;
  if (to instanceof Node && (trigger?.contains(to) || card?.contains(to))) return;
  later(() => { if (!held()) close(); }, LATER);
});

document.addEventListener("focusin", (event) => {
  if (quiet || card?.contains(event.target)) return;
  const element = event.target.closest?.(TIPS);
  if (element) open(element);
  else close();
});

document.addEventListener("pointerdown", (event) => { pressed = event.target.closest?.(TIPS) ?? null; });

document.addEventListener("click", (event) => {
  const element = event.target.closest?.(TIPS) ?? pressed; // the card may lie over the button before it is let go
  pressed = null;
  if (!element) {
    if (!card?.contains(event.target)) close();
  } else if (trigger === element && pinned) close();
  else {
    open(element);
    pinned = true;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !card) return;
  event.preventDefault(); // it closes the tip and nothing behind it
  event.stopImmediatePropagation();
  const back = card.contains(document.activeElement) ? trigger : null;
  close();
  quiet = true;
  back?.focus();
  quiet = false;
}, true);

for (const kind of ["scroll", "resize"]) {
  addEventListener(kind, () => { if (card) place(); }, { capture: true, passive: true });
}
