// Sends the feedback form without leaving the page. Without it the browser sends the form and shows the answer as a page.

import { watch } from "./feedback.js";

const LONGEST = 20000; // milliseconds to wait for an answer
const title = document.title; // as the page came: of what was read, or “Error: …” where the server showed the form again
const UNHEARD = "No answer came. Your text is still here. Send it again: it will not be counted twice.";

/** Return a value that nobody has had before, in 32 hexadecimal digits. */
function oneTimeValue() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Give the form its one-time value, by which the server knows a second sending of the same words from a second comment.
 * The browser keeps it with this page in its history: a reload and Back find it again, and it ends with the tab.
 */
function mark(form) {
  const once = form.elements.once.value || history.state?.once || oneTimeValue();
  form.elements.once.value = once;
  history.replaceState({ ...history.state, once }, "");
}

/** Return the page that answers the form. Raises where none comes. */
async function answer(form) {
  const body = new URLSearchParams(new FormData(form));
  const response = await fetch(form.action, { method: "POST", body, signal: AbortSignal.timeout(LONGEST) });
  return { response, page: new DOMParser().parseFromString(await response.text(), "text/html") };
}

/** Put the thanks in the place of the form. What is sent from here later is another comment: it may be somebody else's. */
function thank(section, page) {
  history.replaceState({ ...history.state, once: undefined }, "");
  const heading = document.createElement("h2");
  heading.id = "feedback-heading";
  heading.tabIndex = -1;
  heading.textContent = page.querySelector("main h1").textContent;
  const words = document.createElement("p");
  words.textContent = page.querySelector("main h1 + p").textContent;
  section.replaceChildren(heading, words);
  document.title = title.startsWith("Error: ") ? page.title : title;
  heading.focus();
}

/** Put the form with what is wrong in the place of the form. */
async function showAgain(section, page) {
  const { offer } = await import("./copy-text.js"); // before anything takes the focus: nothing may take it again later
  document.querySelector("main > .error-summary")?.remove();
  const summary = page.querySelector("main > .error-summary");
  const again = page.querySelector("main > .feedback");
  again.prepend(summary);
  for (const script of again.querySelectorAll("script")) script.remove();
  section.replaceWith(again);
  document.title = page.title;
  watch(again.querySelector("textarea"));
  offer(again);
  begin(again);
  summary.focus();
}

function begin(section) {
  const form = section.querySelector("form");
  const says = form.querySelector(".sending");
  let sending = false;

  async function send() {
    mark(form);
    says.textContent = "Sending…";
    says.classList.remove("error");
    const { response, page } = await answer(form);
    if (response.ok) thank(section, page);
    else if (page.querySelector("main > .feedback form")) await showAgain(section, page);
    else form.submit(); // an answer that is a page of its own: let the browser show it
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sending) return;
    sending = true;
    try {
      await send();
    } catch {
      says.textContent = UNHEARD;
      says.classList.add("error");
    } finally {
      sending = false;
    }
  });
}

const section = document.querySelector("main > .feedback");
if (section) begin(section);
