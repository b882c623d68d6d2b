// Says every half minute that this form is open, shows who else has it open, and says good-bye when the page goes. It stops
// when the session of the person who opened the form has ended.

const EVERY = 30_000;
const SIGNED_OUT =
  "You are signed out. What you type is kept in this browser. Press Save, sign in again, then bring your text back.";

const place = document.getElementById("presence");
let saving = false;
let timer;

async function send(gone = false) {
  const body = new URLSearchParams({ user: place.dataset.user });
  if (gone) body.set("gone", "1");
  try {
    const answer = await fetch(place.dataset.url, { method: "POST", body, keepalive: gone, redirect: "manual" });
    if (gone) return;
    const found = answer.ok ? await answer.json() : {};
    if (answer.type === "opaqueredirect" || answer.status === 403 || found.ended) stop();
    else if (answer.ok) say(found.others);
  } catch {
    // No network: the next time may do better.
  }
}

function stop() {
  clearInterval(timer);
  say(SIGNED_OUT);
}

/** Change the words only where they differ, so that a screen reader says them once. */
function say(words) {
  if (place.textContent.trim() !== words) place.textContent = words;
}

if (place?.dataset.url) {
  // The form comes back, so no good-bye; but Enter in a field sends nothing.
  place.closest("form").addEventListener("submit", (event) => (saving ||= event.submitter?.formMethod !== "dialog"));
  addEventListener("pagehide", () => saving || send(true));
  addEventListener("pageshow", (event) => event.persisted && send());
  timer = setInterval(() => send(), EVERY);
  setTimeout(() => send(), 1000);
}
