// Colors are names that begin with @; the style sheet says what they are in the theme of the day. It is asked through
// an element, since a custom property itself still holds both themes.
function ink(name) {
  const probe = document.body.appendChild(document.createElement("span"));
  probe.style.color = `var(--${name})`;
  const color = getComputedStyle(probe).color;
  probe.remove();
  return color;
}
function colored(value, known = new Map()) {
  if (typeof value === "string" && value[0] === "@") {
    if (!known.has(value)) known.set(value, ink(value.slice(1)));
    return known.get(value);
  }
  if (Array.isArray(value)) return value.map((each) => colored(each, known));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, colored(each, known)]));
  }
  return value;
}
