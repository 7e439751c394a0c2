// A file of the visitor's own, shown to them alone: it is sent, checked, and what it says comes back as a piece of page.
import { say } from "./say.js";

document.addEventListener("change", async (event) => {
  const input = event.target.closest?.("input[type=file][data-upload]");
  const file = input?.files?.[0];
  if (!file) return;
  const place = document.getElementById(input.dataset.upload);
  const most = Number(input.dataset.most);
  if (file.size > most) {
    place.textContent = `The file has ${(file.size / 1048576).toFixed(1)} MB; at most ${most / 1048576} MB are read.`;
    return;
  }
  place.textContent = "Reading …";
  try {
    const address = new URL(input.dataset.to, document.baseURI);
    address.searchParams.set("name", file.name.slice(0, 100));
    const answer = await fetch(address, { method: "POST", body: file, headers: { "Content-Type": "application/json" } });
    const text = await answer.text();
    if (answer.headers.get("Content-Type")?.startsWith("text/html")) place.innerHTML = text;
    else place.textContent = text;
    if (!answer.ok) input.value = ""; // the same file can be chosen again
    say(`What became of ${file.name} stands below.`);
  } catch {
    input.value = "";
    place.textContent = "The file did not reach the server. Try again.";
  }
});
