/**
 * To a provider's page and back without a press where scripts run; the buttons are there for whoever has none, or comes
 * here with the browser's own Back: they are not sent away again. After a refusal there is one way, back to the room.
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

/** The answer that was brought is spent: what led to it goes. Where a server is away the same is sent again, and stays. */
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  const { status } = ctx.response;
  if (!ctx.sourceElement?.matches?.("form.send-now") || status < 400 || status >= 500) return;
  document.getElementById("finishing").hidden = true;
  document.getElementById("not-finished").hidden = false;
});
