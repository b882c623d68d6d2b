// A button that copies what is in a text box. Without it the text can be selected by hand.

/** Copy the text; where the browser keeps the clipboard to safe connections, by way of the selection. Out: whether it went. */
async function copied(box) {
  try {
    await navigator.clipboard.writeText(box.value);
    return true;
  } catch {
    box.select();
    return document.execCommand("copy");
  }
}

/** Bring the buttons within a part of the page to life. */
export function offer(part) {
  for (const button of part.querySelectorAll("[data-copy]")) {
    const box = document.getElementById(button.dataset.copy);
    const says = button.parentElement.querySelector("[role=status]");
    button.addEventListener("click", async () => {
      says.textContent = (await copied(box)) ? "Copied." : "Your browser does not allow it. Select the text and copy it.";
    });
    button.parentElement.hidden = false;
  }
}

offer(document);
