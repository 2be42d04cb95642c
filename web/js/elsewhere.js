/**
 * To a provider's page and back without a press where scripts run; the buttons are there for whoever has none, or comes
 * here with the browser's own Back: they are not sent away again.
 */

window.addEventListener("load", () => {
  const [arrival] = performance.getEntriesByType("navigation");
  if (arrival instanceof PerformanceNavigationTiming && arrival.type === "back_forward") return;
  /** @type {HTMLFormElement | null} */
  const form = document.querySelector("form[data-send-now], form.send-now");
  form?.requestSubmit();
  /** @type {HTMLAnchorElement | null} */
  const link = document.querySelector("a.go-now");
  if (link) location.replace(link.href);
});
