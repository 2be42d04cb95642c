/** Camera, microphone and speaker before the room: only the person sees and hears this, nothing is sent. */

import { offerDevices, wanted } from "./devices.js";
import { Devices, isVirtual } from "./room-devices.js";

export function startMirror() {
  const box = document.querySelector("[data-mirror]");
  if (box) new Mirror(box).look();
}

class Mirror {
  #box;
  #devices = new Devices();
  /** @type {Map<string, string>} What is wrong with the camera or the microphone, by kind. */
  #troubles = new Map();
  #level = 0;

  /** @param {HTMLElement} box */
  constructor(box) {
    this.#box = box;
    this.#devices.addEventListener("error", ({ detail }) => {
      this.#troubles.set(detail.kind, detail.code);
      this.#tell();
    });
    box.querySelector("[data-mirror-again]").addEventListener("click", () => this.look());
    box.querySelector("[data-mirror-sound]").addEventListener("click", playTone);
    box.querySelector("[data-mirror-echo]").addEventListener("click", () => this.#echo());
    addEventListener("pagehide", () => this.#devices.close());
  }

  async look() {
    this.#troubles.clear();
    this.#say("asking");
    this.#devices.close();
    await this.#devices.open(wanted());
    this.#show();
  }

  #show() {
    const { stream } = this.#devices;
    this.#box.querySelector("video").srcObject = stream.getTracks().length ? stream : null;
    clearInterval(this.#level);
    if (this.#devices.track("audio")) this.#level = listen(stream, this.#box.querySelector("meter"));
    offerDevices(this.#box, stream, (kind, id) => this.#choose(kind, id));
    this.#tell();
  }

  /**
   * @param {import("./room-devices.js").InputKind} kind
   * @param {string} id
   */
  async #choose(kind, id) {
    this.#troubles.delete(kind === "audioinput" ? "audio" : "video");
    await this.#devices.use(kind, id);
    this.#show();
  }

  #tell() {
    const list = this.#box.querySelector("[data-mirror-troubles]");
    const lines = [...this.#troubles].map(([kind, code]) => {
      const line = document.createElement("li");
      line.textContent = `${list.dataset[kind]}: ${list.dataset[code] ?? list.dataset.unknown}`;
      return line;
    });
    if (isVirtual(this.#devices.track("video"))) {
      const line = document.createElement("li");
      line.textContent = this.#box.dataset.virtual;
      lines.push(line);
    }
    list.replaceChildren(...lines);
    list.hidden = lines.length === 0;
    this.#box.querySelector("[data-mirror-again]").hidden = lines.length === 0;
    const on = this.#box.querySelector("[data-mirror-on]");
    if (on) on.textContent = lines.length ? on.dataset.without : on.dataset.good;
    if (this.#devices.stream.getTracks().length || lines.length) this.#say(lines.length ? "" : "ready");
  }

  /** What the microphone hears for some seconds, played back once: here alone, and kept nowhere. */
  async #echo() {
    const microphone = this.#devices.track("audio");
    if (!microphone) return;
    try {
      this.#say("listening");
      const heard = await recorded(microphone);
      this.#say("playing");
      await played(heard);
    } finally {
      this.#tell(); // also of a microphone that was pulled out meanwhile
    }
  }

  /** @param {"" | "asking" | "ready" | "listening" | "playing"} state */
  #say(state) {
    this.#box.querySelector("[data-mirror-state]").textContent = state ? this.#box.dataset[state] : "";
  }
}

const ECHO_MS = 3000;

/** @param {MediaStreamTrack} microphone */
function recorded(microphone) {
  /** @type {Blob[]} */
  const pieces = [];
  const recorder = new MediaRecorder(new MediaStream([microphone]));
  return new Promise((/** @type {(heard: Blob) => void} */ done) => {
    recorder.ondataavailable = ({ data }) => pieces.push(data);
    recorder.onstop = () => done(new Blob(pieces));
    recorder.start();
    setTimeout(() => recorder.state !== "inactive" && recorder.stop(), ECHO_MS);
  });
}

/** @param {Blob} heard */
async function played(heard) {
  const context = new AudioContext();
  const source = new AudioBufferSourceNode(context, { buffer: await context.decodeAudioData(await heard.arrayBuffer()) });
  source.connect(context.destination);
  await new Promise((done) => {
    source.onended = done;
    source.start();
  });
  await context.close();
}

/** A tone of a second, to hear whether the speaker works. */
function playTone() {
  const context = new AudioContext();
  const tone = new OscillatorNode(context, { frequency: 440 });
  const volume = new GainNode(context, { gain: 0.2 });
  tone.connect(volume).connect(context.destination);
  tone.start();
  tone.stop(context.currentTime + 1);
  tone.onended = () => context.close();
}

/**
 * @param {MediaStream} stream
 * @param {HTMLMeterElement} meter
 */
function listen(stream, meter) {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    meter.value = Math.min(1, Math.sqrt(power) * 6);
  }, 100);
}
