// The list of prospects: j/k move, Enter opens, x selects (Shift presses reach from the last one), the bar counts.
const rows = () => [...document.querySelectorAll("[data-row]")];
const boxes = () => rows().map((row) => row.querySelector("input[type=checkbox]"));
let last = null;

function count() {
  const bar = document.querySelector("[data-selection-bar]");
  if (!bar) return;
  const all = boxes();
  const chosen = all.filter((box) => box.checked).length;
  bar.hidden = !chosen;
  bar.querySelector("[data-selected-number]").textContent = chosen;
  const master = document.querySelector("[data-select-all]");
  master.checked = chosen > 0 && chosen === all.length;
  master.indeterminate = chosen > 0 && chosen < all.length;
}

function here() {
  return rows().findIndex((row) => row.contains(document.activeElement));
}

function move(by) {
  const all = rows();
  const place = here();
  const next = all[place < 0 ? 0 : Math.min(Math.max(place + by, 0), all.length - 1)];
  next?.querySelector("[data-row-link]").focus();
  next?.scrollIntoView({ block: "nearest" });
}

function toggle() {
  const box = boxes()[here()];
  if (!box) return;
  box.checked = !box.checked;
  last = box;
  count();
}

function reach(box) {
  const all = boxes();
  const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
  if (from < 0) return;
  for (const each of all.slice(from, to + 1)) each.checked = box.checked;
}

function setAll(checked) {
  for (const box of boxes()) box.checked = checked;
  count();
}

const typing = (element) => element?.matches?.("input:not([type=checkbox]), textarea, select");
const KEYS = { j: () => move(1), k: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1), x: toggle };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") setAll(false);
  if (!KEYS[event.key] || !rows().length) return;
  event.preventDefault();
  KEYS[event.key]();
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-select-none]")) setAll(false);
  const box = event.target.closest("[data-row] input[type=checkbox]");
  if (!box) return;
  if (event.shiftKey) reach(box);
  last = box;
  count();
});
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-select-all]")) setAll(event.target.checked);
});
document.addEventListener("htmx:afterSettle", count);
addEventListener("pageshow", count);
