// Runs from the dial (the tel: link or key c) until an ending is chosen; the moments are the form's own fields, so a
// reload goes on counting.
const box = document.querySelector("[data-timer]");
const form = document.querySelector("[data-wrap-up]");
const { dialled_at: from, ended_at: until, phone } = form.elements;
const now = () => new Date().toISOString();
const changed = () => form.dispatchEvent(new CustomEvent("ringback:changed", { bubbles: true }));

function tick() {
  box.hidden = !from.value;
  if (!from.value) return;
  const seconds = Math.max(0, Math.floor(((until.value ? Date.parse(until.value) : Date.now()) - Date.parse(from.value)) / 1000));
  box.querySelector("time").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  box.dataset.state = until.value ? "over" : "running";
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-dial]");
  if (!link) return;
  from.value = now();
  until.value = "";
  phone.value = link.dataset.phone;
  changed();
  tick();
});

form.addEventListener("change", (event) => {
  if (event.target.name !== "result" || until.value) return;
  from.value ||= now();
  until.value = now();
  changed();
  tick();
});

tick();
setInterval(tick, 1000);
