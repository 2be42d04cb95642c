/** The room in the page: joins when the room is open, tells its state in words, and has buttons for what one sends. */

import { headers } from "./csrf.js";
import { Room } from "./room.js";
import "./room-tiles.js";

const FINAL = ["dismissed", "replaced", "left"];
const AGAIN_MS = 3000;

export function startVideo() {
  const box = document.getElementById("video");
  if (!box) return;
  const video = new Video(box);
  video.enter();
  for (const event of ["estrado:repainted", "htmx:after:swap"]) document.addEventListener(event, () => video.enter());
  addEventListener("pagehide", () => video.room?.leave());
}

class Video {
  /** @type {Room | null} */
  room = null;
  #words;
  #line;
  #controls;
  #timer = 0;
  #over = false;

  /** @param {HTMLElement} box */
  constructor(box) {
    this.box = box;
    this.#line = box.querySelector("#room-state");
    this.#words = JSON.parse(this.#line.dataset.words);
    this.#controls = box.querySelector("#room-controls");
    this.#controls.addEventListener("click", ({ target }) => this.#pressed(target.closest?.("[data-room-act]")));
  }

  /** Join if the room is open and nobody is joined yet. */
  enter() {
    const open = document.getElementById("video")?.dataset.roomOpen === "yes";
    if (!open) {
      this.#over = false;
      this.room?.leave();
    }
    if (!open || this.room || this.#over) return;
    const room = new Room();
    this.room = room;
    room.addEventListener("state", ({ detail }) => this.#changed(room, detail));
    room.addEventListener("device-error", ({ detail }) => this.#say(this.#words[detail.code]));
    room.addEventListener("local", ({ detail }) => this.#pressedLooks(detail));
    room.addEventListener("sound-blocked", () => (this.#controls.querySelector('[data-room-act="sound"]').hidden = false));
    const { self, cameraOff, microphoneOff, name, roles } = this.box.dataset;
    const tiles = this.box.querySelector("estrado-room");
    tiles.attach(room, { self, cameraOff, microphoneOff, room: name, roles: JSON.parse(roles ?? "{}") });
    tiles.addEventListener("sound-blocked", () => (this.#controls.querySelector('[data-room-act="sound"]').hidden = false));
    let address = "";
    const token = async () => {
      const answer = await fetch(this.box.dataset.room, { method: "POST", headers: headers() });
      if ([401, 403, 404].includes(answer.status)) throw Object.assign(new Error("no pass"), { final: true, code: "no_pass" });
      if (!answer.ok) throw new Error("no pass yet");
      const pass = await answer.json();
      address = pass.url;
      return pass.token;
    };
    room.connect(async () => address, token, { audio: true, video: true });
    this.#controls.hidden = false;
  }

  /**
   * @param {Room} room
   * @param {{ state: string, reason: string | null }} change
   */
  #changed(room, { state, reason }) {
    if (room !== this.room) return;
    this.#line.dataset.state = state;
    this.#say(this.#words[state]);
    if (state !== "closed" && state !== "refused") return;
    this.room = null;
    this.#controls.hidden = true;
    this.box.querySelector("estrado-room").detach();
    this.#over = FINAL.includes(reason);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.enter(), AGAIN_MS);
  }

  /** @param {string} words */
  #say(words) {
    if (words && this.#line.textContent !== words) this.#line.textContent = words;
  }

  /** @param {HTMLElement | undefined} button */
  #pressed(button) {
    const on = button?.getAttribute("aria-pressed") !== "true";
    if (button?.dataset.roomAct === "microphone") this.room?.setMicrophone(on);
    if (button?.dataset.roomAct === "camera") this.room?.setCamera(on);
    if (button?.dataset.roomAct === "sound") {
      this.box.querySelector("estrado-room").playSound();
      button.hidden = true;
    }
  }

  /** @param {{ audio: boolean, video: boolean }} sent */
  #pressedLooks({ audio, video }) {
    this.#controls.querySelector('[data-room-act="microphone"]').setAttribute("aria-pressed", String(audio));
    this.#controls.querySelector('[data-room-act="camera"]').setAttribute("aria-pressed", String(video));
  }
}
