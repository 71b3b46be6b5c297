// Today's queue: j and k move the focus along the entries, d marks the open one done, Enter is the browser's own.
// What is chosen is what has the focus, so a quiet refresh (morph keeps elements with the same id) does not lose it.
const links = () => [...document.querySelectorAll("[data-entry-link]")];
let place = 0; // where the focus was last, for when its entry has gone

function move(by) {
  const all = links();
  if (!all.length) return;
  const now = all.indexOf(document.activeElement.closest?.("[data-entry]")?.querySelector("[data-entry-link]"));
  place = Math.max(0, Math.min(all.length - 1, now < 0 ? (by > 0 ? 0 : place) : now + by));
  all[place].focus({ focusVisible: true });
  all[place].scrollIntoView({ block: "nearest" });
}

function expand(button) {
  const more = document.getElementById(button.getAttribute("aria-controls"));
  const open = more.hidden;
  more.hidden = !open;
  button.setAttribute("aria-expanded", String(open));
  if (open) more.dispatchEvent(new CustomEvent("ringback:expand"));
}

function done() {
  const entry = document.activeElement.closest?.("[data-entry]");
  const button = entry?.querySelector("[data-expands]");
  if (!button) return;
  const ready = entry.querySelector("[data-entry-done]");
  if (ready) ready.click();
  else if (button.getAttribute("aria-expanded") !== "true") expand(button);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-expands]");
  if (button) expand(button);
});

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target.matches("input, textarea, select")) return;
  const act = { j: () => move(1), k: () => move(-1), d: done }[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// A refresh must not fold what is open: the poll waits while an entry is expanded.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.id === "day" && document.querySelector('[data-expands][aria-expanded="true"]')) event.preventDefault();
});
