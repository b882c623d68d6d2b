// Ticks all comments of the page at once. Without scripts each is ticked by itself, or the whole list is chosen.

const box = document.querySelector("[data-pick-all]");

if (box) {
  box.hidden = document.querySelector("[data-pick-all-label]").hidden = false;
  const rows = () => [...document.querySelectorAll("#inbox-form input[name=comment]")];
  box.addEventListener("change", () => {
    for (const row of rows()) row.checked = box.checked;
  });
  document.addEventListener("change", (event) => {
    if (event.target.name !== "comment") return;
    const ticked = rows().filter((row) => row.checked).length;
    box.checked = ticked === rows().length;
    box.indeterminate = ticked > 0 && !box.checked;
  });
}
