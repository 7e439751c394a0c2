// What was done is said to those who listen (the page's #live), and shown for a moment to those who look.
const SHOWN = 4000; // milliseconds
let timer, toast;

function voice() {
  const found = document.getElementById("live");
  if (found) return found;
  const made = document.body.appendChild(document.createElement("div"));
  made.id = "live";
  made.className = "hidden";
  made.setAttribute("role", "status");
  return made;
}

function show(words) {
  if (!toast?.isConnected) {
    toast = document.body.appendChild(document.createElement("div"));
    toast.className = "said";
    toast.setAttribute("aria-hidden", "true"); // it is said already
  }
  toast.textContent = words;
}

export function say(words, shown = true) {
  const there = voice();
  there.textContent = "";
  clearTimeout(timer);
  setTimeout(() => { there.textContent = words; }, 30); // emptied first, or the same words twice are heard once
  if (shown) show(words);
  timer = setTimeout(() => {
    there.textContent = "";
    if (toast) toast.textContent = "";
  }, SHOWN);
}

voice(); // there before the first word, since some readers miss a region that arrives with its words
