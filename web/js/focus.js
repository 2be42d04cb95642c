/**
 * What has the focus may vanish or be pushed away when the page is repainted: then the focus stays as near as it can,
 * never nowhere, and in sight. Where somebody is led on purpose (an opened form, another task), `acts.js` and
 * `citizen.js` go first.
 */

const USABLE = ["a[href]", "button", "input:not([type=hidden])", "select", "textarea", "summary", "[tabindex='0']"];
const SCROLLING = ["PageUp", "PageDown", "ArrowUp", "ArrowDown"];
/** @type {HTMLElement[]} */
let around = [];
let byKeyboard = false;
let seen = false;

export function keepFocus() {
  document.addEventListener("focusin", ({ target }) => remember(/** @type {HTMLElement} */ (target)));
  // Whoever points beside everything wants to leave; whoever scrolls wants to look elsewhere.
  document.addEventListener("pointerdown", () => (around = []));
  for (const away of ["wheel", "touchmove"]) document.addEventListener(away, () => (seen = false), { passive: true });
  document.addEventListener("keydown", ({ key }) => (seen &&= !SCROLLING.includes(key)));
  for (const moment of ["htmx:after:swap", "htmx:finally:request"]) document.addEventListener(moment, () => setTimeout(stayNear));
  document.addEventListener("load", staySeen, { capture: true });
  new ResizeObserver(staySeen).observe(document.getElementById("main"));
  // Whoever is quick has pressed Tab before this ran.
  if (!nowhere()) remember(focused());
}

const focused = () => /** @type {HTMLInputElement} */ (document.activeElement);

/** Nothing has the focus, or what has it takes no key. */
export const nowhere = (here = focused()) => !here || here === document.body || here.disabled;

/**
 * The element with the focus, and those around it that a repaint would know again.
 * @param {HTMLElement} here
 */
function remember(here) {
  byKeyboard = here.matches(":focus-visible");
  seen = true;
  show(here);
  around = [];
  for (let one = here.closest("#main") ? here : null; one && one.id !== "main"; one = one.parentElement) {
    if (one === here || one.id) around.push(one);
  }
}

/** A picture that has come, or a longer list, may have pushed it away. */
function staySeen() {
  if (!nowhere() && seen) show(focused());
}

function stayNear() {
  staySeen();
  if (!around.length || !nowhere()) return;
  const [place] = around.map((one) => (one.isConnected ? one : one.id && document.getElementById(one.id))).filter(Boolean);
  const goal = (place && usableFrom(place)) ?? document.getElementById("heading");
  // For a pointer the page must not jump.
  goal?.focus({ preventScroll: !byKeyboard });
}

/**
 * The place itself, or what comes first in it or after it.
 * @param {HTMLElement} place
 */
function usableFrom(place) {
  /** @param {HTMLElement} one */
  const follows = (one) => one === place || place.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
  const usable = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll(USABLE.map((kind) => `#main ${kind}`).join())]);
  return usable.find((one) => follows(one) && !one.disabled && one.checkVisibility());
}

/* Scar: Tab leaves what lies behind the bar that stays on top where it is, whatever scroll-padding says (WCAG 2.4.11). */
/** @param {HTMLElement} element */
function show(element) {
  if (byKeyboard && !inView(element)) element.scrollIntoView({ block: "nearest" });
}

/** @param {HTMLElement} element */
function inView(element) {
  const { left, top, width, height } = element.getBoundingClientRect();
  return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}
