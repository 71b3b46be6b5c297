// data-once on a form: a second press while the first is on its way does nothing. The server would refuse it anyway.
const SAFETY = 8000;

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-once]");
  if (!form) return;
  if (form.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.setAttribute("aria-busy", "true");
  setTimeout(() => form.removeAttribute("aria-busy"), SAFETY);
}, true);

document.addEventListener("htmx:afterRequest", (event) => event.target.closest?.("form[data-once]")?.removeAttribute("aria-busy"));
addEventListener("pageshow", () => document.querySelectorAll("form[aria-busy]").forEach((form) => form.removeAttribute("aria-busy")));
