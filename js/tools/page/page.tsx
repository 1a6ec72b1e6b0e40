import "./style/page.css";
import { startEmulate } from "./emulate.js";
import { startListen } from "./listen.js";

// Both pages have one script and one style, so that what they share is in the package once.
if (document.documentElement.dataset["page"] === "emulate") {
  startEmulate();
} else {
  startListen();
}
