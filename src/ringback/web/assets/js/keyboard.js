// Keys that work everywhere: `?` shows all keys, `/` searches, Escape leaves a field, data-hotkey="x" or "g t" presses a link or button.
import { seen } from "./seen.js";

const SEQUENCE_WITHIN = 1000;
let before = { key: "", at: 0 };

const typing = (element) => element?.matches?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");

function search() {
  const field = document.querySelector("[data-search]");
  if (field) field.focus();
  else document.querySelector("a.sidebar-search")?.click();
}

function press(key, sequence) {
  for (const wanted of [sequence, key]) {
    const target = [...document.querySelectorAll(`[data-hotkey="${CSS.escape(wanted)}"]`)].find(seen);
    if (target) {
      target.click();
      return true;
    }
  }
  return false;
}

function act(key) {
  if (key === "?") document.getElementById("keys-dialog")?.showModal();
  else if (key === "/") search();
  else {
    const recent = Date.now() - before.at < SEQUENCE_WITHIN ? `${before.key} ${key}` : key;
    before = { key, at: Date.now() };
    return press(key, recent);
  }
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (typing(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (document.querySelector("dialog[open]") || event.key.length !== 1) return;
  if (act(event.key)) event.preventDefault();
});
