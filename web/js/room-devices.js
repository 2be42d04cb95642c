/**
 * The camera and microphone of this browser: opened together or apart, changed, switched off.
 * Errors are codes; the page has the words.
 */

/** @type {Record<string, string>} */
const CODES = {
  NotAllowedError: "permission_denied",
  SecurityError: "permission_denied",
  NotFoundError: "not_found",
  DevicesNotFoundError: "not_found",
  NotReadableError: "in_use",
  AbortError: "in_use",
  OverconstrainedError: "constraints",
};

/** Cameras that are programs, by what they call themselves. A list of names proves nothing: it is told to a person. */
const VIRTUAL = /\b(obs|virtual|manycam|snap camera|xsplit|v4l2loopback|dummy video|camtwist|sparkocam|splitcam|youcam|mmhmm|avatarify|ndi|e2esoft|deepfacelive)/i;

/**
 * Law: RDL 6/2023 art. 60.5; filters and made-up pictures are not admitted in an act.
 * @param {MediaStreamTrack | null} camera
 */
export const isVirtual = (camera) => VIRTUAL.test(camera?.label ?? "");

/** @typedef {"audio" | "video"} Kind */
/** @typedef {"audioinput" | "videoinput"} InputKind */

/** @type {Kind[]} */
const KINDS = ["audio", "video"];

/**
 * The code of a getUserMedia error.
 * @param {unknown} error
 */
export function deviceErrorCode(error) {
  return CODES[/** @type {Error} */ (error)?.name] ?? "unknown";
}

/** Emits `change` when a track came, went or was replaced, and `error` {code, kind} when a device cannot be had. */
export class Devices extends EventTarget {
  /** What is sent now; the same object for ever, so that a preview never has to be re-attached. */
  stream = new MediaStream();
  /** @type {MediaStreamConstraints} */
  #constraints = { audio: true, video: true };

  /**
   * Open what `constraints` ask for; whatever cannot be opened is reported and the rest goes on.
   * @param {MediaStreamConstraints} constraints
   */
  async open(constraints) {
    this.#constraints = constraints;
    const wanted = KINDS.filter((kind) => constraints[kind]);
    if (!wanted.length) return;
    if (!navigator.mediaDevices) {
      wanted.forEach((kind) => this.#fail("insecure_context", kind));
      return;
    }
    try {
      // One request, so that people are asked for permission once.
      const opened = await navigator.mediaDevices.getUserMedia(constraints);
      opened.getTracks().forEach((track) => this.#take(track));
    } catch {
      for (const kind of wanted) await this.enable(kind);
    }
    this.#changed();
  }

  /**
   * Open one kind (again). Returns whether it worked.
   * @param {Kind} kind
   */
  async enable(kind, constraint = this.#constraints[kind] || true) {
    if (!navigator.mediaDevices) return this.#fail("insecure_context", kind);
    try {
      const opened = await navigator.mediaDevices.getUserMedia({ [kind]: constraint });
      this.#take(opened.getTracks()[0]);
      this.#changed();
      return true;
    } catch (error) {
      return this.#fail(deviceErrorCode(error), kind);
    }
  }

  /**
   * Change to another device, `audioinput` or `videoinput`, without interrupting the other kind.
   * @param {InputKind} inputKind
   * @param {string} deviceId
   */
  async use(inputKind, deviceId) {
    const kind = inputKind === "audioinput" ? "audio" : "video";
    const former = this.#constraints[kind];
    const base = typeof former === "object" ? former : {};
    const constraint = { ...base, deviceId: { exact: deviceId } };
    const worked = await this.enable(kind, constraint);
    if (worked) this.#constraints = { ...this.#constraints, [kind]: constraint };
    return worked;
  }

  /**
   * The track of a kind, or null.
   * @param {Kind} kind
   */
  track(kind) {
    return this.stream.getTracks().find((track) => track.kind === kind) ?? null;
  }

  /**
   * Release a device: its light goes out, which is what people expect of a camera that is off.
   * @param {Kind} kind
   */
  release(kind) {
    const track = this.track(kind);
    if (!track) return;
    track.onended = null;
    track.stop();
    this.stream.removeTrack(track);
    this.#changed();
  }

  /** Release everything. */
  close() {
    KINDS.forEach((kind) => this.release(kind));
  }

  /** @param {MediaStreamTrack} track */
  #take(track) {
    const kind = /** @type {Kind} */ (track.kind);
    const former = this.track(kind);
    if (former) {
      former.onended = null;
      former.stop();
      this.stream.removeTrack(former);
    }
    this.stream.addTrack(track);
    track.onended = () => {
      this.release(kind);
      this.#fail("unplugged", kind);
    };
  }

  #changed() {
    this.dispatchEvent(new CustomEvent("change"));
  }

  /**
   * @param {string} code
   * @param {Kind} kind
   */
  #fail(code, kind) {
    this.dispatchEvent(new CustomEvent("error", { detail: { code, kind } }));
    return false;
  }
}
