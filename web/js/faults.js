/**
 * What was refused is told where it was asked for: a list at the head of the form, whose links lead to the fields, and
 * the same words at each field. What has no fields is told at the top of the page.
 */

const FIELDS = "input:not([type=hidden]), textarea, select";

const box = () => document.getElementById("problem-box");

/** The box that has just come to the top of the page; one that an earlier try left in a form goes. */
function newest() {
  const boxes = document.querySelectorAll("#problem-box");
  const come = document.querySelector("#problem > #problem-box") ?? boxes[0];
  for (const one of boxes) if (one !== come) one.remove();
  return come;
}

/**
 * The box that has just come, put where it belongs.
 * @param {HTMLFormElement} form
 */
export function shown(form) {
  /** @type {HTMLElement | undefined} */
  const problem = newest();
  if (!problem) return;
  unmark(form);
  if (form.isConnected && form.querySelector(FIELDS) && form.checkVisibility()) form.prepend(problem);
  seenMeanwhile(form, problem);
  for (const link of problem.querySelectorAll("a[data-field]")) point(form, link);
  problem.focus({ preventScroll: true });
  problem.scrollIntoView({ block: "nearest" });
}

/**
 * It was taken: nothing is wrong any more.
 * @param {HTMLFormElement} form
 */
export function cleared(form) {
  box()?.remove();
  unmark(form);
}

/**
 * What somebody else saved is on screen now: the same form may be sent over it.
 * @param {HTMLFormElement} form
 * @param {HTMLElement} problem
 */
function seenMeanwhile(form, { dataset: { revision, before } }) {
  const known = /** @type {HTMLInputElement} */ (form.elements.namedItem("revision"));
  if (revision && known) known.value = revision;
  const said = /** @type {HTMLInputElement} */ (form.elements.namedItem("before"));
  if (before && said) said.value = before;
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} link
 */
function point(form, link) {
  const field = fieldOf(form, link.dataset.field);
  if (!field) return;
  const name = labelOf(field);
  if (name) link.querySelector("[data-field-name]").textContent = `${name}: `;
  link.setAttribute("href", `#${field.id}`);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    field.focus();
  });
  mark(field, link.querySelector("[data-field-words]").textContent);
}

/**
 * By its name, that of the item's field, or row and column: rows are counted as they stand.
 * @param {HTMLFormElement} form
 * @param {string} named
 * @returns {HTMLElement | null}
 */
function fieldOf(form, named) {
  const [rows, number, column] = named.split(".");
  const all = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll(FIELDS)]);
  if (column) return all.filter(({ name }) => name.startsWith(`f.${rows}.`) && name.endsWith(`.${column}`))[Number(number)] ?? null;
  return all.find(({ name }) => name === named || name === `f.${named}`) ?? form.querySelector(`[data-rows="f.${CSS.escape(named)}"] :is(${FIELDS})`);
}

/** @param {HTMLElement} field */
function labelOf(field) {
  const group = field.closest(".govuk-form-group");
  const several = field.matches("[type=radio], [type=checkbox]") ? field.closest("fieldset")?.querySelector("legend") : null;
  const words = several ?? group?.querySelector(".govuk-label");
  // What is told of a label besides its name (optional) is no part of it here.
  const name = words?.textContent.trim().replace(/\s*\([^)]*\)$/, "") ?? "";
  const whose = /** @type {HTMLElement | null} */ (field.closest("[data-whose]"))?.dataset.whose;
  return whose && name ? `${whose}, ${within(name)}` : name;
}

/**
 * The name of a field after a comma; one of initials (DNI) stays.
 * @param {string} name
 */
const within = (name) => (/^\p{Lu}{2}/u.test(name) ? name : name[0].toLocaleLowerCase(document.documentElement.lang) + name.slice(1));

/**
 * Until it is typed into again.
 * @param {HTMLElement} field
 * @param {string} words
 */
function mark(field, words) {
  const group = field.closest(".govuk-form-group");
  const said = document.createElement("p");
  said.className = "govuk-error-message";
  said.id = `${field.id}-fault`;
  said.textContent = words;
  group?.classList.add("govuk-form-group--error");
  (field.matches("[type=radio], [type=checkbox]") ? group?.querySelector(".govuk-radios, .govuk-checkboxes") : field)?.before(said);
  if (field.matches(".govuk-input")) field.classList.add("govuk-input--error");
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", `${said.id} ${field.getAttribute("aria-describedby") ?? ""}`.trim());
  for (const event of ["input", "change"]) group?.addEventListener(event, () => unmarkOne(group), { once: true });
}

/** @param {HTMLElement} form */
function unmark(form) {
  for (const group of form.querySelectorAll(".govuk-form-group--error")) unmarkOne(group);
}

/** @param {HTMLElement} group */
function unmarkOne(group) {
  group.classList.remove("govuk-form-group--error");
  const said = group.querySelector('.govuk-error-message[id$="-fault"]');
  for (const field of group.querySelectorAll("[aria-invalid]")) {
    field.classList.remove("govuk-input--error");
    field.removeAttribute("aria-invalid");
    const rest = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== said?.id);
    if (rest.length) field.setAttribute("aria-describedby", rest.join(" "));
    else field.removeAttribute("aria-describedby");
  }
  said?.remove();
}
