// The stage: plays a recording. Called as render({model, el}) of an anywidget; returns what takes it down again.
// A week costs no message to the server: data comes over HTTP, and only a resting week is told to Python.

import { make } from "./dom.js";
import { read, scene } from "./scene.js";

/** The stage's own style sheet, unless the page has loaded it. */
function styleSheet() {
  const probe = make("span", { class: "callsheet-stage", hidden: true }); // `el` itself may not be on the page yet
  document.body.append(probe);
  const styled = getComputedStyle(probe).getPropertyValue("--stage-styled");
  probe.remove();
  if (styled) return;
  document.head.append(make("link", { rel: "stylesheet", href: new URL("stage.css", import.meta.url).href }));
}

export default { render: ({ model, el }) => stage(model, el) };

export function stage(model, el) {
  el.classList.add("callsheet-stage");
  styleSheet();
  let taken = null; // what takes the present scene down
  let shape = "";
  const build = () => {
    const meta = read(model, "meta");
    // Other names and flags are written into the scene that is there; only another shape of data needs another scene.
    const next = JSON.stringify({ ...meta, flags: 0, scenario: 0, baseline: 0, source: 0 });
    if (taken && next === shape) {
      taken.rename(meta);
      return;
    }
    taken?.();
    taken = null;
    shape = next;
    if (meta?.horizon) taken = scene(model, el, meta);
    else el.replaceChildren(make("p", { class: "empty" }, "There is no recording to play yet."));
  };
  build();
  model.on("change:meta", build);
  const dispose = () => {
    model.off("change:meta", build);
    taken?.();
    el.replaceChildren();
  };
  return dispose;
}
