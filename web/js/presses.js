/**
 * Nothing is painted between the moment when somebody presses a control and the moment when they let it go: what lies
 * under the finger would be taken away, or become another act. What comes meanwhile waits until the press is done.
 */

const PRESSED = "a[href], button, summary, label, input";
const KEYS = [" ", "Enter"];
/** Whoever holds longer has left the page to itself: a letting go that no event told of. */
const LONGEST_MS = 10_000;
/** @type {(() => void)[]} */
const waiting = [];
let pressed = false;
/** Counts them: a letting go is told a turn later, when the next press may have begun. */
let press = 0;
let longest = 0;

export function keepPresses() {
  document.addEventListener("pointerdown", ({ target }) => began(target), true);
  document.addEventListener("keydown", ({ key, target }) => KEYS.includes(key) && began(target), true);
  // The click follows upon letting go, in the same turn.
  for (const end of ["pointerup", "pointercancel", "dragend"]) document.addEventListener(end, letGo, true);
  document.addEventListener("keyup", ({ key }) => KEYS.includes(key) && letGo(), true);
  addEventListener("blur", ended);
  document.addEventListener("htmx:config:request", ({ detail }) => {
    detail.ctx.fetch = async (address, request) => waits(await fetch(address, request));
  });
}

/** @param {EventTarget} target */
function began(target) {
  if (!target.closest?.(PRESSED)) return;
  pressed = true;
  press += 1;
  clearTimeout(longest);
  longest = setTimeout(ended, LONGEST_MS);
}

function letGo() {
  const ending = press;
  setTimeout(() => ending === press && ended());
}

function ended() {
  pressed = false;
  clearTimeout(longest);
  for (const go of waiting.splice(0)) go();
}

/**
 * At once where nothing is pressed, else when it is let go.
 * @param {() => void} act
 */
export function onceLetGo(act) {
  if (pressed) waiting.push(act);
  else act();
}

/**
 * The same answer, read to its end only while nothing is pressed: it is painted in the turn in which it is read.
 * @param {Response} answer
 */
function waits(answer) {
  const read = answer.text.bind(answer);
  answer.text = async () => {
    const words = await read();
    while (pressed) await new Promise((go) => onceLetGo(() => go(undefined)));
    return words;
  };
  return answer;
}
