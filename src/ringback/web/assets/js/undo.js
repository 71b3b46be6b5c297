// Shows what was just arranged, with the seconds that Undo is still open.
const late = document.getElementById("arranged-toast");
if (late) {
  document.getElementById("toasts").append(late.content.cloneNode(true));
  history.replaceState(null, "", location.pathname); // a reload later must not show it again
}

for (const form of document.querySelectorAll("[data-undo-form]")) {
  const until = Date.now() + Number(form.dataset.seconds) * 1000;
  const shown = form.querySelector("[data-seconds-left]");
  const timer = setInterval(() => {
    const left = Math.ceil((until - Date.now()) / 1000);
    shown.textContent = Math.max(0, left);
    if (left > 0) return;
    clearInterval(timer);
    const card = form.closest("[data-undo]");
    form.remove();
    card?.remove();
  }, 500);
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target !== document.body || document.querySelector("dialog[open]")) return;
  document.querySelector("[data-enter]")?.click();
});
