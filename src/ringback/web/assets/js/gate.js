// The gate before “send information” (B6): while one of the four answers is no, a time is offered instead.
const form = document.querySelector("[data-wrap-up]");
const shut = form.querySelector("[data-gate-shut]");
const gate = shut.closest("fieldset");
const { gate_heeded: heeded } = form.elements;

function look() {
  shut.hidden = [...gate.querySelectorAll("[type=checkbox]")].every((box) => box.checked);
}

form.addEventListener("change", (event) => {
  if (gate.contains(event.target)) look();
  if (event.target.value === "send_information") heeded.value = "";
});
shut.querySelector("[data-gate-heed]").addEventListener("click", () => {
  heeded.value = "1";
  form.dispatchEvent(new CustomEvent("ringback:end", { detail: { result: "appointment" } }));
});
form.addEventListener("ringback:draft-restored", look);
look();
