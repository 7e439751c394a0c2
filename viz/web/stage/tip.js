// A button that explains itself: its text shows on hover, focus or tap, and goes on Escape or when left.

import { freshId, make } from "./dom.js";

const GAP = 6;

/** Gives `button` a tip with `content` (nodes or texts). Returns what removes it again. */
export function explain(button, ...content) {
  const tip = make("div", { class: "stage-tip", role: "tooltip", id: freshId("tip"), popover: "manual" }, ...content);
  button.setAttribute("aria-describedby", tip.id);
  button.after(tip);
  let leaving = 0;
  let open = false;

  function show() {
    clearTimeout(leaving);
    if (open) return;
    open = true;
    tip.showPopover();
    place();
    document.addEventListener("keydown", escape, true);
    document.addEventListener("pointerdown", elsewhere, true);
    addEventListener("scroll", moved, { passive: true });
  }

  function place() {
    const at = button.getBoundingClientRect();
    const size = tip.getBoundingClientRect();
    const left = at.left + at.width / 2 - size.width / 2;
    tip.style.left = `${Math.max(8, Math.min(document.documentElement.clientWidth - size.width - 8, left))}px`;
    const above = at.top - size.height - GAP;
    tip.style.top = `${above >= 8 ? above : at.bottom + GAP}px`;
  }

  // A button that gets the focus is often scrolled into view: its tip goes along.
  const moved = () => (document.activeElement === button ? place() : hide());

  function hide() {
    clearTimeout(leaving);
    if (!open) return;
    open = false;
    tip.hidePopover();
    document.removeEventListener("keydown", escape, true);
    document.removeEventListener("pointerdown", elsewhere, true);
    removeEventListener("scroll", moved);
  }

  // The pointer may cross over into the tip, to read or select its text.
  const leave = () => {
    clearTimeout(leaving);
    leaving = setTimeout(() => {
      if (document.activeElement !== button) hide();
    }, 150);
  };
  const escape = (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    hide();
  };
  const elsewhere = (event) => {
    if (!button.contains(event.target) && !tip.contains(event.target)) hide();
  };

  button.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && show());
  button.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && leave());
  button.addEventListener("focus", show);
  button.addEventListener("blur", hide);
  button.addEventListener("click", show);
  tip.addEventListener("pointerenter", () => clearTimeout(leaving));
  tip.addEventListener("pointerleave", leave);
  return () => {
    hide();
    tip.remove();
  };
}

/** The small round "i" beside a term. */
export function infoTip(label, text) {
  const button = make("button", { type: "button", class: "info", "aria-label": `What is ${label}?` }, "i");
  const holder = make("span", { class: "info-holder" }, button);
  explain(button, text);
  return holder;
}
