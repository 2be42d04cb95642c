/**
 * Scanning from the form of a deposit. The agent on this computer gives page after page; they are looked at, put in
 * order, scanned again or taken out, and stand as the form's files. Nothing is stored here: leaving the page forgets all.
 */

/** @typedef {{picture: File, url: string}} Page */

/** @type {WeakMap<HTMLElement, Page[]>} */
const scanned = new WeakMap();

document.addEventListener("click", (event) => {
  /** @type {HTMLElement} */
  const button = event.target.closest("[data-scan] button");
  if (!button || button.getAttribute("aria-disabled") === "true") return;
  const box = /** @type {HTMLElement} */ (button.closest("[data-scan]"));
  const number = Number(button.dataset.number);
  if (button.matches("[data-scan-page]")) take(box);
  else if (button.matches("[data-scan-pair]")) pair(box);
  else if (button.dataset.does === "again") take(box, number);
  else change(box, button.dataset.does, number);
});

document.addEventListener("keydown", (event) => {
  /** @type {HTMLElement | null} */
  const code = event.key === "Enter" ? event.target.closest("[data-scan-code]") : null;
  if (!code) return;
  event.preventDefault(); // or it would send the deposit
  pair(/** @type {HTMLElement} */ (code.closest("[data-scan]")));
});

document.addEventListener("reset", (event) => {
  /** @type {HTMLElement | null} */
  const box = /** @type {HTMLFormElement} */ (event.target).querySelector("[data-scan]");
  if (box) show(box, []);
});

/**
 * One page in the place of another, or at the end all that lies in the feeder, each as it comes.
 * @param {HTMLElement} box
 * @param {number} [instead] its number
 */
async function take(box, instead) {
  busy(box, true);
  try {
    const scanner = await chosen(box);
    const colours = /** @type {HTMLInputElement} */ (box.querySelector("[data-scan-colour]")).checked ? "colour" : "grey";
    let answer = await ask(box, "pages", { scanner, colours, which: instead ? "one" : "first" });
    while (answer.status === 200) {
      const picture = await answer.blob();
      const page = { picture: new File([picture], "page", { type: picture.type }), url: URL.createObjectURL(picture) };
      const pages = scanned.get(box) ?? [];
      const place = instead ? instead - 1 : pages.length;
      show(box, [...pages.slice(0, place), page, ...pages.slice(place + (instead ? 1 : 0))]);
      tell(box, words(box, "scanned", place + 1));
      if (instead || answer.headers.get("More-Pages") !== "yes") break;
      answer = await ask(box, "pages", { scanner, colours, which: "next" });
    }
  } catch (trouble) {
    explain(box, /** @type {Error} */ (trouble).message);
  } finally {
    busy(box, false);
  }
}

/**
 * The scanner to use: the only one, or that which the list says.
 * @param {HTMLElement} box
 */
async function chosen(box) {
  const list = /** @type {HTMLSelectElement} */ (box.querySelector("[data-scan-scanner]"));
  if (!list.options.length) {
    /** @type {{id: string, name: string}[]} */
    const found = await (await ask(box, "scanners")).json();
    list.replaceChildren(...found.map(({ id, name }) => new Option(name, id)));
    /** @type {HTMLElement} */ (box.querySelector("[data-scan-choice]")).hidden = found.length < 2;
  }
  return list.value;
}

/** @param {HTMLElement} box */
async function pair(box) {
  const code = /** @type {HTMLInputElement} */ (box.querySelector("[data-scan-code]"));
  try {
    await ask(box, "pair", { code: code.value });
    pairing(box).hidden = true;
    explain(box, "");
    tell(box, words(box, "paired"));
    /** @type {HTMLElement} */ (box.querySelector("[data-scan-page]")).focus();
  } catch (trouble) {
    explain(box, /** @type {Error} */ (trouble).message);
  }
  code.value = "";
}

/**
 * The answer of the agent. Throws an `Error` with the code of what is wrong.
 * @param {HTMLElement} box
 * @param {string} what
 * @param {object} [told]
 */
