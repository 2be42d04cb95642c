/**
 * <estrado-room>: the pictures of the people in a room, the one who speaks large, oneself small.
 * Words come from the page; the layout here has no specificity, so that any stylesheet may change it.
 */

const LAYOUT = `
:where(estrado-room) { display: block; position: relative; }
:where(estrado-room .room-stage) { display: grid; gap: 0.5rem; align-items: start;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 10rem), 1fr)); }
:where(estrado-room .room-tile) { position: relative; margin: 0; overflow: hidden; aspect-ratio: 4 / 3;
  background: #1d1d1d; color: #fff; }
:where(estrado-room .room-tile--speaker) { grid-column: 1 / -1; order: -1; }
:where(estrado-room .room-tile--self) { position: absolute; z-index: 1; inset-block-end: 0.5rem;
  inset-inline-end: 0.5rem; inline-size: clamp(6rem, 22%, 12rem); }
:where(estrado-room .room-tile--self:only-child) { position: relative; inset: auto; inline-size: auto;
  grid-column: 1 / -1; }
:where(estrado-room .room-tile video) { display: block; inline-size: 100%; block-size: 100%; object-fit: cover; }
:where(estrado-room .room-tile--self video) { transform: scaleX(-1); }
:where(estrado-room .room-tile[data-video="off"] video) { visibility: hidden; }
:where(estrado-room .room-tile figcaption) { position: absolute; inset-block-end: 0; inset-inline: 0;
  display: flex; gap: 0 0.75em; padding: 0.25em 0.5em; background: rgb(0 0 0 / 65%); }
:where(estrado-room .room-tile[data-quality="good"] figcaption) { border-inline-start: 4px solid #5fd38d; }
:where(estrado-room .room-tile[data-quality="fair"] figcaption) { border-inline-start: 4px solid #ffc93c; }
:where(estrado-room .room-tile[data-quality="poor"] figcaption) { border-inline-start: 4px solid #ff7a70; }
`;

function adoptLayout() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(LAYOUT);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

/** @typedef {import("./room.js").Room} Room */
/**
 * `said`: what stands on the picture of whom, by participant.
 * @typedef {{ room?: string, self?: string, cameraOff?: string, microphoneOff?: string, muted?: string, virtual?: string, roles?: Record<string, string>, qualities?: Record<string, string>, said?: Record<string, string> }} Words
 */
/** @typedef {import("./room.js").Participant & { self?: boolean }} Person */

export class RoomTiles extends HTMLElement {
  /** @type {Room | null} */
  #room = null;
  /** @type {Words} */
  #words = {};
  /** @type {HTMLElement | null} */
  #stage = null;
  /** @type {Map<string, HTMLElement>} */
  #tiles = new Map();
  /** @type {string | null} */
  #speaker = null;
  #spotlit = "";
  /** @type {{ quality?: string, muted?: boolean }} */
  #own = {};
  /** @type {AbortController | null} */
  #listening = null;

