/**
 * When a session ends, every page of it goes blank and away, in whatever window: nothing may be left for whoever sits
 * down next. The server says so to pages that follow; the first page that belongs to nobody tells all others.
 */

const channel = new BroadcastChannel("estrado-session");

export function watchSession() {
  const { who } = document.body.dataset;
  if (who === "anyone") {
    if (document.body.dataset.door) channel.postMessage("over");
  } else {
    channel.addEventListener("message", leave);
  }
}

/** Whoever leaves by the button is on their way already, to a page that says more than the door. */
let leftByButton = false;
document.addEventListener("submit", ({ target }) => {
  leftByButton ||= target instanceof Element && target.matches("[action='/staff/out'], [data-exit]");
});

/** Blank first, then to the door. */
export function leave() {
  document.documentElement.classList.add("leaving");
  if (leftByButton) return;
  location.replace(document.body.dataset.who === "staff" ? "/staff" : "/");
}

/** Whether this page would be shown no more, because its session is over: then it goes. */
export async function leaveIfOver() {
  let over = false;
  try {
    const answer = await fetch(location.href, { redirect: "manual" });
    over = answer.type === "opaqueredirect" || answer.status === 401;
  } catch {
    // The server is away, which ends no session.
  }
  if (over) leave();
  return over;
}
