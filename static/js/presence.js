// Says every half minute that this form is open, shows who else has it open, and says good-bye when the page goes.

const EVERY = 30_000;
const SIGNED_OUT =
  "You are signed out. What you type is kept in this browser. Press Save, sign in again, then bring your text back.";

const place = document.getElementById("presence");
let saving = false;

async function send(gone = false) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams({ csrfmiddlewaretoken: token });
  if (gone) body.set("gone", "1");
  try {
    const answer = await fetch(place.dataset.url, { method: "POST", body, keepalive: gone, redirect: "manual" });
    if (gone) return;
    if (answer.ok) say((await answer.json()).others);
    else if (answer.type === "opaqueredirect" || answer.status === 403) say(SIGNED_OUT);
  } catch {
    // No network: the next time may do better.
  }
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
  setInterval(() => send(), EVERY);
  setTimeout(() => send(), 1000);
}
