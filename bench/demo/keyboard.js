/**
 * One look at where the keyboard is, for `keyboard.py`: is it where it should be, can a person see that (WCAG 2.4.7,
 * 2.4.11), has a repaint lost it, and which key leads on. Changes nothing on the page but its own note of the last stop.
 */
(/** @type {HTMLElement} */ target) => {
  const here = /** @type {HTMLInputElement} */ (document.activeElement);
  const nowhere = !here || here === document.body || here === document.documentElement;
  /** @param {HTMLElement} element */
  const name = (element) => `${element.localName}[${element.dataset.test ?? element.id ?? ""}]`;
  /** @param {HTMLElement & { disabled?: boolean }} element */
  const usable = (element) => element.isConnected && element.checkVisibility() && !element.disabled && element.ariaDisabled !== "true";

  /** @param {string} colour */
  const opaque = (colour) => !/^transparent$|,\s*0\)$|\/\s*0\)$/.test(colour);
  /** @param {HTMLElement & { labels?: NodeListOf<HTMLLabelElement> | null }} element */
  const places = (element) =>
    [element, ...(element.labels ?? [])].flatMap((one) => [null, "::before", "::after"].map((part) => getComputedStyle(one, part)));
  /** @param {CSSStyleDeclaration} style */
  const marked = (style) =>
    (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 && opaque(style.outlineColor)) || style.boxShadow !== "none";
  /** @param {HTMLElement} element */
  const looks = (element) =>
    places(element).map((s) => [s.outline, s.boxShadow, s.backgroundColor, s.border, s.textDecoration].join()).join(";");

  /** @param {HTMLElement} element */
  const shows = (element) => [...element.getClientRects()].some((box) => {
    const [left, top] = [Math.max(0, box.left), Math.max(0, box.top)];
    const [right, bottom] = [Math.min(innerWidth, box.right), Math.min(innerHeight, box.bottom)];
    if (right - left < 1 || bottom - top < 1) return false;
    return [[0.5, 0.5], [0.05, 0.5], [0.95, 0.5], [0.5, 0.1], [0.5, 0.9]].some(([x, y]) => {
      const hit = /** @type {HTMLElement} */ (document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y));
      return hit && (element.contains(hit) || hit.closest("label")?.control === element);
    });
  });

  const last = window.lastStop;
  let fault = "";
  if (last && last.element !== here && last.element.isConnected && last.looks === looks(last.element))
    fault = `${last.name} looks the same with the focus as without it`;
  const lost = nowhere && last;
  const stop = !nowhere && here.tabIndex >= 0;
  const hidden = stop && !shows(here);
  if (lost) fault = `nothing has the focus any more since ${last.name}`;
  else if (hidden) fault = `${name(here)} has the focus where nobody sees it`;
  else if (stop && !places(here).some(marked)) fault = `${name(here)} does not show that it has the focus`;
  window.lastStop = nowhere ? last : { element: here, name: name(here), looks: stop ? looks(here) : "" };

  /**
   * @param {HTMLInputElement} one
   * @param {HTMLInputElement} other
   */
  const sameGroup = (one, other) =>
    one.type === "radio" && other?.type === "radio" && one.name === other.name && one.form === other.form;
  const before = !nowhere && target.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING;
  const key = target.dataset.shortcut;
  const answers = [...document.querySelectorAll("[data-shortcut]")].find((one) => one.dataset.shortcut === key && one.checkVisibility());
  const typing = here?.matches("input, textarea, select") || document.querySelector("dialog[open]");
  return {
    usable: usable(target),
    reached: target === here,
    fault,
    passing: Boolean(lost || hidden),
    at: nowhere ? "nothing" : name(here),
    next: sameGroup(/** @type {HTMLInputElement} */ (target), here) ? "ArrowDown" : before ? "Shift+Tab" : "Tab",
    shortcut: key && answers === target && !typing ? key : "",
    presses: target.localName === "a" && target.getAttribute("role") !== "button" ? "Enter" : "Space",
  };
};
