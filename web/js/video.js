/** The room in the page: joins when the room is open, tells its state in words, and has buttons for what one sends. */

import { headers } from "./csrf.js";
import { offerDevices, wanted } from "./devices.js";
import { Room } from "./room.js";
import { carriedBy, qualityOf } from "./room-measures.js";
import { leave } from "./session.js";
import "./room-tiles.js";

const FINAL = ["dismissed", "replaced", "left", "session_over"];
const AGAIN_MS = 3000;
const MEASURING_MS = 5000;

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
  #measuring = 0;
  /** @type {import("./room-tiles.js").RoomTiles} */
  #tiles;
  #over = false;
  #paused = false;
  /** Of the room that the last pass was for, and of that which the page names. */
  #entered = "";
  #named = "";
  #back;

  /** @param {HTMLElement} box */
  constructor(box) {
    this.box = box;
    this.#tiles = box.querySelector("estrado-room");
    this.#line = box.querySelector("#room-state");
    this.#words = JSON.parse(this.#line.dataset.words);
    this.#controls = box.querySelector("#room-controls");
    this.#back = box.querySelector("#room-back");
    this.#back.addEventListener("click", () => this.#goBack());
    this.#controls.addEventListener("click", ({ target }) => this.#pressed(target.closest?.("[data-room-act]")));
  }

  /** Join if the room is open and nobody is joined yet. */
  enter() {
    const { roomOpen, roomId, said, spotlit } = document.getElementById("video")?.dataset ?? {};
    this.#tiles.tell(JSON.parse(said ?? "{}"));
    this.#tiles.spotlight(spotlit ?? "");
    const open = roomOpen === "yes";
    const elsewhere = roomId !== this.#named && roomId !== this.#entered;
    this.#named = roomId;
    if (this.room && this.#entered && elsewhere) this.#move();
    if (!open) {
      this.room?.leave();
      this.#over = false;
      this.#back.hidden = true;
    }
    if (!open || this.room || this.#over) return;
    const room = new Room();
    this.room = room;
    room.addEventListener("state", ({ detail }) => this.#changed(room, detail));
    room.addEventListener("device-error", ({ detail }) => this.#say(this.#words[detail.code]));
    room.addEventListener("paused", ({ detail }) => this.#pause(detail.paused));
    room.addEventListener("local", ({ detail }) => this.#pressedLooks(detail));
    room.addEventListener("sound-blocked", () => (this.#controls.querySelector('[data-room-act="sound"]').hidden = false));
    room.addEventListener("muted", ({ detail }) => this.#tiles.tellOwn(detail));
    const { self, cameraOff, microphoneOff, muted, virtual, name, roles, qualities } = this.box.dataset;
    const tiles = this.#tiles;
    tiles.attach(room, { self, cameraOff, microphoneOff, muted, virtual, room: name, roles: JSON.parse(roles ?? "{}"), qualities: JSON.parse(qualities ?? "{}"), said: JSON.parse(said ?? "{}") });
    tiles.tellOwn({ muted: false, quality: "" });
    this.#measure(room);
    tiles.addEventListener("sound-blocked", () => (this.#controls.querySelector('[data-room-act="sound"]').hidden = false));
    let address = "";
    const token = async () => {
      const answer = await fetch(this.box.dataset.room, { method: "POST", headers: headers() });
      if ([401, 403, 404].includes(answer.status)) throw Object.assign(new Error("no pass"), { final: true, code: "no_pass" });
      if (!answer.ok) throw new Error("no pass yet");
      const pass = await answer.json();
      address = pass.url;
      room.ice = { iceServers: pass.ice_servers, iceTransportPolicy: pass.relay_only ? "relay" : "all" };
      this.#entered = pass.room;
      return pass.token;
    };
    room.connect(async () => address, token, wanted());
    this.#controls.hidden = false;
    this.#back.hidden = true;
  }

  /**
   * @param {Room} room
   * @param {{ state: string, reason: string | null, detail: string | null }} change
   */
  #changed(room, { state, reason, detail }) {
    if (room !== this.room) return;
    if (reason === "session_over") leave();
    const lost = state === "closed" || state === "refused";
    if (lost || state === "reconnecting") {
      // The next connection says anew what still holds.
      this.#paused = false;
      this.#tiles.tellOwn({ muted: false, quality: "" });
    }
    this.#line.dataset.state = state;
    // Why, in the words for it; the state alone where there are none.
    const left = lost || reason === "moved";
    this.#say((left && (this.#words[detail] ?? this.#words[reason])) || this.#words[this.#paused ? "paused" : state]);
    if (!lost) return;
    this.room = null;
    this.#controls.hidden = true;
    this.box.querySelector("#room-devices").toggleAttribute("hidden", true);
    this.#back.hidden = document.getElementById("video")?.dataset.roomOpen !== "yes";
    this.#tiles.detach();
    this.#over = FINAL.includes(reason);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.enter(), AGAIN_MS);
  }

  /** The page says that this person belongs in another room: to it, with nothing of the one before. */
  #move() {
    const former = this.room;
    this.room = null;
    this.#entered = "";
    former.leave();
    this.#tiles.detach();
  }

  /**
   * Tell oneself and whoever holds the act how good one's connection is, when that changes.
   * @param {Room} room
   */
  #measure(room) {
    let before = { lost: 0, carried: 0 };
    let told = "";
    clearInterval(this.#measuring);
    this.#measuring = setInterval(async () => {
      if (room.state !== "live") {
        told = "";
        return;
      }
      const stats = await room.stats();
      const now = carriedBy(stats);
      // A new connection counts from nothing.
      const anew = now.carried < before.carried;
      const quality = anew ? null : qualityOf(stats.roundTripTime, before, now);
      if (anew) told = "";
      before = now;
      if (!quality || quality === told || room !== this.room) return;
      told = quality;
      room.tellQuality(quality);
      this.#tiles.tellOwn({ quality });
    }, MEASURING_MS);
  }

  #goBack() {
    this.#over = false;
    this.enter();
  }

  /** @param {boolean} paused */
  #pause(paused) {
    this.#paused = paused;
    this.#say(this.#words[paused ? "paused" : "live"]);
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
      this.#tiles.playSound();
      button.hidden = true;
    }
  }

  /** @param {{ audio: boolean, video: boolean }} sent */
  #pressedLooks({ audio, video }) {
    if (this.room && (audio || video)) {
      const box = this.box.querySelector("#room-devices");
      box.hidden = false;
      offerDevices(box, this.room.local.stream, (kind, id) => this.room?.useDevice(kind, id));
    }
    this.#controls.querySelector('[data-room-act="microphone"]').setAttribute("aria-pressed", String(audio));
    this.#controls.querySelector('[data-room-act="camera"]').setAttribute("aria-pressed", String(video));
  }
}
