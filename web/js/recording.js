/** Playing a recording: everybody's segments side by side, by one clock. */

const player = document.querySelector("#player");
const lasts = Number(player.dataset.lasts);
const slider = /** @type {HTMLInputElement} */ (document.querySelector("#position"));
const button = document.querySelector("#play");
const clock = document.querySelector("#clock");

const DRIFT = 0.4;
const TICK = 200;

/** @typedef {{begins: number, ends: number, url: string}} Piece */
/** @typedef {{begins: number, ends: number, reason: string}} Missing */

let position = 0;
let playing = false;
let last = 0;

/** @param {number} seconds */
function told(seconds) {
  const whole = Math.floor(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = String(Math.floor(whole / 60) % 60).padStart(hours ? 2 : 1, "0");
  return `${hours ? `${hours}:` : ""}${minutes}:${String(whole % 60).padStart(2, "0")}`;
}

const people = [...player.querySelectorAll("figure")].map((figure) => ({
  video: figure.querySelector("video"),
  note: figure.querySelector("p"),
  pieces: /** @type {Piece[]} */ (JSON.parse(figure.dataset.pieces)),
  missing: /** @type {Missing[]} */ (JSON.parse(figure.dataset.missing)),
}));

/** @template {{begins: number, ends: number}} T @param {T[]} spans */
const at = (spans) => spans.find((span) => position >= span.begins && position < span.ends);

/** @param {(typeof people)[number]} person */
function show({ video, note, pieces, missing }) {
  const piece = at(pieces);
  const words = JSON.parse(note.dataset.words);
  note.hidden = Boolean(piece);
  if (!piece) {
    note.textContent = words[at(missing)?.reason] ?? words.nothing_sent;
    video.pause();
    return;
  }
  if (video.dataset.url !== piece.url) {
    video.dataset.url = piece.url;
    video.src = piece.url;
  }
  const wanted = position - piece.begins;
  if (Math.abs(video.currentTime - wanted) > DRIFT && video.readyState > 0 && !video.seeking) video.currentTime = wanted;
  if (playing && video.paused) video.play().catch(() => {});
  if (!playing) video.pause();
}

function paint() {
  slider.value = String(position);
  slider.setAttribute("aria-valuetext", told(position));
  clock.textContent = `${told(position)} / ${told(lasts)}`;
  button.setAttribute("aria-pressed", String(playing));
  button.querySelector("[data-play]").hidden = playing;
  button.querySelector("[data-pause]").hidden = !playing;
  for (const person of people) show(person);
  const begun = [...document.querySelectorAll("[data-begins]")].filter((one) => Number(one.dataset.begins) <= position + 0.05);
  for (const one of document.querySelectorAll("[data-begins]")) one.toggleAttribute("aria-current", one === begun.at(-1));
}

/** While somebody's segment is still being fetched the clock waits, so that nobody falls behind. */
const waits = () => people.some(({ video, pieces }) => at(pieces) && video.readyState < 2);

/** @param {number} seconds */
function jump(seconds) {
  position = Math.min(Math.max(0, seconds), lasts);
  paint();
}

setInterval(() => {
  const now = performance.now();
  if (playing && !waits()) position += (now - last) / 1000;
  last = now;
  if (position >= lasts) [position, playing] = [lasts, false];
  if (playing) paint();
}, TICK);

button.addEventListener("click", () => {
  playing = !playing;
  if (playing && position >= lasts) position = 0;
  paint();
});
slider.addEventListener("input", () => jump(Number(slider.value)));
for (const one of document.querySelectorAll("[data-begins]")) one.addEventListener("click", () => jump(Number(one.dataset.begins)));
for (const one of document.querySelectorAll("[data-clock]")) one.textContent = told(Number(one.dataset.clock));
for (const { video } of people) video.addEventListener("loadeddata", paint);

/** A link from the agenda names an item: to its moment, ready to be played. */
function jumpToItem() {
  const chapter = /** @type {HTMLElement | null} */ (document.getElementById(location.hash.slice(1))?.closest("[data-begins]"));
  if (!chapter) return;
  jump(Number(chapter.dataset.begins));
  chapter.focus();
}
addEventListener("hashchange", jumpToItem);
paint();
jumpToItem();
