// Objection cards: `o` goes to them, a number opens one; where the map has a place for it, the card leads there.
const box = document.querySelector("[data-cards]");
const cards = [...box.querySelectorAll("[data-card]")];
const typing = (element) => element.matches("input:not([type=radio], [type=checkbox]), textarea, select");
let places = new Map(); // card → place of the map that is walked

function open(card) {
  card.open = true;
  const jump = card.querySelector("[data-card-jump]");
  (jump.hidden ? card.querySelector("summary") : jump).focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
}

document.addEventListener("ringback:map", ({ detail: { map } }) => {
  places = new Map(Object.values(map.nodes).filter(({ card }) => card).map(({ card, id }) => [card, id]));
  for (const button of box.querySelectorAll("[data-card-jump]")) button.hidden = !places.has(button.dataset.cardJump);
});
box.addEventListener("click", (event) => {
  const button = event.target.closest("[data-card-jump]");
  if (!button) return;
  button.closest("details").open = false;
  document.dispatchEvent(new CustomEvent("ringback:jump", { detail: places.get(button.dataset.cardJump) }));
});
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
  const inside = box.contains(document.activeElement);
  const card = inside && /^[1-9]$/.test(event.key) ? cards[Number(event.key) - 1] : undefined;
  if (event.key !== "o" && !card) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (card) return open(card);
  cards[0]?.querySelector("summary").focus({ preventScroll: true });
  box.scrollIntoView({ block: "nearest" });
}, true);
