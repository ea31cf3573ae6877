// What every page does: it says when the workspace became another, and loads itself anew where nothing is being typed.
const busy = () => document.querySelector("#editor, #grid") !== null || document.activeElement?.matches("input, textarea, select");
if (document.querySelector("nav")) {
  new EventSource("/events").onmessage = () => {
    document.dispatchEvent(new CustomEvent("workspace"));
    if (document.body.dataset.live !== undefined && !busy()) location.reload();
  };
}
