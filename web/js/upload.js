/** Bringing in a document: progress of the sending, then what is being done with it, then its receipt or the reason why not. */

import { headers } from "./csrf.js";
import { say } from "./line.js";
import { refresh } from "./live.js";

const AGAIN_MS = 1500;

document.addEventListener("submit", (event) => {
  /** @type {HTMLFormElement} */
  const form = event.target.closest("form[data-upload]");
  if (!form) return;
  event.preventDefault();
  const body = new FormData(form);
  refuse(form, "");
  const chosen = body.getAll("files").some((file) => file instanceof File && file.name);
  if (!String(body.get("title")).trim() || !chosen) return void refuse(form, form.dataset.missing);
  // The key painted with the form, so that sending again after a cut is the same deposit.
  send(form, body, { ...headers(), "Idempotency-Key": String(body.get("key")) });
});

/**
 * @param {HTMLFormElement} form
 * @param {FormData} body
 * @param {Record<string, string>} shown
 */
function send(form, body, shown) {
  const box = form.querySelector(".upload__progress");
  const bar = box.querySelector("progress");
  const words = box.querySelector("[data-upload-words]");
  const button = form.querySelector("button");
  box.hidden = false;
  button.setAttribute("aria-disabled", "true");
  words.textContent = form.dataset.sending;
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  for (const [name, value] of Object.entries(shown)) request.setRequestHeader(name, value);
  request.setRequestHeader("Accept", "application/json");
  request.upload.addEventListener("progress", ({ loaded, total }) => (bar.value = (90 * loaded) / total));
  request.upload.addEventListener("load", () => (words.textContent = form.dataset.checking));
  const again = () => setTimeout(() => send(form, body, shown), AGAIN_MS);
  request.addEventListener("error", () => {
    words.textContent = document.body.dataset.saving;
    again();
  });
  request.addEventListener("load", () => {
    if ([202, 502, 503, 504].includes(request.status)) return void again();
    button.removeAttribute("aria-disabled");
    // What comes next is another document, with a key of its own.
    /** @type {HTMLInputElement} */ (form.elements.namedItem("key")).value = `page-${crypto.randomUUID()}`;
    if (request.status < 300) {
      box.hidden = true;
      form.reset();
      fold(form);
      say(form.dataset.done, "good");
      refresh();
    } else {
      box.hidden = true;
      refuse(form, `${form.dataset.failed} ${reason(request)}`);
    }
  });
  request.send(body);
}

/**
 * Done: what was unfolded for it gives its room back to the list in which the document now stands.
 * @param {HTMLFormElement} form
 */
function fold(form) {
  const unfolded = form.closest("details");
  if (!unfolded) return;
  unfolded.open = false;
  unfolded.querySelector("summary").focus();
}

/**
 * Why not, in the place of the progress: it is no progress.
 * @param {HTMLFormElement} form
 * @param {string} words
 */
function refuse(form, words) {
  form.querySelector("[data-upload-refused]").textContent = words;
}

/** @param {XMLHttpRequest} request */
function reason(request) {
  try {
    const problem = JSON.parse(request.responseText);
    return [problem.title, problem.detail].filter(Boolean).join(". ");
  } catch {
    return "";
  }
}
