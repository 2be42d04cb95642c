/** What shows that a request comes from our own page. */
export function headers() {
  const shown = JSON.parse(document.body.getAttribute("hx-headers:inherited") ?? "{}");
  return { ...shown, "Idempotency-Key": `page-${crypto.randomUUID()}` };
}
