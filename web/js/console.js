/** The procedure page of officials: video, autosaved form, rows, keys, uploads. */

import "./upload.js";
import { startAutosave } from "./autosave.js";
import { startKeys } from "./keys.js";
import { startVideo } from "./video.js";

startVideo();
startAutosave();
startKeys();

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-morph]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    // Another view of the same page: the video goes on meanwhile.
    event.preventDefault();
    history.replaceState(null, "", link.href);
    htmx.ajax("GET", link.getAttribute("href"), { target: "#main", select: "#main", swap: "outerMorph" });
  }
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens).showModal();
});

/* Where a link on this page leads to something folded, it is unfolded. */
function unfold() {
  const goal = location.hash ? document.getElementById(location.hash.slice(1)) : null;
  goal?.querySelector(":scope > details")?.setAttribute("open", "");
}
addEventListener("hashchange", unfold);
unfold();
