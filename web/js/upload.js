/**
 * Bringing in a document: progress of the sending, then what is being done with it, then its receipt or the reason why
 * not. The files are sent again a few times at most; while they are taken in, only what came of them is asked for.
 */

import "./scan.js";
import { headers } from "./csrf.js";
import { say } from "./line.js";
import { refresh } from "./live.js";

/** Pauses before the files are sent again after a cut; then the person decides. */
const AGAIN_MS = [2000, 5000, 15000];
const ASK_MS = 1000;
const AWAY = [0, 502, 503, 504];
const MIB = 1024 ** 2;

document.addEventListener("submit", (event) => {
  /** @type {HTMLFormElement} */
  const form = event.target.closest("form[data-upload]");
  if (!form) return;
  event.preventDefault();
  if (form.querySelector("button").getAttribute("aria-disabled") === "true") return;
  refuse(form, "");
  const wrong = fault(form);
  if (wrong) return void refuse(form, wrong);
  bring(form);
});

/**
 * What can be told without sending anything; the server judges by the same numbers.
 * @param {HTMLFormElement} form
 */
function fault(form) {
  const body = new FormData(form);
  const files = filesOf(form);
  const { mostFiles, largestFile, largestDeposit, missing, tooMany, tooLarge, tooLargeTogether } = form.dataset;
  if (!String(body.get("title")).trim() || !files.length) return missing;
  if (files.length > Number(mostFiles)) return tooMany;
  const large = files.find((file) => file.size > Number(largestFile) * MIB);
  if (large) return `${large.name}: ${tooLarge}`;
  const together = files.reduce((sum, file) => sum + file.size, 0);
  return together > Number(largestDeposit) * MIB ? tooLargeTogether : "";
}

/**
 * @param {HTMLFormElement} form
 * @returns {Promise<void>}
 */
async function bring(form) {
  const button = form.querySelector("button");
  const box = form.querySelector(".upload__progress");
  box.hidden = false;
  button.setAttribute("aria-disabled", "true");
  // The key painted with the form, so that sending again after a cut is the same deposit.
  const key = /** @type {HTMLInputElement} */ (form.elements.namedItem("key"));
  const answer = await outcome(form, key.value);
  box.hidden = true;
  button.removeAttribute("aria-disabled");
  if (AWAY.includes(answer.status) || answer.status === 202) {
    const told = problem(answer).code === "outside_unavailable" ? reason(form, answer) : form.dataset.unsent;
    return void refuse(form, told);
  }
  // What comes next is another document, with a key of its own.
  key.value = `page-${crypto.randomUUID()}`;
  if (answer.status >= 300) return void refuse(form, `${form.dataset.failed} ${reason(form, answer)}`);
  form.reset();
  fold(form);
  say(form.dataset.done, "good");
  refresh();
}

/**
 * The last answer: of the sending, or of asking what came of it.
 * @param {HTMLFormElement} form
 * @param {string} key
 */
async function outcome(form, key) {
  const until = Date.now() + Number(form.dataset.longest) * 1000;
  let answer = await send(form);
  for (const pause of AGAIN_MS) {
    if (answer.status === 202) answer = await ask(form, key, until);
    const unsent = (AWAY.includes(answer.status) && problem(answer).code !== "outside_unavailable") || answer.status === 404;
    if (!unsent || Date.now() > until) return answer;
    tell(form, document.body.dataset.saving);
    await after(pause);
    answer = await send(form);
  }
  return answer.status === 202 ? ask(form, key, until) : answer;
}

/**
 * @param {HTMLFormElement} form
 * @param {string} key
 * @param {number} until
 */
async function ask(form, key, until) {
  const began = Date.now();
  let answer = { status: 202, text: "" };
  while ((answer.status === 202 || AWAY.includes(answer.status)) && Date.now() < until) {
    if (problem(answer).code === "outside_unavailable") return answer;
    await after(ASK_MS);
    const minutes = Math.floor((Date.now() - began) / 60000);
    tell(form, minutes ? form.dataset.stillChecking.replace("{minutes}", String(minutes)) : form.dataset.checking);
    try {
      const asked = await fetch(`${form.action}/${key}`, { headers: { Accept: "application/json" } });
      answer = { status: asked.status, text: await asked.text() };
    } catch {
      answer = { status: 0, text: "" };
    }
  }
  return answer;
}

/**
 * @param {HTMLFormElement} form
 * @returns {Promise<{status: number, text: string}>}
 */
function send(form) {
  const bar = form.querySelector("progress");
  bar.value = 0;
  tell(form, form.dataset.sending);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  const body = new FormData(form);
  const shown = { ...headers(), "Idempotency-Key": String(body.get("key")), Accept: "application/json" };
  for (const [name, value] of Object.entries(shown)) request.setRequestHeader(name, value);
  request.upload.addEventListener("progress", ({ loaded, total }) => (bar.value = (90 * loaded) / total));
  request.upload.addEventListener("load", () => tell(form, form.dataset.checking));
  return new Promise((done) => {
    request.addEventListener("error", () => done({ status: 0, text: "" }));
    request.addEventListener("load", () => done({ status: request.status, text: request.responseText }));
    request.send(body);
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {string} words
 */
function tell(form, words) {
  const place = form.querySelector("[data-upload-words]");
  if (place.textContent !== words) place.textContent = words;
}

/** @param {number} pause */
const after = (pause) => new Promise((done) => setTimeout(done, pause));

/** @param {HTMLFormElement} form */
const filesOf = (form) =>
  /** @type {File[]} */ (new FormData(form).getAll("files")).filter((file) => file instanceof File && file.name);

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

/** @param {{text: string}} answer */
function problem(answer) {
  try {
    return JSON.parse(answer.text) ?? {};
  } catch {
    return {};
  }
}

/**
 * The reason in words, with the name of the file where it is about one of several.
 * @param {HTMLFormElement} form
 * @param {{text: string}} answer
 */
function reason(form, answer) {
  const { title, detail, params } = problem(answer);
  const files = filesOf(form);
  const named = files.length > 1 && params?.part ? files[params.part - 1] : null;
  const words = [title, detail].filter(Boolean).join(". ");
  return named ? `«${named.name}»: ${words}` : words;
}
