// data-entry-key="1" on a button of an entry: pressed by that key while its entry has the focus, or if it is the only one.
function button(key) {
  const all = [...document.querySelectorAll(`[data-entry-key="${CSS.escape(key)}"]`)];
  const chosen = document.activeElement.closest?.("[data-entry]");
  return all.find((one) => chosen?.contains(one)) ?? (all.length === 1 && !chosen ? all[0] : undefined);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input, textarea, select") || document.querySelector("dialog[open]")) return;
  const pressed = event.key.length === 1 && button(event.key);
  if (!pressed) return;
  event.preventDefault();
  pressed.click();
});
