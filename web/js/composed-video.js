/** One video of everybody: asked for with a button, its making watched, then played. */

import { headers } from "./csrf.js";

/** @typedef {{state: string, made: number, of: number}} View */

const section = document.querySelector("#composed");
const line = section.querySelector("#composed-words");
const bar = section.querySelector("progress");
const button = section.querySelector("button");
const figure = section.querySelector("figure");
const video = section.querySelector("video");
const words = JSON.parse(section.dataset.words);
const address = section.dataset.at;

const ASK_MS = 2000;

/** @param {View} view */
function paint({ state, made, of }) {
  const underWay = state === "under_way";
  bar.hidden = !underWay;
  [bar.max, bar.value] = [Math.max(of, 1), made];
  button.hidden = !["not_asked", "failed"].includes(state);
  const told = underWay ? words.under_way.replace("{made}", String(made)).replace("{of}", String(of)) : (words[state] ?? "");
  if (line.textContent !== told) line.textContent = told;
  line.hidden = !told;
  if (state === "made" && figure.hidden) {
    figure.hidden = false;
    video.src = `${address}.webm`;
  }
  if (underWay) setTimeout(look, ASK_MS);
}

/** @param {RequestInit} [how] */
async function look(how) {
  try {
    const answer = await fetch(address, { ...how, headers: { ...how?.headers, Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    paint(await answer.json());
  } catch {
    // What is being made goes on without this page.
    line.hidden = false;
    line.textContent = words.unknown;
    setTimeout(look, 5 * ASK_MS);
  }
}

button.addEventListener("click", () => {
  button.hidden = true;
  look({ method: "POST", headers: headers() });
});
for (const one of document.querySelectorAll("[data-begins]")) {
  one.addEventListener("click", () => {
    if (!figure.hidden) video.currentTime = Number(one.dataset.begins);
  });
}
paint({ state: section.dataset.state, made: bar.value, of: bar.max });
