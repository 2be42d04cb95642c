/**
 * The live room of a procedure, without a word and without a pixel: states and codes for the page to show.
 * Nothing is recorded, and no way to record is offered.
 *
 * Events (CustomEvent.detail): `state` {state, reason, detail, retryInMs}; `participants` [Participant];
 * `local` {stream, audio, video}; `device-error` {code, kind}; `paused` {paused}; `speaker` {participant};
 * `muted` {muted}: whoever holds the act has closed one's microphone.
 */

import { Connection } from "./room-connection.js";
import { Devices, isVirtual } from "./room-devices.js";
import { loudest, statsOf } from "./room-measures.js";

/** A token that came too late is worth a fresh one; every other refusal needs a person. */
const WORTH_ANOTHER_TOKEN = ["expired", "replayed"];
/** After these the page was told to come back; every other reason is final. */
const WORTH_COMING_BACK = ["media_lost", "stopping", null];
/** Why somebody is sent out who belongs in another room by now: the next token says in which. */
const MOVED = "moved";

const BACKOFF_MS = [250, 500, 1_000, 2_000, 4_000, 8_000];
const SPEAKER_POLL_MS = 250;

/** @typedef {import("./room-devices.js").Kind} Kind */
/** @typedef {{ participant: string, role: string, label: string, audio: boolean, video: boolean, muted?: boolean, quality?: string, virtual?: boolean }} Described */
/** @typedef {Described & { stream: string }} Slot */
/** @typedef {Described & { stream: MediaStream | null }} Participant */

export class Room extends EventTarget {
  #devices = new Devices();
  /** @type {Connection | null} */
  #connection = null;
  /** @type {() => Promise<string>} */
  #url;
  /** @type {() => Promise<string>} */
  #getToken;
  #attempts = 0;
  #retry = 0;
  #poll = 0;
  /** @type {Slot[]} */
  #slots = [];
  /** @type {Map<string, MediaStream>} */
  #streams = new Map();
  /** @type {Map<string, RTCRtpReceiver>} */
  #voices = new Map();
  #wants = { audio: true, video: true };
  /** @type {string | null} */
  #speaker = null;
  /** One of `idle connecting waiting admitted live reconnecting closed refused`. */
  state = "idle";

  /** @type {RTCConfiguration} Over which relays the next connection may go. */
  ice = {};

  constructor() {
    super();
    this.#devices.addEventListener("change", () => this.#devicesChanged());
    this.#devices.addEventListener("error", ({ detail }) => this.#emit("device-error", detail));
  }

  /**
   * Open the devices, then join and stay joined. `url` is a text or an async function; `getToken` is asked before
   * every connection and ends it all by throwing an error with `final` set (its `code` becomes the reason).
   * @param {string | (() => Promise<string>)} url
   * @param {() => Promise<string>} getToken
   * @param {MediaStreamConstraints} constraints
   */
  async connect(url, getToken, constraints = { audio: true, video: true }) {
    this.#url = typeof url === "function" ? url : async () => url;
    this.#getToken = getToken;
    this.#wants = { audio: Boolean(constraints.audio), video: Boolean(constraints.video) };
    this.#attempts = 0;
    this.#set("connecting");
    await this.#devices.open(constraints);
    if (this.state === "connecting") await this.#join();
  }

