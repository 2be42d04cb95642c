/**
 * Signing by hand: a pad for pen, finger or mouse. What leaves this page is a drawing of one bit a pixel, and the strokes
 * (position, time, pressure) encrypted to the Administration's key, bound to document, person and drawing. Nothing is
 * kept here: leaving the page forgets all.
 */

import SignaturePad from "/static/vendor/signature_pad/dist/signature_pad.min.js";
import { bytes, encrypted } from "./hpke.js";
import { settled, typed } from "./typing.js";

const WIDTH = 480;
const HEIGHT = 240;
const INK = 96;
const SUITE = "hpke-base-p256-hkdf-sha256-aes-256-gcm";
const INFO = "estrado handwriting v1\n";

/** @type {WeakMap<HTMLElement, {pad: SignaturePad, began: string, pointer: string}>} */
const pads = new WeakMap();

export function startHandwriting() {
  for (const moment of ["estrado:repainted", "htmx:after:swap"]) document.addEventListener(moment, offer);
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-handwriting] button");
    if (button) change(button.closest("[data-handwriting]"), button.hasAttribute("data-undo"));
  });
  // Before htmx hears of it: nothing is sent that is not encrypted.
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const box = form.querySelector("[data-handwriting]");
    if (!box || sealed(form).value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    send(form, box, event.submitter);
  }, true);
  addEventListener("pagehide", () => box() && pads.get(box())?.pad.clear());
  offer();
}

const box = () => document.querySelector("[data-handwriting]");

/** @param {HTMLElement} place */
const formOf = (place) => /** @type {HTMLFormElement} */ (place.closest("form"));

/** @param {HTMLFormElement} form */
const sealed = (form) => /** @type {HTMLInputElement} */ (form.querySelector('input[name="handwriting"]'));

/** A pad where the page has a place for one. */
function offer() {
  const place = box();
  if (!place || pads.has(place)) return;
  const canvas = place.querySelector("canvas");
  const pad = new SignaturePad(canvas, { minWidth: 0.8, maxWidth: 2.8, throttle: 0, minDistance: 0, penColor: "#0a0d0d" });
  const kept = { pad, began: "", pointer: "" };
  pads.set(place, kept);
  canvas.addEventListener("pointerdown", ({ pointerType }) => {
    kept.began ||= new Date().toISOString();
    kept.pointer = pointerType || "mouse";
  });
  pad.addEventListener("endStroke", () => changed(place));
  place.hidden = false;
  let wide = 0;
  new ResizeObserver(() => {
    const now = canvas.clientWidth;
    if (now === wide || !now) return;
    // What was drawn grows and shrinks with its box, when a screen is turned or the page is laid out anew.
    const drawn = scaled(pad.toData(), wide ? now / wide : 1);
    wide = now;
    canvas.width = wide * devicePixelRatio;
    canvas.height = canvas.clientHeight * devicePixelRatio;
    canvas.getContext("2d").scale(devicePixelRatio, devicePixelRatio);
    pad.clear();
    pad.fromData(drawn);
  }).observe(canvas);
}

/**
 * @param {import("/static/vendor/signature_pad/dist/signature_pad.min.js").PointGroup[]} groups
 * @param {number} ratio
 */
const scaled = (groups, ratio) =>
  groups.map((group) => ({ ...group, points: group.points.map((point) => ({ ...point, x: point.x * ratio, y: point.y * ratio })) }));

/**
 * The last stroke, or all of them, are taken back.
 * @param {HTMLElement} place
 * @param {boolean} last
 */
function change(place, last) {
  const { pad } = pads.get(place);
  const rest = last ? pad.toData().slice(0, -1) : [];
  pad.clear();
  pad.fromData(rest);
  if (!rest.length) pads.get(place).began = "";
  changed(place);
}

/** @param {HTMLElement} place */
function changed(place) {
  const form = formOf(place);
  const empty = pads.get(place).pad.isEmpty();
  sealed(form).value = "";
  if (empty) settled(form);
  else typed(form);
  tell(place, "status", empty ? place.dataset.sayEmpty : place.dataset.sayWritten);
  tell(place, "trouble", "");
}

/**
 * @param {HTMLElement} place
 * @param {"status" | "trouble"} where
 * @param {string} words
 */
function tell(place, where, words) {
  const line = place.querySelector(`[data-${where}]`);
  if (line.textContent !== words) line.textContent = words;
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} place
 * @param {HTMLElement | null} pressed
 */
async function send(form, place, pressed) {
  const kept = pads.get(place);
  if (!kept || kept.pad.isEmpty()) {
    tell(place, "trouble", place.dataset.sayNothing);
    return;
  }
  try {
    sealed(form).value = await whole(place, kept);
  } catch {
    tell(place, "trouble", place.dataset.sayUnable);
    return;
  }
  // Scar: asked for in the same turn as the answer of WebCrypto, Chromium sent nothing at all.
  setTimeout(() => form.requestSubmit(pressed));
}

/**
 * What is sent, as text.
 * @param {HTMLElement} place
 * @param {{pad: SignaturePad, began: string, pointer: string}} kept
 */
async function whole(place, { pad, began, pointer }) {
  const { dataset } = place;
  const canvas = place.querySelector("canvas");
  const groups = pad.toData();
  const zero = groups[0].points[0].time;
  const strokes = groups.map(({ points }) => points.map(({ x, y, time, pressure }) => [round(x), round(y), time - zero, round(pressure)]));
  const image = bitmap(canvas);
  const clear = { v: 1, document_sha256: dataset.sha256, began_at: began, pointer, width: canvas.clientWidth, height: canvas.clientHeight, strokes };
  const bound = {
    document_sha256: dataset.sha256,
    image_sha256: hex(await crypto.subtle.digest("SHA-256", image)),
    key: dataset.keyId,
    participant: dataset.participant,
    procedure: dataset.procedure,
    suite: SUITE,
    v: 1,
  };
  // Canonical (RFC 8785): names in order, and nothing in it that is written in two ways.
  const info = bytes(INFO + JSON.stringify(bound));
  const owner = Uint8Array.from(atob(dataset.key), (sign) => sign.charCodeAt(0));
  const hidden = await encrypted(owner, info, bytes(JSON.stringify(clear)));
  return JSON.stringify({ ...bound, image: base64(image), strokes: base64(hidden) });
}

/** @param {number} value */
const round = (value) => Math.round(value * 1000) / 1000;

/** @param {ArrayBuffer} digest */
const hex = (digest) => [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** @param {Uint8Array} content */
function base64(content) {
  let signs = "";
  for (const byte of content) signs += String.fromCharCode(byte);
  return btoa(signs);
}

/**
 * One bit a pixel, 1 for ink, row after row.
 * @param {HTMLCanvasElement} canvas
 */
function bitmap(canvas) {
  const small = new OffscreenCanvas(WIDTH, HEIGHT).getContext("2d");
  small.drawImage(canvas, 0, 0, WIDTH, HEIGHT);
  const { data } = small.getImageData(0, 0, WIDTH, HEIGHT);
  const bits = new Uint8Array((WIDTH * HEIGHT) / 8);
  for (let pixel = 0; pixel < WIDTH * HEIGHT; pixel += 1) {
    if (data[pixel * 4 + 3] >= INK) bits[pixel >> 3] |= 0x80 >> (pixel & 7);
  }
  return bits;
}
