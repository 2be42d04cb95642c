/**
 * Passkeys of members of staff: the browser is asked on the press of the button, and its answer goes with the form.
 * Standard: Web Authentication Level 3, 5.1.8 to 5.1.10 (options and answers as JSON).
 */

import { headers } from "./csrf.js";

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!form.dataset.passkey || answerOf(form).value) return;
  event.preventDefault();
  ask(form, form.querySelector("button"), () => onThePage(form));
});

/** Pressed before this script had come, the button would send a form without an answer: until then it rests. */
function awaken() {
  /** @type {NodeListOf<HTMLButtonElement>} */
  const resting = document.querySelectorAll("form[data-passkey] button[data-until-script]");
  for (const button of resting) {
    delete button.dataset.untilScript;
    button.disabled = false;
  }
}

awaken();
document.addEventListener("htmx:after:swap", awaken);

/** @param {HTMLFormElement} form */
const answerOf = (form) => /** @type {HTMLInputElement} */ (form.querySelector('input[name="credential"]'));

document.addEventListener("click", (event) => {
  /** @type {HTMLButtonElement} */
  const button = event.target.closest("[data-signs-with-passkey]");
  if (button) ask(button.form, button, () => forSignature(button));
});

/** @param {HTMLFormElement} form */
const onThePage = async (form) => JSON.parse(form.dataset.options);

/**
 * What is asked of the passkey names the document; its answer serves for no other.
 * @param {HTMLButtonElement} button
 */
async function forSignature(button) {
  const body = new URLSearchParams({ document: button.dataset.signsWithPasskey });
  const answer = await fetch("/account/passkeys/signature", { method: "POST", headers: headers(), body });
  if (!answer.ok) throw new DOMException(String(answer.status));
  const { step, options } = await answer.json();
  /** @type {HTMLInputElement} */
  const named = button.form.querySelector('input[name="step"]');
  named.value = step;
  return options;
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement} button
 * @param {() => Promise<any>} options
 */
async function ask(form, button, options) {
  const [failed, unknown] = ["failed", "unknown"].map((name) => form.querySelector(`[data-passkey-${name}]`));
  failed.hidden = unknown.hidden = true;
  if (!globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON) {
    unknown.hidden = false;
    return;
  }
  button.disabled = true;
  try {
    answerOf(form).value = JSON.stringify(await credentialOf(form.dataset.passkey ?? "get", await options()));
    form.requestSubmit();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    failed.hidden = false;
    failed.focus();
  } finally {
    button.disabled = false;
  }
}

/**
 * @param {string} ceremony
 * @param {any} options
 */
function credentialOf(ceremony, options) {
  return ceremony === "create"
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}
