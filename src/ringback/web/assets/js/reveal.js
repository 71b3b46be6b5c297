// data-toggles="#id" shows and hides a part on small screens; a field with data-focus takes its hotkey as “write here”.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-toggles]");
  if (button) {
    const hidden = document.querySelector(button.dataset.toggles).classList.toggle("hidden");
    button.setAttribute("aria-expanded", String(!hidden));
  }
  if (event.target.matches("[data-focus]")) event.target.focus();
});
