// Shows what was just arranged, with the seconds that Undo is still open; on the pages after that a short line goes on
// offering it until they are over.
const MEMORY = "ringback-undo";
const toasts = document.getElementById("toasts");

const kept = () => JSON.parse(sessionStorage.getItem(MEMORY) ?? "null");
const forget = () => sessionStorage.removeItem(MEMORY);

function showArranged() {
  const arranged = document.getElementById("arranged-toast");
  if (!arranged) return;
  toasts.append(arranged.content.cloneNode(true));
  history.replaceState(null, "", location.pathname); // a reload later must not show it again
}

function carryOn() {
  const last = kept();
  const template = document.getElementById("carried-undo");
  if (!template || !last || document.querySelector("[data-undo-form]")) return;
  const seconds = Math.floor((last.until - Date.now()) / 1000);
  if (seconds < 1) return forget();
  const card = template.content.firstElementChild.cloneNode(true);
  card.querySelector("[data-said]").textContent = last.said;
  const form = card.querySelector("form");
  form.action = last.action;
  form.dataset.seconds = seconds;
  form.dataset.said = last.said;
  form.elements.next.value = last.next ?? "";
  toasts.append(card);
}

function countDown(form) {
  const until = Date.now() + Number(form.dataset.seconds) * 1000;
  const shown = form.querySelector("[data-seconds-left]");
  sessionStorage.setItem(MEMORY, JSON.stringify({ action: form.action, said: form.dataset.said, next: form.elements.next?.value, until }));
  const tick = () => {
    const left = Math.ceil((until - Date.now()) / 1000);
    shown.textContent = Math.max(0, left);
    if (left > 0) return;
    clearInterval(timer);
    const card = form.closest(".toast-card");
    form.remove();
    card?.remove();
  };
  const timer = setInterval(tick, 500);
  tick();
  form.addEventListener("submit", forget);
  form.closest(".toast-card")?.querySelector("[data-dismiss]").addEventListener("click", forget);
}

showArranged();
carryOn();
for (const form of document.querySelectorAll("[data-undo-form]")) countDown(form);

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target !== document.body || document.querySelector("dialog[open]")) return;
  document.querySelector("[data-enter]")?.click();
});
