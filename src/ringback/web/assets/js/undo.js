// Counts down the seconds that Undo is still open; on the pages after that a short line goes on offering it until they are
// over. The words are kept in this tab; a cookie that lives as long has the next page keep room for the line.
import { leave } from "./toast.js";

const MEMORY = "ringback-undo";
const ROOM = "ringback_undo";
const TO_ARRIVE = 2; // seconds: a page that keeps room has something to show in it

const kept = () => JSON.parse(sessionStorage.getItem(MEMORY) ?? "null");
const keepRoom = (seconds) => { document.cookie = `${ROOM}=1; path=/; max-age=${Math.max(0, seconds)}; samesite=lax`; };

function forget() {
  sessionStorage.removeItem(MEMORY);
  keepRoom(0);
}

// A reload later must not show once more what was just arranged.
function nameNoMore() {
  if (document.querySelector(".arranged-toast")) history.replaceState(null, "", location.pathname);
}

function carryOn() {
  const [card, last] = [document.querySelector(".carried-undo"), kept()];
  if (!card || !last || document.querySelector("[data-undo-form]")) return;
  const seconds = Math.floor((last.until - Date.now()) / 1000);
  if (seconds < 1) return forget();
  card.querySelector("[data-said]").textContent = last.said;
  const form = card.querySelector("form");
  form.action = last.action;
  form.elements.next.value = last.next ?? "";
  Object.assign(form.dataset, { seconds, said: last.said, undoForm: "" });
}

function close(form) {
  const card = form.closest(".toast-card");
  form.querySelector("[type=submit]").disabled = true;
  form.dataset.over = "";
  if (card) leave(card);
}

function countDown(form) {
  const until = Date.now() + Number(form.dataset.seconds) * 1000;
  const shown = form.querySelector("[data-seconds-left]");
  sessionStorage.setItem(MEMORY, JSON.stringify({ action: form.action, said: form.dataset.said, next: form.elements.next?.value, until }));
  keepRoom(form.dataset.seconds - TO_ARRIVE);
  const tick = () => {
    const left = Math.ceil((until - Date.now()) / 1000);
    shown.textContent = Math.max(0, left);
    if (left > 0) return;
    clearInterval(timer);
    close(form);
  };
  const timer = setInterval(tick, 500);
  tick();
  form.addEventListener("submit", forget);
  form.closest(".toast-card")?.querySelector("[data-dismiss]").addEventListener("click", forget);
}

nameNoMore();
carryOn();
for (const form of document.querySelectorAll("[data-undo-form]")) countDown(form);

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target !== document.body || document.querySelector("dialog[open]")) return;
  document.querySelector("[data-enter]")?.click();
});
