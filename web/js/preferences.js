/** What somebody has chosen on this computer, for staff only: nothing of any procedure. */

const PREFIX = "estrado-";

/** @param {string} name */
export function remembered(name) {
  try {
    return localStorage.getItem(PREFIX + name) === "yes";
  } catch {
    return false;
  }
}

/**
 * @param {string} name
 * @param {boolean} on
 */
export function remember(name, on) {
  try {
    if (on) localStorage.setItem(PREFIX + name, "yes");
    else localStorage.removeItem(PREFIX + name);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}
