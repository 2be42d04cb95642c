/**
 * One key leads to each frequent act and never does it: what stops the act or lets somebody in is pressed on purpose
 * (WCAG 2.1.4). Off while somebody types, or for good; the same acts are all buttons, and a palette finds them.
 */

import { remembered, remember } from "./preferences.js";

const TYPES = "input, textarea, select, [contenteditable]";
const OFF = "keys-off";

export function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (remembered(OFF)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(TYPES) || document.querySelector("dialog[open]")) return;
    const goal = [...document.querySelectorAll("[data-shortcut]")].find((one) => one.dataset.shortcut === event.key && seen(one));
    if (!goal) return;
    event.preventDefault();
    goal.scrollIntoView({ block: "nearest" });
    goal.focus();
    if (!goal.closest("form.act, #room-controls")) goal.click();
    if (goal.matches("summary")) goal.parentElement.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });
  const choice = /** @type {HTMLInputElement | null} */ (document.getElementById("keys-on"));
  if (choice) {
    choice.checked = !remembered(OFF);
    choice.addEventListener("change", () => remember(OFF, !choice.checked));
  }
  const palette = document.getElementById("palette");
  const search = /** @type {HTMLInputElement | null} */ (document.getElementById("palette-search"));
  palette?.addEventListener("toggle", ({ newState }) => {
    // The browser tells of an opening later than it opens: somebody may have typed in the meantime.
    if (newState === "closed") search.value = "";
    list(search.value);
  });
  document.addEventListener("input", ({ target }) => {
    if (target.id === "palette-search") list(/** @type {HTMLInputElement} */ (target).value);
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "palette-search" || event.key !== "Enter") return;
    event.preventDefault();
    document.querySelector("#palette-found button")?.click();
  });
}

/** @param {HTMLElement} element */
const seen = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;

/** What an act is called, without the key that leads to it. @param {Element} act */
function nameOf(act) {
  const copy = /** @type {Element} */ (act.cloneNode(true));
  copy.querySelectorAll("kbd").forEach((key) => key.remove());
  return copy.textContent.trim().replace(/\s+/g, " ");
}

/** What unfolds is listed, and not the button of the same name inside it. @param {Element} act */
const saidBefore = (act) => act.matches("button") && nameOf(act.closest("details")?.querySelector("summary") ?? document.createElement("p")) === nameOf(act);

/** @param {string} wanted */
function list(wanted) {
  const found = document.getElementById("palette-found");
  const none = document.getElementById("palette-none");
  const buttons = [...document.querySelectorAll("#main .act button, #main summary")].filter(
    (one) => !one.closest("dialog") && !saidBefore(one) && nameOf(one).toLowerCase().includes(wanted.toLowerCase()),
  );
  none.textContent = buttons.length ? "" : none.dataset.words;
  found.replaceChildren(...buttons.slice(0, 12).map((button) => {
    const line = document.createElement("li");
    const go = document.createElement("button");
    go.type = "button";
    go.className = "small";
    go.textContent = nameOf(button);
    go.addEventListener("click", () => {
      /** @type {HTMLDialogElement} */ (document.getElementById("palette")).close();
      for (let fold = button.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
      button.focus();
    });
    line.append(go);
    return line;
  }));
}
