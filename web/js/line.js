/** The line at the top of the page: what is happening to what was sent, and whether the page still hears its server. */

import { onceLetGo } from "./presses.js";

const GOOD_NEWS_MS = 4000;
let quiet = 0;
/** What was said last: of words that waited for a press, only those are shown. */
let latest = {};

/**
 * Say `words` there; good news goes away by itself.
 * @param {string} words
 * @param {"" | "good"} tone
 */
export function say(words, tone = "") {
  const said = (latest = {});
  clearTimeout(quiet);
  // The line pushes the page down, and what is pressed away from under the finger.
  onceLetGo(() => {
    if (said !== latest) return;
    const line = document.getElementById("connection");
    line.dataset.tone = tone;
    if (line.textContent !== words) line.textContent = words;
    if (tone === "good") quiet = setTimeout(() => say(""), GOOD_NEWS_MS);
  });
}
