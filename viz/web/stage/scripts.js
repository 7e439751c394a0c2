// Plain scripts that are no modules, asked for when something first needs them: Plotly is megabytes, and most pages
// draw no chart.

const asked = new Map(); // name -> a promise of its script

/** Done once the script of that name, beside this folder, has run; one that did not come is asked for again next time. */
export function script(name) {
  if (!asked.has(name)) asked.set(name, fetched(name));
  return asked.get(name);
}

function fetched(name) {
  return new Promise((done, failed) => {
    const element = document.createElement("script");
    element.onload = () => done();
    element.onerror = () => {
      asked.delete(name);
      element.remove();
      failed(new Error(`The script ${name} could not be loaded.`));
    };
    element.src = new URL(`../${name}`, import.meta.url).href;
    document.head.append(element);
  });
}

export const plotly = () => script("plotly.js").then(() => globalThis.Plotly);
