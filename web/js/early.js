/**
 * What is pressed before the rest of the scripts has come: a link that looks like a button answers to the space bar too.
 * No module, so that it runs before anything can be pressed.
 */
document.addEventListener("keydown", (event) => {
  /** @type {HTMLAnchorElement | null} */
  const link = event.target.closest?.('a[role="button"]');
  if (!link || event.key !== " " || event.defaultPrevented) return;
  event.preventDefault();
  link.click();
});
