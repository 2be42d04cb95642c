/** The citizen's pages: the mirror before the room, the room, the focus on what is asked now, and the end. */

import { startMirror } from "./mirror.js";
import { startVideo } from "./video.js";
import { startHandwriting } from "./handwriting.js";
import { startPageWords } from "./page-words.js";
import { startZoom } from "./zoom.js";

startVideo();
startMirror();
startZoom();
startPageWords();
startHandwriting();
startCountdown();

const title = () => document.querySelector("[data-task-title]");
let asked = title()?.dataset.taskId;

/* When something else is asked, the person is led to it; not while typing. */
document.addEventListener("estrado:repainted", () => {
  const now = title()?.dataset.taskId;
  if (!now || now === asked) return;
  asked = now;
  if (!document.activeElement?.matches("input, textarea")) title().focus();
  document.getElementById("alert").textContent = title().textContent;
});

/** Time is given back whenever it is asked for, and what is left is told (WCAG 2.2.1). */
function startCountdown() {
  /** @type {HTMLFormElement} */
  const form = document.querySelector("[data-countdown]");
  if (!form) return;
  const whole = Number(form.dataset.countdown);
  const words = form.querySelector("[data-countdown-words]");
  let left = whole;
  form.querySelector("[data-more-time]").addEventListener("click", () => (left = whole * 5));
  setInterval(() => {
    left -= 1;
    words.textContent = words.dataset.countdownWords.replace("%s", String(Math.max(0, left)));
    if (left === 0) form.submit();
  }, 1000);
}

/* Leaving at once: blank first, then end the session. */
document.querySelector("[data-exit]")?.addEventListener("submit", () => document.documentElement.classList.add("leaving"));
