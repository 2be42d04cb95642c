/**
 * Which camera and which microphone: chosen once, kept for this session alone (leaving wipes it), the same on every page.
 * Errors are told by code; the page has the words.
 */

const KEPT = "estrado-devices";

/** @typedef {import("./room-devices.js").InputKind} InputKind */

/** @returns {Partial<Record<InputKind, string>>} */
const kept = () => JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");

/** What to ask the browser for: the chosen devices, or any other where they are gone. */
export function wanted() {
  const { audioinput, videoinput } = kept();
  /** @param {string | undefined} id */
  const one = (id) => (id ? { deviceId: { ideal: id } } : true);
  return { audio: one(audioinput), video: one(videoinput) };
}

/**
 * The lists of `box`, with what there is and what is in use; `choose` is told of another choice.
 * @param {HTMLElement} box
 * @param {MediaStream} stream
 * @param {(kind: InputKind, id: string) => void} choose
 */
export async function offerDevices(box, stream, choose) {
  const found = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  const used = stream.getTracks().map((track) => track.getSettings().deviceId);
  /** @type {NodeListOf<HTMLSelectElement>} */
  const lists = box.querySelectorAll("[data-device]");
  for (const list of lists) {
    const kind = /** @type {InputKind} */ (list.dataset.device);
    const some = found.filter((device) => device.kind === kind && device.deviceId);
    list.replaceChildren(...some.map(({ deviceId, label }, at) => {
      const named = label || `${list.dataset.unnamed} ${at + 1}`;
      return new Option(named, deviceId, false, used.includes(deviceId));
    }));
    list.parentElement.hidden = some.length === 0;
    list.onchange = () => {
      sessionStorage.setItem(KEPT, JSON.stringify({ ...kept(), [kind]: list.value }));
      choose(kind, list.value);
    };
  }
}
