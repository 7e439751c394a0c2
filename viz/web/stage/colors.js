// The page's colors as numbers. They are declared with light-dark(), which only a computed style resolves.

const NAMES = ["ground", "card", "text", "muted", "grid", "line", "model", "against", "focus", "gain", "loss", "out",
  "claim"];

/** Reads every color of the page as seen from `host`, which may not be on the page yet: {model: [r, g, b], …}. */
export function readColors(host) {
  const probe = document.createElement("span");
  probe.style.display = "none";
  (host.isConnected ? host : document.body).append(probe);
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const colors = {};
  for (const name of NAMES) {
    probe.style.color = "";
    probe.style.color = `var(--${name})`;
    // A computed color may come in any notation (oklch, color(srgb …)); painting a pixel gives plain numbers.
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = getComputedStyle(probe).color;
    pen.fillRect(0, 0, 1, 1);
    colors[name] = [...pen.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  }
  probe.remove();
  return colors;
}

export const css = ([r, g, b], alpha = 1) => `rgba(${r}, ${g}, ${b}, ${alpha})`;

/** A color laid over another, for pictures that are written pixel by pixel. */
export const blend = (over, under, alpha) => over.map((part, at) => Math.round(part * alpha + under[at] * (1 - alpha)));

/** The pixel value of a color in an ImageData seen as Uint32 (little-endian, opaque). */
export const pixel = ([r, g, b]) => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;

/** Calls `work` whenever the page turns light or dark, by the system or by a switch on the page. */
export function onTheme(work) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const watcher = new MutationObserver(() => work());
  const filter = { attributes: true, attributeFilter: ["class", "style", "data-theme", "theme"] };
  system.addEventListener("change", work);
  addEventListener("callsheet:theme", work);
  watcher.observe(document.documentElement, filter);
  watcher.observe(document.body, filter);
  return () => {
    system.removeEventListener("change", work);
    removeEventListener("callsheet:theme", work);
    watcher.disconnect();
  };
}
