/** Nobody says that they have read a page before it is on their screen. Without this script the button waits for nothing. */

const MOMENTS = ["load", "error"];

export function waitForPages() {
  for (const moment of MOMENTS) document.addEventListener(moment, ({ target }) => {
    if (target instanceof HTMLImageElement && target.matches(".sheet__page")) look();
  }, { capture: true });
  for (const moment of ["estrado:repainted", "htmx:after:swap", "htmx:finally:request"]) document.addEventListener(moment, () => setTimeout(look));
  document.addEventListener("click", ({ target }) => {
    const again = target.closest?.("[data-page-again]");
    if (again) load();
  });
  look();
}

const picture = () => /** @type {HTMLImageElement | null} */ (document.querySelector("#task .sheet__page"));

function look() {
  const line = document.querySelector("[data-waits-for-page]");
  const button = line?.closest("form").querySelector("button");
  const page = picture();
  if (!button || !page) return;
  const there = page.complete && page.naturalWidth > 0;
  if (there) button.removeAttribute("aria-disabled");
  else button.setAttribute("aria-disabled", "true");
  const missing = page.complete && !there;
  const words = there ? "" : missing ? line.dataset.missing : line.dataset.coming;
  if (line.dataset.says === words && line.textContent.startsWith(words)) return;
  line.dataset.says = words;
  line.textContent = words;
  if (missing) line.append(" ", againButton(line.dataset.again));
}

/** @param {string} words */
function againButton(words) {
  const again = document.createElement("button");
  again.type = "button";
  again.className = "small";
  again.dataset.pageAgain = "";
  again.textContent = words;
  return again;
}

function load() {
  const page = picture();
  const address = new URL(page.src);
  address.searchParams.set("again", String(Date.now()));
  page.src = address.href;
  look();
}
