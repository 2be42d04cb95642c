/** Camera, microphone and speaker before the room: only the person sees and hears this, nothing is sent. */

import { offerDevices, wanted } from "./devices.js";
import { Devices } from "./room-devices.js";

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
    list.replaceChildren(...lines);
    list.hidden = lines.length === 0;
    this.#box.querySelector("[data-mirror-again]").hidden = lines.length === 0;
    const on = this.#box.querySelector("[data-mirror-on]");
    on.textContent = lines.length ? on.dataset.without : on.dataset.good;
    if (this.#devices.stream.getTracks().length || lines.length) this.#say(lines.length ? "" : "ready");
  }

  /** @param {"" | "asking" | "ready"} state */
  #say(state) {
    this.#box.querySelector("[data-mirror-state]").textContent = state ? this.#box.dataset[state] : "";
  }
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
