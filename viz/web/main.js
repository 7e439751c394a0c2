// What the page loads, once: everything works by delegation, whatever fragments come and go.
import "./say.js";
import "./nav.js";
import "./charts.js";
import "./tips.js";
import "./bet.js";
import "./keys.js";
import "./share.js";
