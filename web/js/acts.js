/**
 * Sending what was asked: one key from the button to the effect. While the server is down or still at work the page
 * says «Guardando» and asks again with the same key, by itself; a refusal is shown above what was typed.
 */

import { settled, typed } from "./typing.js";
import { hold, release } from "./live.js";
import { nowhere } from "./focus.js";
import { cleared, shown } from "./faults.js";
import { say } from "./line.js";

const AGAIN_MS = [1000, 2000, 4000, 8000];
const UNDER_WAY = [202, 409, 502, 503, 504];
const waiting = new WeakMap();

export function sendActs() {
  document.addEventListener("htmx:config:request", ({ detail }) => asked(detail.ctx));
  document.addEventListener("htmx:before:request", ({ detail }) => underWay(detail.ctx));
  document.addEventListener("htmx:finally:request", ({ detail }) => restEnded(detail.ctx));
  document.addEventListener("htmx:before:response", (event) => answered(event));
  document.addEventListener("htmx:error", ({ detail }) => lost(detail.ctx));
  document.addEventListener("htmx:before:swap", ({ detail }) => before(detail.ctx));
  document.addEventListener("htmx:after:swap", ({ detail }) => after(detail.ctx));
}

/** @param {HtmxContext} ctx */
const isAct = (ctx) => ctx.sourceElement?.matches?.("form[data-act]");

/** @param {HtmxContext} ctx */
function asked(ctx) {
  if (!isAct(ctx)) return;
  const form = ctx.sourceElement;
  typed(form);
  hold(form);
  // Come back to what was being looked at (video, document, both), but not to the form of a correction that is done.
  const body = ctx.request.body;
  if (body?.get && location.pathname.startsWith("/procedures/") && !body.get("back")) {
    const query = new URLSearchParams(location.search);
    query.delete("item");
    body.set("back", location.pathname + (query.size ? `?${query}` : ""));
  }
}

/**
 * A button that rests keeps the focus; a disabled one would lose it, and whoever has only a keyboard with it.
 * @param {HtmxContext} ctx
 */
function underWay(ctx) {
  if (!isAct(ctx)) return;
  /** @type {NodeListOf<HTMLButtonElement>} */
  const disabled = ctx.sourceElement.querySelectorAll("button:disabled");
  for (const button of disabled) {
    button.disabled = false;
    button.setAttribute("aria-disabled", "true");
  }
}

/** @param {HtmxContext} ctx */
function restEnded(ctx) {
  for (const button of isAct(ctx) ? ctx.sourceElement.querySelectorAll('[aria-disabled="true"]') : []) button.removeAttribute("aria-disabled");
}

/** @param {CustomEvent<{ ctx: HtmxContext }>} event */
function answered(event) {
  const { ctx } = event.detail;
  const { status, raw } = ctx.response;
  const elsewhere = raw.redirected && new URL(raw.url).pathname !== location.pathname;
  if (isAct(ctx) && UNDER_WAY.includes(status) && raw.headers.get("Retry-After")) {
    event.preventDefault();
    again(ctx.sourceElement);
  } else if (elsewhere && status < 400) {
    event.preventDefault();
    location.assign(raw.url);
  } else if (isAct(ctx)) {
    done(ctx.sourceElement);
  }
}

/** @param {HtmxContext} ctx */
function lost(ctx) {
  if (isAct(ctx)) again(ctx.sourceElement, true);
}

/**
 * The same form with the same key, later and later, until there is an answer.
 * @param {HTMLFormElement} form
 */
function again(form, unreachable = false) {
  const tries = waiting.get(form) ?? 0;
  waiting.set(form, tries + 1);
  say(unreachable || tries > 2 ? document.body.dataset.offline : document.body.dataset.saving);
  setTimeout(() => {
    if (form.isConnected) form.requestSubmit(form.pressed ?? null);
  }, AGAIN_MS[Math.min(tries, AGAIN_MS.length - 1)]);
}

/** @param {HTMLFormElement} form */
function done(form) {
  if (waiting.delete(form)) say(document.body.dataset.backOnline, "good");
  release(form);
}

/** @param {HtmxContext} ctx */
function before(ctx) {
  if (!isAct(ctx) || ctx.response.status >= 400) return;
  const form = ctx.sourceElement;
  cleared(form);
  settled(form);
  form.reset();
  if (ctx.response.raw.redirected) history.replaceState(null, "", ctx.response.raw.url);
}

/** @param {HtmxContext} ctx */
function after(ctx) {
  if (!isAct(ctx)) return;
  if (ctx.response.status >= 400) {
    freshKey(ctx.sourceElement);
    shown(ctx.sourceElement);
    return;
  }
  if (ctx.sourceElement.dataset.done) say(ctx.sourceElement.dataset.done, "good");
  moveFocus();
}

/**
 * A refused act that is put right is another act.
 * @param {HTMLFormElement} form
 */
function freshKey(form) {
  /** @type {HTMLInputElement} */
  const key = form.querySelector('input[name="key"]');
  if (key) key.value = `page-${crypto.randomUUID()}`;
  // What was refused may be typed again; a secret is typed anew.
  /** @type {NodeListOf<HTMLInputElement>} */
  const secrets = form.querySelectorAll('input[type="password"], input[name="credential"]');
  for (const secret of secrets) secret.value = "";
}

let shownForm = document.querySelector("#item form.filling")?.id;

/**
 * To what has just appeared: what is told this once, the form of the item that was opened, or the heading when the focus
 * has nowhere to be.
 */
function moveFocus() {
  /** @type {HTMLElement} */
  const told = document.querySelector("#main [data-told]");
  if (told) {
    told.focus();
    return;
  }
  const form = document.querySelector("#item form.filling");
  const opened = form && form.id !== shownForm;
  shownForm = form?.id;
  if (opened) {
    form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  } else if (nowhere()) {
    (document.querySelector("#task-title") ?? document.querySelector("#next .govuk-button") ?? document.querySelector("#heading"))?.focus();
  }
}

document.addEventListener("submit", (event) => {
  if (event.submitter?.ariaDisabled === "true") {
    event.preventDefault();
    event.stopImmediatePropagation();
  } else {
    /** @type {HTMLFormElement} */ (event.target).pressed = event.submitter;
  }
}, true);
