// The live counter of the feedback form, and the part that is too much. Without it the server counts and says so.

const NEAR = 50; // from here on the count is also spoken
const PAUSE = 1000; // milliseconds without a key before it is: never in the middle of a word

/** Count as the server does: a line break is one character, and so is any Unicode code point, such as an emoji. */
export function count(text) {
  return [...text.replace(/\r\n?/g, "\n")].length;
}

/** Say how many characters are left, or how many there are too many. */
export function words(left) {
  const characters = Math.abs(left) === 1 ? "1 character" : `${Math.abs(left)} characters`;
  return left < 0 ? `${characters} too many` : `${characters} left`;
}

/** Return the part of the text that is past the limit, counted alike. */
export function pastLimit(text, most) {
  return [...text.replace(/\r\n?/g, "\n")].slice(most).join("");
}

export function watch(box) {
  const most = Number(box.dataset.maxComment);
  const shown = document.getElementById("feedback-counter");
  const spoken = document.getElementById("feedback-spoken-counter");
  const past = document.getElementById("feedback-past-limit");
  let timer;

  function speak(left) {
    spoken.textContent = left <= NEAR ? words(left) : "";
  }

  function update() {
    const left = most - count(box.value);
    shown.textContent = words(left);
    shown.classList.toggle("error", left < 0);
    past.hidden = left >= 0;
    past.querySelector("mark").textContent = pastLimit(box.value, most);
    return left;
  }

  box.addEventListener("input", () => {
    const left = update();
    clearTimeout(timer);
    timer = setTimeout(speak, PAUSE, left);
  });
  addEventListener("pageshow", () => {
    if (update() < most) box.closest("details").open = true; // the browser brought back what was typed
  });
  update();
  shown.hidden = false;
}

const box = typeof document === "undefined" ? null : document.getElementById("feedback-comment");
if (box) watch(box);
