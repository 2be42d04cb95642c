/** A page of a document, larger: for eyes that need it. A repaint, and the next page, stay as large. */

let large = false;

export function startZoom() {
  document.addEventListener("click", ({ target }) => {
    if (!target.closest("[data-zoom]")) return;
    large = !large;
    show();
  });
  for (const event of ["estrado:repainted", "htmx:after:swap"]) document.addEventListener(event, show);
}

function show() {
  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.setAttribute("aria-pressed", String(large));
    const view = button.parentElement.querySelector(".sheet__view");
    view.toggleAttribute("data-large", large);
    // What scrolls can be reached by keyboard.
    if (large) view.tabIndex = 0;
    else view.removeAttribute("tabindex");
  }
}
