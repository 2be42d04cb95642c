/** The line at the top of the page: what is happening to what was sent, and whether the page still hears its server. */

const GOOD_NEWS_MS = 4000;
let quiet = 0;

/**
 * Say `words` there; good news goes away by itself.
 * @param {string} words
 * @param {"" | "good"} tone
 */
export function say(words, tone = "") {
  const line = document.getElementById("connection");
  clearTimeout(quiet);
  line.dataset.tone = tone;
  if (line.textContent !== words) line.textContent = words;
  if (tone === "good") quiet = setTimeout(() => (line.textContent = ""), GOOD_NEWS_MS);
}