  /**
   * Show `room`.
   * @param {Room} room
   * @param {Words} words
   */
  attach(room, words) {
    this.detach();
    this.#room = room;
    this.#words = words;
    this.setAttribute("role", "group");
    this.setAttribute("aria-label", words.room);
    this.#stage = document.createElement("div");
    this.#stage.className = "room-stage";
    this.replaceChildren(this.#stage);
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    room.addEventListener("participants", () => this.#draw(), { signal });
    room.addEventListener("local", () => this.#draw(), { signal });
    room.addEventListener("speaker", ({ detail }) => this.pin(detail.participant), { signal });
    this.#draw();
  }

  /** Stop following the room and show nobody. */
  detach() {
    this.#listening?.abort();
    this.#room = null;
    this.#tiles.clear();
    this.replaceChildren();
  }

  disconnectedCallback() {
    this.#listening?.abort();
  }

  /**
   * Show a participant large.
   * @param {string} participant
   */
  pin(participant) {
    this.#speaker = participant;
    this.#draw();
  }

  /**
   * From now on this stands on the pictures.
   * @param {Record<string, string>} said
   */
  tell(said) {
    this.#words.said = said;
    if (this.#room) this.#draw();
  }

  /**
   * Somebody is large whoever speaks, until nobody is named any more.
   * @param {string} participant
   */
  spotlight(participant) {
    this.#spotlit = participant;
    if (this.#room) this.#draw();
  }

  /**
   * How good one's own connection is, and whether one's microphone was closed by whoever holds the act.
   * @param {{ quality?: string, muted?: boolean }} own
   */
  tellOwn(own) {
    this.#own = { ...this.#own, ...own };
    if (this.#room) this.#draw();
  }

  /** Start sound that the browser has held back; call it from a click. */
  async playSound() {
    const videos = [...this.querySelectorAll("video")].filter((video) => video.srcObject);
    await Promise.allSettled(videos.map((video) => video.play()));
  }

  #draw() {
    const others = this.#room.participants;
    const { stream, audio, video } = this.#room.local;
    const self = { participant: "", role: "", label: this.#words.self, stream, audio, video, ...this.#own, self: true };
    const large = [this.#spotlit, this.#speaker].find((one) => others.some(({ participant }) => participant === one));
    const speaker = large ?? others[0]?.participant;
    const present = new Set(["", ...others.map(({ participant }) => participant)]);
    for (const [participant, tile] of this.#tiles) {
      if (!present.has(participant)) {
        tile.remove();
        this.#tiles.delete(participant);
      }
    }
    /** @type {Person[]} */
    const people = [...others, self];
    for (const person of people) this.#drawTile(person, person.participant === speaker && !person.self);
  }

  /**
   * @param {Person} person
   * @param {boolean} speaks
   */
  #drawTile(person, speaks) {
    const tile = this.#tiles.get(person.participant) ?? this.#newTile(person);
    const video = tile.querySelector("video");
    // Scar: a video element with an empty stream holds up the load event of the page for ever.
    const stream = person.stream?.getTracks().length ? person.stream : null;
    // Attaching the same stream again would make the picture flicker.
    if (video.srcObject !== stream) {
      video.srcObject = stream;
      if (stream) video.play().catch((error) => this.#held(error));
    }
    video.setAttribute("aria-label", person.label);
    tile.classList.toggle("room-tile--speaker", speaks);
    tile.dataset.audio = person.audio ? "on" : "off";
    tile.dataset.video = person.video ? "on" : "off";
    tile.querySelector(".room-tile__name").textContent = person.label;
    tile.title = [person.label, this.#roleOf(person)].filter(Boolean).join(" · ");
    tile.querySelector(".room-tile__role").textContent = this.#roleOf(person);
    tile.dataset.quality = person.quality ?? "";
    const { muted, microphoneOff, cameraOff, virtual, qualities, said } = this.#words;
    const sound = person.muted ? muted : !person.audio && microphoneOff;
    const notes = [said?.[person.participant], sound, !person.video && cameraOff, person.virtual && virtual, qualities?.[person.quality]];
    tile.querySelector(".room-tile__note").textContent = notes.filter(Boolean).join(" · ");
  }

  /**
   * In the language of the page; nothing where the name says it already.
   * @param {Person} person
   */
  #roleOf({ role, label }) {
    const words = this.#words.roles?.[role] ?? "";
    return words === label ? "" : words;
  }

  /** @param {Person} person */
  #newTile(person) {
    const tile = document.createElement("figure");
    tile.className = person.self ? "room-tile room-tile--self" : "room-tile";
    tile.dataset.participant = person.participant;
    tile.dataset.role = person.role;
    const video = document.createElement("video");
    video.playsInline = true;
    video.autoplay = true;
    // One's own voice coming back would howl.
    video.muted = Boolean(person.self);
    const caption = document.createElement("figcaption");
    for (const part of ["room-tile__name", "room-tile__role", "room-tile__note"]) {
      const span = document.createElement("span");
      span.className = part;
      caption.append(span);
    }
    tile.append(video, caption);
    this.#stage.append(tile);
    this.#tiles.set(person.participant, tile);
    return tile;
  }

  /** @param {Error} error */
  #held(error) {
    if (error?.name === "NotAllowedError") this.dispatchEvent(new CustomEvent("sound-blocked", { bubbles: true }));
  }
}

if (!customElements.get("estrado-room")) {
  adoptLayout();
  customElements.define("estrado-room", RoomTiles);
}
