/** The procedure page of officials: video, autosaved form, rows, keys, uploads. */

import "./passkey.js";
import "./upload.js";
import { startAlerts } from "./alerts.js";
import { startAutosave } from "./autosave.js";
import { startKeys } from "./keys.js";
import { startVideo } from "./video.js";
import { startPageWords } from "./page-words.js";
import { startZoom } from "./zoom.js";
import { refresh } from "./live.js";
import { settled } from "./typing.js";

const USABLE = "input:not([type=hidden]), select, textarea, button, summary";

startVideo();
startAutosave();
startKeys();
startZoom();
startPageWords();
startAlerts();

// Told by the tab in which the account of the Administration was shown (account-shown.js).
new BroadcastChannel("account-shown").addEventListener("message", () => {
  // A password that was begun there is not wanted any more: the form is painted anew.
  for (const link of document.querySelectorAll('form a[href^="/account/provider"]')) settled(link.closest("form"));
  refresh();
});

document.addEventListener("click", (event) => {
  /** @type {HTMLAnchorElement} */
  const link = event.target.closest("a[data-morph]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    // Another view of the same page: the video goes on meanwhile.
    event.preventDefault();
    history.replaceState(null, "", link.href);
    htmx.ajax("GET", link.getAttribute("href"), { target: "#main", select: "#main", swap: "outerMorph" }).then(() => lead(link.hash));
  }
  const opener = event.target.closest("[data-opens]");
  if (opener) /** @type {HTMLDialogElement} */ (document.getElementById(opener.dataset.opens)).showModal();
});

/**
 * To where a link on this page leads: what is folded there for that purpose is unfolded, and the focus is on what is
 * done there.
 * @param {string} hash
 */
function lead(hash) {
  const goal = hash.length > 1 ? document.getElementById(hash.slice(1)) : null;
  if (!goal) return;
  if (goal.matches("[data-unfolds]")) goal.querySelector(":scope > details")?.setAttribute("open", "");
  const first = goal.querySelector(USABLE);
  (first?.checkVisibility() ? first : goal).focus({ preventScroll: true });
  goal.scrollIntoView({ block: "nearest" });
}
document.addEventListener("click", ({ target }) => {
  const link = target.closest?.('a[href^="#"]:not([data-field])');
  if (link?.closest("#main")) setTimeout(() => lead(link.getAttribute("href")));
});
lead(location.hash);

/* The agenda is long and its place is small: what is open, or comes next, is where one looks. */
let shown = "";
function showItem() {
  const agenda = document.getElementById("agenda");
  const next = agenda?.querySelector('[data-state="open"]') ?? agenda?.querySelector('[data-state="suspended"], [data-state="planned"]');
  if (!next || next.id === shown) return;
  shown = next.id;
  if (getComputedStyle(agenda).overflowY === "auto") agenda.scrollTop += next.getBoundingClientRect().top - agenda.getBoundingClientRect().top - agenda.clientHeight / 3;
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
    if (people.scrollHeight > people.clientHeight && getComputedStyle(people).overflowY === "auto") people.scrollTop += top - 8;
    else picture.closest(".identify").scrollIntoView({ block: "nearest" });
  }
  still = picture?.src ?? "";
}
for (const event of ["estrado:repainted", "htmx:after:swap"]) document.addEventListener(event, showStill);