async function ask(box, what, told) {
  const asked = {
    method: told ? "POST" : "GET",
    headers: { Authorization: `Bearer ${await session()}`, ...(told && { "Content-Type": "application/json" }) },
    body: told && JSON.stringify(told),
  };
  /** @type {Response | undefined} */
  let answer;
  try {
    answer = await fetch(`${box.dataset.agent}/${what}`, asked);
  } catch {
    // told below: it has no answer at all
  }
  if (!answer) throw new Error("agent_away");
  if (answer.ok) return answer;
  const { code } = await answer.json().catch(() => ({ code: "scanner_silent" }));
  throw new Error(code);
}

/** What stands for this session before the agent: it says nothing that would open the session itself. */
async function session() {
  const csrf = JSON.parse(document.body.getAttribute("hx-headers:inherited") ?? "{}")["X-CSRF-Token"] ?? "";
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`scanner ${csrf}`));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @param {HTMLElement} box
 * @param {string | undefined} how
 * @param {number} number
 */
function change(box, how, number) {
  const pages = [...(scanned.get(box) ?? [])];
  const [page] = pages.splice(number - 1, 1);
  if (how !== "remove") pages.splice(number - 1 + (how === "earlier" ? -1 : 1), 0, page);
  show(box, pages);
  const rest = box.querySelector(`[data-does="${how}"][data-number="${number}"]`) ?? box.querySelector("[data-scan-page]");
  /** @type {HTMLElement} */ (rest).focus();
}

/**
 * The pages as they stand now: in sight, and as the files of the form.
 * @param {HTMLElement} box
 * @param {Page[]} pages
 */
function show(box, pages) {
  for (const { url } of scanned.get(box) ?? []) if (!pages.some((page) => page.url === url)) URL.revokeObjectURL(url);
  scanned.set(box, pages);
  const files = new DataTransfer();
  pages.forEach(({ picture }, n) => files.items.add(new File([picture], `${n + 1}.${picture.type === "image/jpeg" ? "jpg" : "png"}`, { type: picture.type })));
  /** @type {HTMLInputElement} */ (document.getElementById(box.dataset.files ?? "")).files = files.files;
  box.querySelector("[data-scan-pages]")?.replaceChildren(...pages.map((page, n) => line(box, page, n + 1, pages.length)));
}

/**
 * @param {HTMLElement} box
 * @param {Page} page
 * @param {number} number
 * @param {number} many
 */
function line(box, page, number, many) {
  const picture = Object.assign(document.createElement("img"), { src: page.url, alt: words(box, "page", number) });
  const link = Object.assign(document.createElement("a"), { href: page.url, target: "_blank" });
  link.append(picture);
  const does = [number > 1 && "earlier", number < many && "later", "again", "remove"].filter(Boolean);
  const buttons = does.map((name) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "small", textContent: words(box, String(name), number) });
    Object.assign(button.dataset, { does: name, number, test: `scan-${name}-${number}` });
    return button;
  });
  const item = document.createElement("li");
  item.append(link, ...buttons);
  return item;
}

/**
 * @param {HTMLElement} box
 * @param {string} code
 */
function explain(box, code) {
  if (code === "not_paired" || code === "wrong_code") {
    pairing(box).hidden = false;
    /** @type {HTMLElement} */ (box.querySelector("[data-scan-code]")).focus();
  }
  const name = code.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
  const place = /** @type {HTMLElement} */ (box.querySelector("[data-scan-trouble]"));
  place.textContent = code && (box.dataset[name] ?? box.dataset.scannerSilent ?? "");
  if (code) tell(box, "");
}

/**
 * @param {HTMLElement} box
 * @param {boolean} yes
 */
function busy(box, yes) {
  box.querySelector("[data-scan-page]")?.setAttribute("aria-disabled", String(yes));
  if (!yes) return;
  explain(box, "");
  tell(box, words(box, "working"));
}

/** @param {HTMLElement} box */
const pairing = (box) => /** @type {HTMLElement} */ (box.querySelector("[data-scan-pairing]"));

/**
 * @param {HTMLElement} box
 * @param {string} text
 */
function tell(box, text) {
  /** @type {HTMLElement} */ (box.querySelector("[data-scan-status]")).textContent = text;
}

/**
 * @param {HTMLElement} box
 * @param {string} name
 * @param {number} [number]
 */
function words(box, name, number) {
  const key = `say${name[0].toUpperCase()}${name.slice(1)}`;
  return (box.dataset[key] ?? "").replace("{number}", String(number ?? ""));
}
