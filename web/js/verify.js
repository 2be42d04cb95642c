/** Comparing a file with the sealed document, in the browser: the file goes nowhere. */

const drop = document.querySelector("[data-drop]");
const answer = drop?.querySelector("[data-drop-answer]");

/** @param {File} file */
async function compare(file) {
  if (!file) return;
  answer.dataset.tone = "";
  answer.textContent = drop.dataset.reading;
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const same = hex === drop.dataset.expected;
  answer.dataset.tone = same ? "good" : "bad";
  answer.textContent = same ? drop.dataset.same : drop.dataset.different;
}

drop?.querySelector("input").addEventListener("change", ({ target }) => compare(/** @type {HTMLInputElement} */ (target).files[0]));
for (const type of ["dragover", "dragenter"]) drop?.addEventListener(type, (event) => { event.preventDefault(); drop.dataset.over = ""; });
drop?.addEventListener("dragleave", () => delete drop.dataset.over);
drop?.addEventListener("drop", (event) => {
  event.preventDefault();
  delete drop.dataset.over;
  compare(event.dataTransfer.files[0]);
});
