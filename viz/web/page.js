// The scripts of every page, loaded once: all work by delegation, whatever fragments come and go. Whatever needs them
// waits for the event.
import "./say.js";
import "./nav.js";
import "./charts.js";
import "./tips.js";
import "./bet.js";
import "./keys.js";
import "./share.js";
import "./filter.js";
import "./levers.js";
import "./upload.js";
import { stage } from "./stage/stage.js";

window.callsheet = { ...window.callsheet, stage };
dispatchEvent(new Event("callsheet:ready"));
