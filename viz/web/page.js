// The scripts of every page, loaded once: all work by delegation, whatever fragments come and go. Whatever needs them
// waits for the event.
import "./say.js";
import "./nav.js";
import "./title.js";
import "./charts.js";
import "./tips.js";
import "./bet.js";
import "./keys.js";
import "./share.js";
import "./filter.js";
import "./levers.js";
import "./upload.js";
import { stage } from "./stage/stage.js";

// The week that the timeline rests on is part of the address, but no step of its own: Back undoes decisions, not frames.
function keepWeek(week) {
  const address = new URL(location.href);
  if (week) address.searchParams.set("w", week);
  else address.searchParams.delete("w");
  if (address.href !== location.href) history.replaceState(history.state, "", address);
}

window.callsheet = { ...window.callsheet, stage, keepWeek };
dispatchEvent(new Event("callsheet:ready"));
