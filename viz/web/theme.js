// Light, dark, or as the system says. A plain script in the head, before any style is seen, so that nothing flashes.
// A button [data-theme-toggle] goes from one to the next and says which it is; [data-theme-set="dark"] takes that one.
(() => {
  const KEY = "callsheet:theme", ALL = ["auto", "light", "dark"], root = document.documentElement;
  let theme = "auto";
  try {
    theme = localStorage.getItem(KEY) ?? "auto";
  } catch { /* a browser that keeps nothing: the theme lasts as long as the page */ }

  function put(wanted) {
    theme = ALL.includes(wanted) ? wanted : "auto";
    if (theme === "auto") root.removeAttribute("data-theme");
    else root.setAttribute("data-theme", theme);
  }

  function mark() {
    for (const each of document.querySelectorAll("[data-theme-toggle]")) {
      const words = `Theme: ${theme}`;
      if (each.textContent !== words) each.textContent = words;
    }
    for (const each of document.querySelectorAll("[data-theme-set]")) {
      const pressed = String(each.dataset.themeSet === theme);
      if (each.getAttribute("aria-pressed") !== pressed) each.setAttribute("aria-pressed", pressed);
    }
  }

  put(theme);
  new MutationObserver(mark).observe(root, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", mark);
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-theme-toggle], [data-theme-set]");
    if (!button) return;
    put(button.dataset.themeSet ?? ALL[(ALL.indexOf(theme) + 1) % ALL.length]);
    mark();
    try {
      localStorage.setItem(KEY, theme);
    } catch { /* as above */ }
  });
})();
