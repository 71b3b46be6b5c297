// The wrap-up: one key chooses the ending, only what that ending asks for is shown, Enter saves.
const form = document.querySelector("[data-wrap-up]");
const next = form.elements.next_local;
const talked = (choice) => !choice.closest(".endings-machine");
const preview = () => form.dispatchEvent(new CustomEvent("ringback:preview", { bubbles: true }));

function asked() {
  const choice = form.querySelector("[name=result]:checked");
  form.dataset.chosen = choice ? "yes" : "no";
  const asks = new Set(["always", ...(choice?.dataset.asked.split(" ") ?? []), ...(choice && talked(choice) ? ["talk"] : [])]);
  for (const part of form.querySelectorAll("[data-asks]")) {
    part.hidden = !choice || !part.dataset.asks.split(" ").some((ask) => asks.has(ask));
  }
  return choice;
}

function choose(choice, { stays = false } = {}) {
  choice.checked = true;
  choice.dispatchEvent(new Event("change", { bubbles: true }));
  preview();
  if (stays) return;
  const first = form.querySelector('[data-asks]:not([hidden], [data-asks^="talk"], [data-asks="always"]) :is(input, textarea)');
  if (talked(choice) && first) first.focus({ focusVisible: true, preventScroll: true });
  else choice.focus({ preventScroll: true });
  first?.closest("[data-asks]").scrollIntoView({ block: "nearest" });
}

function take(value) {
  next.value = value;
  for (const slot of form.querySelectorAll("[name=slot]")) slot.checked = slot.value === value;
  form.elements.said.value = "";
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

form.addEventListener("submit", () => { form.elements.tried.value = "1"; }, true); // from now on gaps are told at their fields
form.addEventListener("change", (event) => {
  if (event.target.name === "result") {
    form.elements.tried.value = "";
    asked();
  }
  if (event.target.name === "slot") take(event.target.value);
});
form.addEventListener("input", (event) => {
  if (event.target === next) for (const slot of form.querySelectorAll("[name=slot]")) slot.checked = slot.value === next.value;
});
form.addEventListener("click", (event) => {
  if (event.target.closest("[data-change-ending]")) {
    form.dataset.chosen = "no";
    form.querySelector("[name=result]:checked")?.focus();
  }
  const offer = event.target.closest("[data-take]");
  if (!offer) return;
  take(offer.dataset.take);
  next.focus();
});
form.addEventListener("keydown", (event) => {
  const offer = form.querySelector("[data-take]");
  if (event.key !== "Enter" || event.target !== form.elements.said) return;
  event.preventDefault(); // a guess is never saved unseen: Enter takes what is shown, if anything is
  if (offer) offer.click();
});

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return form.requestSubmit();
  if (event.ctrlKey || event.metaKey || event.target.matches("input:not([type=radio], [type=checkbox]), textarea, select")) return;
  if (event.key === "Enter" && !event.target.closest("a, button, summary")) {
    event.preventDefault();
    return void form.requestSubmit();
  }
  const choice = [...form.querySelectorAll("[data-ending]")].find((one) => one.dataset.ending === event.key);
  if (!choice) return;
  event.preventDefault();
  choose(choice);
});

function markWrong() {
  for (const error of form.querySelectorAll(".field-error[id]")) {
    const control = form.querySelector(`[aria-describedby~="${error.id}"]`);
    if (error.textContent.trim()) control?.setAttribute("aria-invalid", "true");
    else control?.removeAttribute("aria-invalid");
  }
}

// The server asks for one more field: go there.
document.addEventListener("htmx:afterSettle", (event) => {
  markWrong();
  if (event.detail.requestConfig?.elt !== form) return;
  const wrong = [...form.querySelectorAll(".field-error")].find((one) => one.textContent.trim());
  wrong?.closest("[data-asks]")?.querySelector("input, textarea")?.focus();
  if (!wrong) form.querySelector("[data-preview] [role=alert]")?.scrollIntoView({ block: "nearest" });
});

// The map has come to an outcome, or the gate offers another one. Where there are words to say first, one stays with them.
form.addEventListener("ringback:end", ({ detail: { result, stays } }) => {
  const choice = [...form.querySelectorAll("[data-ending]")].find((one) => one.value === result);
  if (choice) choose(choice, { stays });
});
form.addEventListener("ringback:draft-restored", asked);
document.addEventListener("DOMContentLoaded", () => { if (asked()) preview(); }); // by then htmx listens
// A page that comes back from behind may show a call that has been logged since.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
