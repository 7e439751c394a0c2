// A search field that narrows tables and lists while somebody types. The form names them (data-filters), each row carries
// its words (data-words), and a region that is read out says how many are left (data-count-of) of what was searched for
// (data-searched). Without this script the form asks the server, which gives the same rows. Events are taken at the
// document, so that parts of a page may come and go.
"use strict";
(() => {
  if (window.callsheetFilter) return; // put into the page once
  window.callsheetFilter = true;
  let waiting = 0;

  // What has no row left goes, heading and all.
  function narrowed(holder, wanted) {
    let left = 0;
    const rows = holder.querySelectorAll("[data-words]");
    for (const row of rows) {
      row.hidden = !wanted.every((word) => row.dataset.words.includes(word));
      left += !row.hidden;
    }
    for (const body of holder.tBodies ?? []) body.hidden = !body.querySelector("[data-words]:not([hidden])");
    return `${left} of ${rows.length}`;
  }

  function narrow(form) {
    const field = form.querySelector("input[type=search]");
    if (!field) return;
    const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const id of form.dataset.filters.split(" ")) {
      const holder = document.getElementById(id);
      const count = document.querySelector(`[data-count-of="${CSS.escape(id)}"]`);
      const said = holder && narrowed(holder, wanted);
      if (said && count) count.textContent = said;
    }
    const searched = document.querySelector("[data-searched]");
    if (searched) searched.textContent = wanted.length ? `, those that speak of “${field.value.trim()}”` : "";
  }

  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-filters]");
    if (!form || event.target.type !== "search") return;
    clearTimeout(waiting);
    waiting = setTimeout(() => narrow(form), 60); // once for a burst of letters
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest?.("form[data-filters]");
    if (!form) return;
    event.preventDefault();
    narrow(form);
  });
})();