  /** @param {boolean} on - Whether the microphone is to be heard. */
  setMicrophone(on) {
    this.#wants.audio = on;
    if (on && !this.#devices.track("audio")) this.#devices.enable("audio");
    this.#devicesChanged();
  }

  /** @param {boolean} on - Whether the camera is on. Off means released, light and all. */
  async setCamera(on) {
    this.#wants.video = on;
    if (!on) this.#devices.release("video");
    else if (!this.#devices.track("video")) await this.#devices.enable("video");
  }

  /** @param {Kind} kind - Try again to open a device that failed: `audio` or `video`. */
  async enable(kind) {
    this.#wants[kind] = true;
    return this.#devices.enable(kind);
  }

  /**
   * Change device without dropping: `audioinput` or `videoinput`.
   * @param {import("./room-devices.js").InputKind} inputKind
   * @param {string} deviceId
   */
  async useDevice(inputKind, deviceId) {
    return this.#devices.use(inputKind, deviceId);
  }

  /** What is sent now: {stream, audio, video}. */
  get local() {
    const [audio, video] = /** @type {Kind[]} */ (["audio", "video"]).map((kind) => Boolean(this.#devices.track(kind)?.enabled));
    return { stream: this.#devices.stream, audio, video };
  }

  /** The others, as last told. */
  get participants() {
    return this.#slots.map((slot) => ({ ...slot, stream: this.#streams.get(slot.stream) ?? null }));
  }

  /** Say goodbye, release the devices and do not come back. */
  leave() {
    this.#connection?.say({ type: "leave" });
    this.#finish("closed", { reason: "left" });
  }

  /** What the browser measured of the connection: `statsOf`. */
  stats() {
    return statsOf(this.#connection?.peer, (track) => this.#ownerOf(track));
  }

  /** @param {string} quality - Of one's own connection, for whoever holds the act: `qualityOf`. */
  tellQuality(quality) {
    this.#connection?.say({ type: "quality", quality });
  }

  async #join() {
    let token, url;
    try {
      [token, url] = [await this.#getToken(), await this.#url()];
    } catch (thrown) {
      const error = /** @type {{ final?: boolean, code?: string } | undefined} */ (thrown);
      if (error?.final) this.#finish("refused", { reason: error.code ?? null });
      else this.#again();
      return;
    }
    if (this.state === "closed") return;
    const connection = (this.#connection = new Connection(url, token, this.#devices, this.ice));
    /**
     * @param {string} type
     * @param {(detail: any) => void} act
     */
    const on = (type, act) => connection.addEventListener(type, ({ detail }) => act(detail));
    on("waiting", () => this.#set("waiting"));
    on("admitted", () => this.#set("admitted"));
    on("live", () => this.#live());
    on("paused", ({ paused }) => this.#emit("paused", { paused }));
    on("muted", ({ muted }) => this.#emit("muted", { muted }));
    on("slots", ({ slots }) => this.#show(slots));
    on("track", (arrived) => this.#heard(arrived));
    on("end", (end) => this.#ended(end));
  }

  #live() {
    this.#attempts = 0;
    this.#set("live");
    this.#devicesChanged();
    clearInterval(this.#poll);
    this.#poll = setInterval(() => this.#listenForSpeaker(), SPEAKER_POLL_MS);
  }

  /** @param {import("./room-connection.js").End} end */
  #ended({ reason, detail, refused }) {
    if (this.state === "closed" || this.state === "refused") return;
    this.#forgetOthers();
    if (detail === MOVED) {
      this.#attempts = 0;
      this.#again(MOVED);
    } else if (refused ? WORTH_ANOTHER_TOKEN.includes(reason) : WORTH_COMING_BACK.includes(reason)) this.#again();
    else this.#finish(refused ? "refused" : "closed", { reason, detail });
  }

  /** @param {string | null} reason */
  #again(reason = null) {
    if (this.state === "closed" || this.state === "refused") return;
    const pause = BACKOFF_MS[Math.min(this.#attempts++, BACKOFF_MS.length - 1)];
    // Everybody is cut off in the same instant; without some chance all would come back in the same instant too.
    const retryInMs = Math.round(pause * (0.75 + Math.random() / 2));
    this.#set("reconnecting", { retryInMs, reason });
    this.#retry = setTimeout(() => this.#join(), retryInMs);
  }

  /**
   * @param {string} state
   * @param {import("./room-connection.js").End} detail
   */
  #finish(state, detail) {
    this.#set(state, detail);
    clearTimeout(this.#retry);
    this.#connection?.end({ reason: detail.reason });
    this.#forgetOthers();
    this.#devices.close();
  }

  #forgetOthers() {
    clearInterval(this.#poll);
    this.#streams.clear();
    this.#voices.clear();
    this.#show([]);
  }

  /** @param {Slot[]} slots */
  #show(slots) {
    this.#slots = slots;
    this.#emit("participants", this.participants);
  }

  /** @param {{ stream: MediaStream, track: MediaStreamTrack, receiver: RTCRtpReceiver }} arrived */
  #heard({ stream, track, receiver }) {
    this.#streams.set(stream.id, stream);
    if (track.kind === "audio") this.#voices.set(stream.id, receiver);
    if (this.#slots.length) this.#emit("participants", this.participants);
  }

  #devicesChanged() {
    const microphone = this.#devices.track("audio");
    if (microphone) microphone.enabled = this.#wants.audio;
    this.#connection?.publish();
    const { audio, video } = this.local;
    this.#connection?.say({ type: "media", audio, video, virtual: isVirtual(this.#devices.track("video")) });
    this.#emit("local", this.local);
  }

  #listenForSpeaker() {
    const speaker = loudest(this.#slots, this.#voices);
    if (!speaker || speaker === this.#speaker) return;
    this.#speaker = speaker;
    this.#emit("speaker", { participant: speaker });
  }

  /** @param {MediaStreamTrack} track */
  #ownerOf(track) {
    const owner = this.participants.find(({ stream }) => stream?.getTracks().includes(track));
    return owner?.participant ?? null;
  }

  /**
   * @param {string} state
   * @param {object} detail
   */
  #set(state, detail = {}) {
    this.state = state;
    this.#emit("state", { state, reason: null, detail: null, ...detail });
  }

  /**
   * @param {string} type
   * @param {object} detail
   */
  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
