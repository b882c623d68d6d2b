// Escape folds the menu of narrow screens and leads the focus back to what unfolded it.

document.querySelector(".menu-fold")?.addEventListener("keydown", (event) => {
  const fold = event.currentTarget;
  if (event.key !== "Escape" || !fold.open) return;
  fold.open = false;
  fold.querySelector("summary").focus();
});
