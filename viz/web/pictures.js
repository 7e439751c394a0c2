// A chart to take along: SVG or PNG with its title above it and below it what it was made from.
import { withWords } from "./png.js";
import { copy } from "./share.js";
import { plotly } from "./stage/scripts.js";

const SVG = "http://www.w3.org/2000/svg";
const FONT = 'system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif';
const SIDE = 12, LETTER = 6.1, LINE = 16, TITLE_LETTER = 8; // pixels; letters as wide as they are on average
const SHARP = 2; // pixels of a PNG for one of the screen

function make(parent, name, attributes = {}, words = "") {
  const made = parent.ownerDocument.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = words;
  return made;
}

const above = (element) => element.closest("section")?.querySelector("h3, h2");

function titleOf(element) {
  return element.dataset.title || above(element)?.textContent.trim() || element.getAttribute("aria-label") || "Chart";
}

/** What is drawn, in which unit, and against what: the sentence below the title. */
function saysOf(element) {
  const below = above(element)?.nextElementSibling;
  return below?.matches("p.small") ? below.textContent.replace(/\s+/g, " ").trim() : "";
}

function sourceOf(element) {
  return element.closest("[data-source]")?.dataset.source || `Call Sheet, ${location.origin}${location.pathname}`;
}

function lines(words, most) {
  const found = [""];
  for (const word of words.split(/\s+/)) {
    const longer = `${found.at(-1)} ${word}`.trim();
    if (longer.length > most && found.at(-1)) found.push(word);
    else found[found.length - 1] = longer;
  }
  return found;
}

async function svgOf(element) {
  const title = titleOf(element), source = sourceOf(element), says = saysOf(element);
  const width = element.clientWidth, height = element.clientHeight;
  const uri = await (await plotly()).toImage(element, { format: "svg", width, height });
  const bare = decodeURIComponent(uri.slice(uri.indexOf(",") + 1));
  const page = new DOMParser().parseFromString(bare, "image/svg+xml"), root = page.documentElement;
  const heads = lines(title, (width - 2 * SIDE) / TITLE_LETTER), feet = lines(source, (width - 2 * SIDE) / LETTER);
  const tells = says ? lines(says, (width - 2 * SIDE) / LETTER) : [];
  const top = heads.length * 20 + 14, above = top + tells.length * LINE, below = feet.length * LINE + 12, whole = above + height + below;
  const style = getComputedStyle(element), muted = globalThis.colored("@muted");
  const inner = make(root, "g", { transform: `translate(0 ${above})` });
  inner.append(...root.childNodes);
  for (const [key, value] of [["width", width], ["height", whole], ["viewBox", `0 0 ${width} ${whole}`]]) {
    root.setAttribute(key, value);
  }
  root.append(
    make(root, "title", {}, title), make(root, "desc", {}, `${says} ${source}`.trim()),
    make(root, "metadata", {}, `${title}. ${source}`),
    make(root, "rect", { width, height: whole, fill: globalThis.colored("@ground") }), inner,
    ...heads.map((words, row) => make(root, "text", {
      x: SIDE, y: 24 + row * 20, fill: style.color, "font-family": FONT, "font-size": 15, "font-weight": 600,
    }, words)),
    ...tells.map((words, row) => make(root, "text", {
      x: SIDE, y: top + 8 + row * LINE, fill: muted, "font-family": FONT, "font-size": 11,
    }, words)),
    ...feet.map((words, row) => make(root, "text", {
      x: SIDE, y: above + height + 14 + row * LINE, fill: muted, "font-family": FONT, "font-size": 11,
    }, words)),
  );
  return { text: new XMLSerializer().serializeToString(root), width, height: whole, title, says, source };
}

async function pngOf(element) {
  const { text, width, height, title, says, source } = await svgOf(element);
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: width * SHARP, height: height * SHARP });
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const bare = await new Promise((done) => { canvas.toBlob(done, "image/png"); });
    return await withWords(bare, { Title: title, Description: says, Source: source, Software: "Call Sheet",
      Comment: location.href });
  } finally {
    URL.revokeObjectURL(address);
  }
}

function save(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.dataset.native = "";
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const DOES = {
  async svg(element, name) { save(new Blob([(await svgOf(element)).text], { type: "image/svg+xml" }), `${name}.svg`); },
  async png(element, name) { save(await pngOf(element), `${name}.png`); },
  async link(element) {
    const here = new URL(location.href);
    here.hash = element.id;
    await copy(here.href, "Link copied");
  },
};
const WORDS = { svg: "SVG", png: "PNG", link: "Copy link" };

// The buttons join the row that opens the table of the chart, if there is one.
export function toolbar(element) {
  const beside = element.nextElementSibling ?? element.parentElement.nextElementSibling;
  const row = beside?.matches(".tools") ? beside : document.createElement("div");
  if (!row.isConnected) {
    row.className = "tools";
    element.after(row);
  }
  if (row.querySelector("[data-picture]")) return;
  for (const [what, words] of Object.entries(WORDS)) {
    const button = row.appendChild(document.createElement("button"));
    button.type = "button";
    button.className = "button";
    Object.assign(button.dataset, { picture: what, of: element.id });
    button.textContent = words;
    button.setAttribute("aria-label", `${words}: ${titleOf(element)}`);
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-picture]");
  const element = button && document.getElementById(button.dataset.of);
  if (element) DOES[button.dataset.picture](element, `callsheet_${element.id.replace(/^chart-/, "")}`);
});
