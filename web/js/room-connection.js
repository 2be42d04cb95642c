/**
 * One connection to the media process: a WebSocket to negotiate and, once admitted, a peer connection.
 * It lives until the first thing that goes wrong; `Room` makes the next one. The server always offers.
 */

/** The server speaks at least every 5 s. */
const SILENCE_MS = 12_000;
/** How long a peer connection may be "disconnected" before it is given up. */
const DISCONNECTED_MS = 3_000;

/** @typedef {{ reason?: string | null, detail?: string | null, refused?: boolean }} End */

/** Emits `waiting`, `admitted`, `live`, `slots`, `paused`, `muted`, `track`, and exactly one `end` {reason, detail, refused}. */
export class Connection extends EventTarget {
  #socket;
  #devices;
  #ice;
  #alive = 0;
  #ended = false;
  /**
   * The peer connection, null until admitted.
   * @type {RTCPeerConnection | null}
   */
  peer = null;

  /**
   * @param {string} url
   * @param {string} token
   * @param {import("./room-devices.js").Devices} devices
   * @param {RTCConfiguration} ice
   */
  constructor(url, token, devices, ice) {
    super();
    this.#devices = devices;
    this.#ice = ice;
    this.#socket = new WebSocket(url);
    this.#socket.onopen = () => this.say({ type: "join", token });
    this.#socket.onmessage = (event) => this.#hear(JSON.parse(event.data));
    this.#socket.onclose = () => this.end({});
    this.#stayAlive();
  }

  /**
   * Send a message, if the socket is open.
   * @param {object} message
   */
  say(message) {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  /** Put the devices' present tracks on the connection; needs no negotiation. */
  async publish() {
    if (this.#ended) return;
    const [audio, video] = this.peer?.getTransceivers() ?? [];
    await audio?.sender.replaceTrack(this.#devices.track("audio"));
    await video?.sender.replaceTrack(this.#devices.track("video"));
  }

  /**
   * End it. The first reason counts.
   * @param {End} end
   */
  end({ reason = null, detail = null, refused = false }) {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#alive);
    this.#socket.onclose = null;
    this.#socket.close();
    this.peer?.close();
    this.#emit("end", { reason, detail, refused });
  }

  /** @param {{ type: string, sdp?: string } & End} message */
  async #hear(message) {
    this.#stayAlive();
    switch (message.type) {
      case "offer":
        this.#emit("admitted");
        await this.#answer(message).catch(() => this.end({}));
        break;
      case "closed":
        this.end({ reason: message.reason, detail: message.detail });
        break;
      case "refused":
        this.end({ reason: message.reason, refused: true });
        break;
      case "waiting":
      case "slots":
      case "paused":
      case "muted":
        this.#emit(message.type, message);
    }
  }

  /** @param {{ sdp?: string }} offer */
  async #answer({ sdp }) {
    const peer = new RTCPeerConnection(this.#ice);
    this.peer = peer;
    peer.ontrack = ({ streams, track, receiver }) => this.#emit("track", { stream: streams[0], track, receiver });
    peer.onicecandidate = ({ candidate }) => candidate && this.say({ type: "candidate", ...candidate.toJSON() });
    peer.onconnectionstatechange = () => this.#watch(peer);
    await peer.setRemoteDescription({ type: "offer", sdp });
    // The first two m-lines are ours to send on; they stay agreed even while a device is off.
    for (const transceiver of peer.getTransceivers().slice(0, 2)) transceiver.direction = "sendonly";
    await this.publish();
    await peer.setLocalDescription(await peer.createAnswer());
    this.say({ type: "answer", sdp: peer.localDescription.sdp });
  }

  /** @param {RTCPeerConnection} peer */
  #watch(peer) {
    if (peer.connectionState === "connected") this.#emit("live");
    if (peer.connectionState === "failed") this.end({});
    if (peer.connectionState === "disconnected") {
      setTimeout(() => peer.connectionState === "disconnected" && this.end({}), DISCONNECTED_MS);
    }
  }

  #stayAlive() {
    clearTimeout(this.#alive);
    if (!this.#ended) this.#alive = setTimeout(() => this.end({}), SILENCE_MS);
  }

  /**
   * @param {string} type
   * @param {object | null} detail
   */
  #emit(type, detail = null) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
