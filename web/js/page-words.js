/** What is written on a page of a document, for who cannot see its picture. Once unfolded, the next page is too. */

let unfolded = false;

export function startPageWords() {
  // A toggle does not bubble.
  document.addEventListener("toggle", ({ target }) => {
    if (!(target instanceof HTMLDetailsElement) || !target.dataset.wordsOf) return;
    unfolded = target.open;
    if (unfolded) fill(target);
  }, true);
  for (const event of ["estrado:repainted", "htmx:after:swap"]) document.addEventListener(event, unfold);
}

function unfold() {
  if (!unfolded) return;
  /** @type {HTMLDetailsElement} */
  const next = document.querySelector("#task > .sheet [data-words-of]");
  if (next && !next.open) next.open = true;
}

/** @param {HTMLElement} box */
async function fill(box) {
  const place = box.querySelector("pre");
  if (place.textContent) return;
  const answer = await fetch(box.dataset.wordsOf);
  if (answer.ok) place.textContent = (await answer.text()) || place.dataset.none;
}
