/** Before the day, without an account: camera, microphone, speaker, and how far the server is. Nothing is kept. */

import { startMirror } from "./mirror.js";
import { FAIR, POOR } from "./room-measures.js";

const ASKED = 12;
const PATIENCE = 4000;

startMirror();
measure();

async function measure() {
  /** @type {number[]} */
  const took = [];
  for (let asked = 0; asked <= ASKED; asked += 1) {
    const milliseconds = await thereAndBack();
    // The first one also opens the connection.
    if (asked > 0 && milliseconds !== null) took.push(milliseconds);
  }
  took.sort((a, b) => a - b);
  const median = took[Math.floor(took.length / 2)];
  const lost = ASKED - took.length;
  const quality = lost > 1 || median >= 1000 * POOR.delay ? "poor" : median >= 1000 * FAIR.delay || lost ? "fair" : "good";
  const line = document.getElementById("network");
  line.dataset.quality = quality;
  line.textContent = line.dataset[quality].replace("{milliseconds}", String(Math.round(median)));
}

/** Milliseconds; null for what never came back. */
async function thereAndBack() {
  const since = performance.now();
  try {
    const answer = await fetch("/check/echo", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    return answer.ok ? performance.now() - since : null;
  } catch {
    return null;
  }
}
