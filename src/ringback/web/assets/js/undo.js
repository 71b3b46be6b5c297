// Counts down the seconds that Undo is still open; on the pages after that a short line goes on offering it until they are
// over. Its words are kept in this browser, for all its tabs; a cookie that lives as long has the next page keep room for
// it. What was undone or dismissed in one tab is so in all of them; whoever logs in next is shown nothing of it.
import { leave } from "./toast.js";

const MEMORY = "ringback-undo";
const ROOM = "ringback_undo";
const TO_ARRIVE = 2; // seconds: a page that keeps room has something to show in it

const { reader } = document.getElementById("toasts").dataset;
const keep = (undo) => localStorage.setItem(MEMORY, JSON.stringify({ ...undo, reader }));
const keepRoom = (seconds) => { document.cookie = `${ROOM}=1; path=/; max-age=${Math.max(0, Math.floor(seconds))}; samesite=lax`; };
const secondsTo = (until) => (until - Date.now()) / 1000;

function kept() {
  const last = JSON.parse(localStorage.getItem(MEMORY) ?? "null");
  return last?.reader === reader ? last : null;
}

// `over` is "undone" or "dismissed". A newer Undo is left alone.
function forget(form, over) {
  if (kept()?.action !== form.action) return;
  keep({ action: form.action, over });
  keepRoom(0);
}

// A reload later must not show once more what was just arranged.
function nameNoMore() {
  if (document.querySelector(".arranged-toast")) history.replaceState(null, "", location.pathname);
}

function say(card, words) {
  const line = card.querySelector("summary");
  for (const each of ["said", "what", "at"]) line.querySelector(`[data-${each}]`).textContent = words[each] ?? "";
  const [mark, use] = line.querySelectorAll(".carried-mark, .carried-mark use");
  mark.toggleAttribute("hidden", !words.mark);
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${words.mark}`));
  line.title = line.textContent.replace(/\s+/g, " ").trim();
}

function carryOn(card, last) {
  if (!last || last.over === "dismissed") return card.remove();
  const form = card.querySelector("form");
  form.action = last.action;
  form.elements.next.value = last.next ?? "";
  const { said, what, at, mark, until = 0 } = last;
  Object.assign(form.dataset, { undoForm: "", seconds: secondsTo(until), said, what, at, mark });
  say(card, last.over ? { said: card.dataset.undone } : last);
}

function close(form) {
  const card = form.closest(".toast-card");
  form.querySelector("[type=submit]").disabled = true;
  form.dataset.over = "";
  if (card) leave(card);
}

function countDown(form) {
  const { seconds, said, what = "", at = "", mark = "" } = form.dataset;
  const until = Date.now() + Number(seconds) * 1000;
  const shown = form.querySelector("[data-seconds-left]");
  const tick = () => {
    const left = Math.ceil(secondsTo(until));
    shown.textContent = Math.max(0, left);
    if (left > 0) return;
    clearInterval(timer);
    close(form);
  };
  const timer = setInterval(tick, 500);
  tick();
  if (secondsTo(until) <= 0) return;
  keep({ action: form.action, said, what, at, mark, next: form.elements.next?.value, until });
  keepRoom(secondsTo(until) - TO_ARRIVE);
  form.addEventListener("submit", () => forget(form, "undone"));
  form.closest(".toast-card")?.querySelector("[data-dismiss]").addEventListener("click", () => forget(form, "dismissed"));
}

// Another tab has had the last word, or a page after this one to which this tab has gone back.
function settle() {
  const last = kept();
  for (const form of document.querySelectorAll("[data-undo-form]:not([data-over])")) {
    if (!last?.over || last.action !== form.action) continue;
    const card = form.closest(".carried-undo");
    if (card && last.over === "undone") say(card, { said: card.dataset.undone });
    close(form);
  }
}

nameNoMore();
const room = document.querySelector(".carried-undo");
if (room && !document.querySelector("[data-undo-form]")) carryOn(room, kept());
else if (secondsTo(kept()?.until) <= 0) localStorage.removeItem(MEMORY); // a name does not stay behind
for (const form of document.querySelectorAll("[data-undo-form]")) countDown(form);
addEventListener("storage", (event) => { if (event.key === MEMORY) settle(); });
addEventListener("pageshow", (event) => { if (event.persisted) settle(); });

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target !== document.body || document.querySelector("dialog[open]")) return;
  document.querySelector("[data-enter]")?.click();
});
