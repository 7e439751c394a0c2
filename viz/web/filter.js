// A search field that narrows a table while somebody types. The form names the table (data-filters), each row carries its
// words (data-words), and a region that is read out says how many are left (data-count-of). Without this script the form
// asks the server, which gives the same rows. Events are taken at the document, so that parts of a page may come and go.
"use strict";
(() => {
  if (window.callsheetFilter) return; // put into the page once
  window.callsheetFilter = true;
  let waiting = 0;

  function narrow(form) {
    const table = document.getElementById(form.dataset.filters);
    const field = form.querySelector("input[type=search]");
    if (!table || !field) return;
    const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let left = 0, all = 0;
    for (const body of table.tBodies) {
      let here = 0;
      for (const row of body.querySelectorAll("tr[data-words]")) {
        const found = wanted.every((word) => row.dataset.words.includes(word));
        row.hidden = !found;
        here += found;
        all += 1;
      }
      body.hidden = here === 0;
      left += here;
    }
    const count = document.querySelector(`[data-count-of="${CSS.escape(table.id)}"]`);
    if (count) {
      const what = count.dataset.what || "rows";
      const words = wanted.length ? `, those that speak of “${field.value.trim()}”` : "";
      count.textContent = `${left} of ${all} ${what}${words}`;
    }
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
