// Copy a link or a sentence, or hand it to the share sheet of the system where there is one.
// [data-copy="link"] copies the address of the page, [data-copy="text"] the words of data-text or of the element whose
// id is in data-from, each with the address behind it; [data-share] opens the share sheet of a phone, and copies the
// address elsewhere.
import { say } from "./say.js";

async function write(words) {
  if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(words);
  const field = document.body.appendChild(document.createElement("textarea")); // where pages come without encryption
  const before = document.activeElement;
  field.value = words;
  field.className = "hidden";
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  before?.focus?.();
  if (!done) throw new Error("The browser did not copy.");
}

export async function copy(words, said = "Copied") {
  try {
    await write(words);
    say(said);
  } catch {
    say("The browser does not allow copying here. The address bar holds the same link.");
  }
}

/** The address that is handed on: it says its scenario and the version it was seen in, also where they are the usual. */
function lasting(address) {
  const url = new URL(address, location.href), version = document.querySelector('meta[name="version"]')?.content;
  const scenario = document.querySelector('.strip select[name="s"]')?.value;
  if (scenario && url.pathname === location.pathname && !url.searchParams.has("s")) url.searchParams.set("s", scenario);
  if (version) url.searchParams.set("v", version);
  return url.href;
}

const hasSheet = () => Boolean(navigator.share) && matchMedia("(pointer: coarse)").matches;

function wordsOf(button) {
  const from = button.dataset.from && document.getElementById(button.dataset.from);
  return (button.dataset.text ?? from?.textContent ?? document.title).replace(/\s+/g, " ").trim();
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy], [data-share]");
  if (!button) return;
  const address = lasting(button.dataset.url || location.href);
  if (button.dataset.copy === "text") await copy(`${wordsOf(button)} ${address}`, "Sentence copied");
  else if (button.dataset.copy !== undefined || !hasSheet()) await copy(address, "Link copied");
  else {
    try {
      await navigator.share({ title: document.title, text: wordsOf(button), url: address });
    } catch (trouble) {
      if (trouble.name !== "AbortError") await copy(address, "Link copied");
    }
  }
});

addEventListener("callsheet:copy-link", (event) => {
  event.preventDefault();
  copy(lasting(location.href), "Link copied");
});
