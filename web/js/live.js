/**
 * The page follows its procedure (or the board) by Server-Sent Events: an event says that something changed, the page
 * looks again with its own rights, and only what differs is repainted. What somebody types into is left alone.
 */

import { say } from "./line.js";
import { leave, leaveIfOver } from "./session.js";

const TOGETHER_MS = 120;
const SILENCE_MS = 4000;
/** @type {Set<HTMLFormElement>} */
const held = new Set();
let due = 0;
let looking = false;
let again = false;
/** Somebody asked for the page whatever it shows. */
let forced = false;
/** The last event that the server told of. */
let told = -1;

export function follow() {
  htmx.registerExtension("estrado-live", { htmx_before_morph_attr: keepOpen });
  const address = document.body.dataset.follow;
  if (address) listen(address);
}

/**
 * No repainting while `form` is under way.
 * @param {HTMLFormElement} form
 */
export const hold = (form) => held.add(form);

/** @param {HTMLFormElement} form */
export function release(form) {
  held.delete(form);
  if (again) soon();
}

/** Ask for the page again, soon. */
export function refresh() {
  forced = true;
  soon();
}

/** Many changes at once are one look. */
function soon() {
  clearTimeout(due);
  due = setTimeout(look, TOGETHER_MS);
}

/** The last event that the page shows; less than any for a page of many procedures. */
const shown = () => Number(document.getElementById("main").dataset.seq ?? -2);

async function look() {
  for (const form of held) if (!form.isConnected) held.delete(form);
  if (looking || held.size) {
    again = true;
    return;
  }
  again = false;
  // The answer to one's own act has brought the page up to date.
  if (!forced && told <= shown()) return;
  looking = true;
  forced = false;
  try {
    const swap = { target: "#main", select: "#main", swap: "outerMorph" };
    await htmx.ajax("GET", location.pathname + location.search, swap);
    document.dispatchEvent(new CustomEvent("estrado:repainted"));
  } finally {
    looking = false;
    if (again) soon();
  }
}

/** @param {string} address */
function listen(address) {
  let silent = 0;
  let cut = false;
  const source = new EventSource(address);
  source.addEventListener("changed", ({ data }) => {
    const { procedure, seq } = JSON.parse(data);
    if (!procedure) return refresh();
    told = Math.max(told, seq);
    soon();
  });
  source.addEventListener("open", () => {
    clearTimeout(silent);
    if (cut) {
      say(document.body.dataset.backOnline, "good");
      refresh();
    }
    cut = false;
  });
  source.addEventListener("error", () => {
    if (!cut) silent = setTimeout(() => say(document.body.dataset.offline), SILENCE_MS);
    cut = true;
    // A refused stream is not tried again by the browser; the session may still be good when the server is back.
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(async () => {
        clearTimeout(silent);
        if (!(await leaveIfOver())) listen(address);
      }, SILENCE_MS);
    }
  });
  source.addEventListener("over", () => { source.close(); leave(); });
  addEventListener("pagehide", () => source.close(), { once: true });
}

/**
 * What somebody has unfolded stays so: open or not is their state, not the server's.
 * @param {Element} element
 * @param {{ attrName: string }} change
 */
function keepOpen(element, { attrName }) {
  return !(attrName === "open" && element.matches("details[data-keep-open], dialog"));
}
