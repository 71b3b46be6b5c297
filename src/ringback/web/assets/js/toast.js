// Messages: read out once, and gone after a while, unless they are errors, looked at, or hold a countdown. At a desk they
// lie in the corner. On a phone they are lines of the page: there, one whose time is over keeps its room until nobody
// sees it go (the number is dialled, another app is in front), so that nothing jumps under a thumb.
import { seen } from "./seen.js";

const region = document.getElementById("toasts");
const aloud = document.getElementById("said");
const isLine = matchMedia("(max-width: 63.99rem)");
const SHOWN_FOR = 6000;
const HEARD_AFTER = 200; // readers of screens hear what changes, not what a page opens with

export function leave(card) {
  if (isLine.matches && !document.hidden && !card.matches(".toast-passing")) card.dataset.over = "";
  else card.remove();
}

function leaveLater(card) {
  if (card.dataset.toast === "error" || card.querySelector("[data-undo-form]")) return;
  let timer = setTimeout(() => leave(card), SHOWN_FOR);
  card.addEventListener("mouseenter", () => clearTimeout(timer));
  card.addEventListener("focusin", () => clearTimeout(timer));
  card.addEventListener("mouseleave", () => { timer = setTimeout(() => leave(card), SHOWN_FOR); });
}

// Without what is pressed or ticks: a second that passes is not read out.
function wordsOf(card) {
  const said = card.cloneNode(true);
  for (const each of said.querySelectorAll("[data-dismiss], [data-seconds-left], kbd, .btn-quiet")) each.remove();
  return said.textContent.replace(/\s+/g, " ").trim();
}

function readOut(cards) {
  const words = cards.map(wordsOf).filter(Boolean).join(". ");
  if (words) setTimeout(() => { aloud.textContent = words; }, HEARD_AFTER);
}

function say({ text, kind = "info" }) {
  const card = document.getElementById("toast-template").content.firstElementChild.cloneNode(true);
  card.dataset.toast = kind;
  card.querySelector("[data-text]").textContent = text;
  region.append(card);
  readOut([card]);
  leaveLater(card);
}

region.addEventListener("click", (event) => event.target.closest("[data-dismiss]")?.closest(".toast-card").remove());
document.addEventListener("ringback:toast", (event) => say(event.detail));
document.addEventListener("visibilitychange", () => {
  if (document.hidden) for (const card of region.querySelectorAll("[data-over]")) card.closest(".toast-card").remove();
});
// By then the line with the Undo of the page before has its words, or none.
document.addEventListener("DOMContentLoaded", () => {
  const cards = [...region.querySelectorAll(".toast-card")].filter(seen);
  readOut(cards);
  cards.forEach(leaveLater);
});
