/** The form of the open item: rows that can be added, and every pause in typing kept as a draft, said quietly. */

import { headers } from "./csrf.js";
import { typed } from "./typing.js";

const PAUSE_MS = 900;
const AGAIN_MS = 3000;
let timer = 0;

export function startAutosave() {
  document.addEventListener("input", ({ target }) => {
    const fields = target.closest?.("[data-typing]");
    if (fields?.dataset.typing) later(fields, PAUSE_MS);
  });
  // What is sent whole needs no draft any more, and a later one would be of an older text.
  document.addEventListener("submit", ({ target }) => {
    if (target.closest?.("form.filling")) clearTimeout(timer);
  });
  document.addEventListener("click", ({ target }) => {
    const add = target.closest?.("[data-add-row]");
    if (add) addRow(add.closest("[data-rows]"));
    const remove = target.closest?.("[data-remove-row]");
    if (remove) removeRow(remove);
  });
}

/**
 * @param {HTMLElement} fields
 * @param {number} pause
 */
function later(fields, pause) {
  clearTimeout(timer);
  timer = setTimeout(() => keep(fields), pause);
}

/** @param {HTMLElement} fields */
async function keep(fields) {
  const form = fields.closest("form");
  if (!form?.isConnected) return;
  const over = form.querySelector('[name="revision"]');
  const revision = /** @type {HTMLInputElement} */ (over)?.value;
  const typed = [...new FormData(form)].filter(([name]) => name.startsWith("f.") || name === "revision");
  const body = new URLSearchParams(typed.map(([name, value]) => [name, String(value)]));
  const line = form.querySelector("[data-saved-line]");
  try {
    const answer = await fetch(fields.dataset.typing, { method: "POST", headers: headers(), body });
    // Somebody else saved the item, unless it was this form itself.
    if (answer.status === 409) {
      if (/** @type {HTMLInputElement} */ (over)?.value === revision) line.textContent = fields.dataset.meanwhile;
      return;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    const { saved_at: at, others } = await answer.json();
    const also = others.length ? ` · ${fields.dataset.others}: ${others.join(", ")}` : "";
    line.textContent = `${fields.dataset.saved} ${at}${also}`;
  } catch {
    if (!form.isConnected || !form.hasAttribute("data-typed")) return;
    line.textContent = fields.dataset.saving;
    later(fields, AGAIN_MS);
  }
}

/** @param {HTMLElement} rows */
function addRow(rows) {
  const number = Number(rows.dataset.nextRow);
  rows.dataset.nextRow = String(number + 1);
  /** @type {HTMLTemplateElement} */
  const template = rows.querySelector(":scope > template");
  const row = /** @type {HTMLElement} */ (template.content.firstElementChild.cloneNode(true));
  for (const part of row.querySelectorAll("[id], [for], [name], [aria-describedby], [data-test]")) {
    for (const name of ["id", "for", "name", "aria-describedby", "data-test"]) {
      const value = part.getAttribute(name);
      if (value?.includes(".__.")) part.setAttribute(name, value.replace(".__.", `.${number}.`));
    }
  }
  template.before(row);
  count(rows);
  typed(rows.closest("form"));
  row.querySelector("input, textarea, select")?.focus();
}

/** @param {HTMLElement} button */
function removeRow(button) {
  const rows = button.closest("[data-rows]");
  const form = rows.closest("form");
  button.closest("[data-row]").remove();
  count(rows);
  typed(form);
  rows.querySelector("[data-add-row]").focus();
  const fields = form.querySelector("[data-typing]");
  if (fields?.dataset.typing) later(fields, 0);
}

/** @param {HTMLElement} rows */
function count(rows) {
  rows.querySelectorAll(":scope > [data-row] [data-row-number]").forEach((place, at) => (place.textContent = String(at + 1)));
}
