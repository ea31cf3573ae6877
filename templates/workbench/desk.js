// What every page does: it hears when the workspace became another, and loads itself anew where nothing is being typed.
import { listen } from "./listen.js";
import "./dropped.js";
const busy = () => document.querySelector("#editor, #grid") !== null || document.activeElement?.matches("input, textarea, select");
if (document.querySelector("nav")) {
  listen(() => {
    document.dispatchEvent(new CustomEvent("workspace"));
    if (document.body.dataset.live !== undefined && !busy()) location.reload();
  });
}
