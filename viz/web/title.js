// The title of the page, by which tabs, links and history are told apart: what the page says of itself.
import { watch } from "./watch.js";

watch(() => {
  const wanted = document.querySelector("[data-title]")?.dataset.title;
  if (wanted && document.title !== wanted) document.title = wanted;
});
