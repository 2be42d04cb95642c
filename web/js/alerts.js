/**
 * Somebody waits at the door or asks for help: a short sound, the number in the title of the page, and where the browser
 * was allowed it a notice of the system, which names nobody. All of it can be switched off on this computer.
 */

import { remember, remembered } from "./preferences.js";

const OFF = "alerts-off";
const TONES = [660, 880];

const title = document.title;
/** @type {Set<string>} */
let known = new Set();

export function startAlerts() {
  document.addEventListener("change", ({ target }) => {
    const choice = /** @type {HTMLInputElement} */ (target);
    if (!choice.matches?.("[data-alerts]")) return;
    remember(OFF, !choice.checked);
    if (choice.checked && "Notification" in window && Notification.permission === "default") Notification.requestPermission();
    look();
  });
  for (const moment of ["estrado:repainted", "htmx:after:swap"]) document.addEventListener(moment, look);
  known = waiting();
  look();
}

const waiting = () => new Set([...document.querySelectorAll("[data-waits]")].map((one) => one.dataset.waits));

function look() {
  const choice = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-alerts]"));
  const off = remembered(OFF);
  if (choice) choice.checked = !off;
  const now = waiting();
  const came = [...now].filter((one) => !known.has(one));
  known = now;
  document.title = off || !now.size ? title : `(${now.size}) ${title}`;
  if (off || !came.length) return;
  sound();
  const words = choice?.dataset.sounds;
  if (words && document.hidden && "Notification" in window && Notification.permission === "granted") new Notification(words, { tag: "estrado-waits" });
}

/** Two short tones; a browser in which nobody has pressed anything yet stays silent. */
async function sound() {
  const context = new AudioContext();
  if (context.state !== "running") return context.close();
  const volume = context.createGain();
  volume.gain.value = 0.15;
  volume.connect(context.destination);
  TONES.forEach((tone, at) => {
    const one = context.createOscillator();
    one.frequency.value = tone;
    one.connect(volume);
    one.start(context.currentTime + at * 0.18);
    one.stop(context.currentTime + at * 0.18 + 0.15);
  });
  setTimeout(() => context.close(), 1000);
}
