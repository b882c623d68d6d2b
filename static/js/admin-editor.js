// Mends of the Markdown editor: Tab leaves the box, as everywhere (its own script would put in spaces and trap the
// keyboard), an image that was refused says why below the box instead of leaving words in the text, and so does one that
// was taken with a loss.

const PLACEHOLDER = "Invalid response"; // what the editor's script puts into the text

document.addEventListener(
  "keydown",
  (event) => {
    if (event.key === "Tab" && event.target.matches(".markdownx-editor")) event.stopImmediatePropagation();
  },
  true,
);

document.addEventListener(
  "markdownx.fileUploadError",
  (event) => {
    const box = event.target.querySelector(".markdownx-editor");
    const reasons = event.detail?.[0]?.image ?? ["The image could not be stored. Try again."];
    say(event.target, reasons.join(" "));
    setTimeout(() => {
      box.value = box.value.replace(PLACEHOLDER, "");
    });
  },
  true,
);

document.addEventListener(
  "markdownx.fileUploadEnd",
  (event) => {
    const notice = event.detail?.[0]?.notice;
    if (notice) say(event.target, notice);
    else event.target.querySelector(".upload-error")?.remove();
  },
  true,
);

function say(parent, words) {
  const note = parent.querySelector(".upload-error") ?? document.createElement("p");
  note.className = "upload-error errornote";
  note.setAttribute("role", "alert");
  note.textContent = words;
  parent.append(note);
}
