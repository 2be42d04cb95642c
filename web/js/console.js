/** The procedure page of officials: video, autosaved form, rows, keys, uploads. */

import "./upload.js";
import { startAutosave } from "./autosave.js";
import { startKeys } from "./keys.js";
import { startVideo } from "./video.js";
import { startPageWords } from "./page-words.js";
import { startZoom } from "./zoom.js";

startVideo();
startAutosave();
startKeys();
startZoom();
startPageWords();

document.addEventListener("click", (event) => {
  /** @type {HTMLAnchorElement} */
  const link = event.target.closest("a[data-morph]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    // Another view of the same page: the video goes on meanwhile.
    event.preventDefault();
    history.replaceState(null, "", link.href);
    htmx.ajax("GET", link.getAttribute("href"), { target: "#main", select: "#main", swap: "outerMorph" });
  }
  const opener = event.target.closest("[data-opens]");
  if (opener) /** @type {HTMLDialogElement} */ (document.getElementById(opener.dataset.opens)).showModal();
});

/* Where a link on this page leads to something folded, it is unfolded. */
function unfold() {
  const goal = location.hash ? document.getElementById(location.hash.slice(1)) : null;
  goal?.querySelector(":scope > details")?.setAttribute("open", "");
}
addEventListener("hashchange", unfold);
unfold();

/* The agenda is long and its place is small: what is open, or comes next, is where one looks. */
let shown = "";
function showItem() {
  const agenda = document.getElementById("agenda");
  const next = agenda?.querySelector('[data-state="open"]') ?? agenda?.querySelector('[data-state="suspended"], [data-state="planned"]');
  if (!next || next.id === shown) return;
  shown = next.id;
  agenda.scrollTop += next.getBoundingClientRect().top - agenda.getBoundingClientRect().top - agenda.clientHeight / 3;
}
for (const event of ["estrado:repainted", "htmx:after:swap"]) document.addEventListener(event, showItem);
showItem();

/* A new picture of a document is to be looked at, wherever in the list of people its button was. */
let still = "";
function showStill() {
  /** @type {HTMLImageElement} */
  const picture = document.querySelector("#people .identify img");
  const people = document.getElementById("people");
  if (picture && picture.src !== still) {
    const top = picture.closest(".identify").getBoundingClientRect().top - people.getBoundingClientRect().top;
    if (people.scrollHeight > people.clientHeight) people.scrollTop += top - 8;
  }
  still = picture?.src ?? "";
}
for (const event of ["estrado:repainted", "htmx:after:swap"]) document.addEventListener(event, showStill);
