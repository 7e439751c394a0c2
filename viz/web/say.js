// One polite voice: what was done is said on the screen for a moment, and to those who listen instead.
let timer;

function region() {
  const found = document.getElementById("said");
  if (found) return found;
  const made = document.body.appendChild(document.createElement("div"));
  made.id = "said";
  made.className = "said";
  made.setAttribute("role", "status");
  return made;
}

export function say(words, shown = true) {
  const there = region();
  there.classList.toggle("hidden", !shown);
  there.textContent = "";
  clearTimeout(timer);
  setTimeout(() => { there.textContent = words; }, 30); // emptied first, or the same words twice are heard once
  timer = setTimeout(() => { there.textContent = ""; }, 4000);
}

region(); // there before the first word, since some readers miss a region that arrives with its words
