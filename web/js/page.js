/**
 * What every page does: follow changes, send acts so that nothing is lost or done twice, count time, keep the focus.
 * Needs htmx (loaded before modules run). Without this script every form still works by itself.
 */

import { SkipLink, createAll } from "/static/vendor/govuk-frontend/dist/govuk/govuk-frontend.min.js";
import { keepTyping } from "./typing.js";
import { sendActs } from "./acts.js";
import { keepFocus } from "./focus.js";
import { follow } from "./live.js";
import { keepPresses } from "./presses.js";
import { watchSession } from "./session.js";
import { waitForPages } from "./seen.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
createAll(SkipLink);
keepTyping();
keepPresses();
sendActs();
keepFocus();
watchSession();
follow();
waitForPages();

/** Times since an instant and until one, each second, without a word to the screen reader. */
function tick() {
  for (const one of document.querySelectorAll("[data-since]")) {
    const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(one.dataset.since)) / 1000));
    /** @param {number} number */
    const two = (number) => String(number).padStart(2, "0");
    const hours = Math.floor(seconds / 3600);
    const shown = `${hours ? `${two(hours)}:` : ""}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
    const days = Math.floor(hours / 24);
    const words = days ? `${days} d ${hours % 24} h` : shown;
    if (one.textContent !== words) one.textContent = words;
  }
  for (const one of document.querySelectorAll("[data-until]")) {
    const left = Math.max(0, Math.ceil((Date.parse(one.dataset.until) - Date.now()) / 1000));
    const words = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    if (one.textContent !== words) one.textContent = words;
  }
}
tick();
setInterval(tick, 1000);
// What has just been repainted does not wait for the next second.
for (const event of ["estrado:repainted", "htmx:after:swap"]) document.addEventListener(event, tick);

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
