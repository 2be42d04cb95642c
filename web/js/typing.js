/**
 * What somebody is typing is never painted over: a form with the focus or with unsent words is skipped by repaints
 * until it is sent.
 */

const SKIP = "hx-morph-skip";
const FIELD = "input:not([type=hidden]):not([type=submit]), textarea, select";

/** @param {EventTarget} target */
function formOf(target) {
  /** @type {HTMLInputElement} */
  const field = target.closest?.(FIELD);
  return field?.form;
}

export function keepTyping() {
  document.addEventListener("input", ({ target }) => {
    const form = target.closest?.("form");
    if (form && !form.hasAttribute("data-upload")) typed(form);
  });
  document.addEventListener("focusin", ({ target }) => {
    formOf(target)?.setAttribute(SKIP, "");
  });
  document.addEventListener("focusout", ({ target }) => {
    const form = formOf(target);
    if (form && !form.hasAttribute("data-typed") && !form.hasAttribute("data-upload")) form.removeAttribute(SKIP);
  });
}

/**
 * `form` holds words that the server has not taken yet.
 * @param {HTMLFormElement} form
 */
export function typed(form) {
  form.setAttribute("data-typed", "");
  form.setAttribute(SKIP, "");
}

/**
 * They were taken: the form is the server's again.
 * @param {HTMLFormElement} form
 */
export function settled(form) {
  form.removeAttribute("data-typed");
  form.removeAttribute(SKIP);
}
