/**
 * Passkeys of members of staff: the browser is asked on the press of the button, and its answer goes with the form.
 * Standard: Web Authentication Level 3, 5.1.8 to 5.1.10 (options and answers as JSON).
 */

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!form.dataset.passkey || answerOf(form).value) return;
  event.preventDefault();
  ask(form);
});

/** @param {HTMLFormElement} form */
const answerOf = (form) => /** @type {HTMLInputElement} */ (form.querySelector('input[name="credential"]'));

/** @param {HTMLFormElement} form */
async function ask(form) {
  const button = form.querySelector("button");
  const [failed, unknown] = ["failed", "unknown"].map((name) => form.querySelector(`[data-passkey-${name}]`));
  failed.hidden = unknown.hidden = true;
  if (!globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON) {
    unknown.hidden = false;
    return;
  }
  button.disabled = true;
  try {
    answerOf(form).value = JSON.stringify(await credentialOf(form.dataset.passkey, JSON.parse(form.dataset.options)));
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
