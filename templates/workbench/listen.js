// Hears of each new reading of the workspace, while the page is looked at: a browser has six connections to a server, and a page that
// nobody sees must not hold one of them. What happened in the meantime is heard of when the page is seen again.
export const listen = (hear) => {
  let source = null, round = null;
  const heard = ({ data }) => {
    if (round !== null && data !== round) hear();
    round = data;
  };
  const look = () => {
    if (document.visibilityState === "visible" && source === null) {
      source = new EventSource("/events");
      source.onmessage = heard;
    } else if (document.visibilityState !== "visible") stop();
  };
  const stop = () => { source?.close(); source = null; };
  document.addEventListener("visibilitychange", look);
  addEventListener("pagehide", stop);
  addEventListener("pageshow", look);
  look();
};
