// Messages in the corner: leave by themselves after a while, unless they are errors, looked at, or hold a countdown.
const region = document.getElementById("toasts");
const SHOWN_FOR = 6000;

function leaveLater(card) {
  if (card.dataset.toast === "error" || card.querySelector("[data-undo]")) return;
  let timer = setTimeout(() => card.remove(), SHOWN_FOR);
  card.addEventListener("mouseenter", () => clearTimeout(timer));
  card.addEventListener("focusin", () => clearTimeout(timer));
  card.addEventListener("mouseleave", () => { timer = setTimeout(() => card.remove(), SHOWN_FOR); });
}

function say({ text, kind = "info" }) {
  const card = document.getElementById("toast-template").content.firstElementChild.cloneNode(true);
  card.dataset.toast = kind;
  card.querySelector("[data-text]").textContent = text;
  region.append(card);
  leaveLater(card);
}

region.addEventListener("click", (event) => event.target.closest("[data-dismiss]")?.closest(".toast-card").remove());
document.addEventListener("ringback:toast", (event) => say(event.detail));
for (const card of region.querySelectorAll(".toast-card")) leaveLater(card);
