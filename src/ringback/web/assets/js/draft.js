// data-draft="name" on a form: what is typed (and the idempotency key) survives a reload, a crash or a lost line.
// The draft goes when a page says data-draft-done="name", and after two weeks.
const PREFIX = "ringback-draft:";
const KEPT_FOR = 14 * 24 * 3600 * 1000;
const NEVER = new Set(["csrfmiddlewaretoken"]);

const place = (form) => PREFIX + form.dataset.draft;

function read(form) {
  const values = {};
  for (const control of form.elements) {
    if (!control.name || NEVER.has(control.name) || control.type === "file" || control.type === "submit") continue;
    const kind = control.type === "radio" || control.type === "checkbox" ? (control.checked ? control.value : null) : control.value;
    if (kind !== null) (values[control.name] ??= []).push(kind);
  }
  return values;
}

function write(form, values) {
  const seen = {};
  for (const control of form.elements) {
    if (!control.name || NEVER.has(control.name) || control.type === "file" || control.type === "submit") continue;
    const given = values[control.name] ?? [];
    if (control.type === "radio" || control.type === "checkbox") control.checked = given.includes(control.value);
    else control.value = given[(seen[control.name] = (seen[control.name] ?? -1) + 1)] ?? control.value;
  }
}

function keep(form) {
  try {
    localStorage.setItem(place(form), JSON.stringify({ at: Date.now(), values: read(form) }));
  } catch {
    // Storage is full or forbidden: the page still works, it only forgets at a reload.
  }
}

function restore(form) {
  const kept = JSON.parse(localStorage.getItem(place(form)) ?? "null");
  if (!kept) return;
  form.dispatchEvent(new CustomEvent("ringback:draft-rows", { detail: kept.values }));
  write(form, kept.values);
  form.dispatchEvent(new CustomEvent("ringback:draft-restored", { bubbles: true }));
}

function tidy() {
  for (const done of document.querySelectorAll("[data-draft-done]")) localStorage.removeItem(PREFIX + done.dataset.draftDone);
  const here = new URL(location.href);
  if (here.searchParams.has("draft")) { // a reload later must not forget what was typed since
    here.searchParams.delete("draft");
    history.replaceState(history.state, "", here);
  }
  for (const name of Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))) {
    const { at = 0 } = JSON.parse(localStorage.getItem(name) ?? "{}") ?? {};
    if (Date.now() - at > KEPT_FOR) localStorage.removeItem(name);
  }
}

tidy();
for (const form of document.querySelectorAll("form[data-draft]")) restore(form);
for (const kind of ["input", "change", "ringback:changed"]) {
  document.addEventListener(kind, (event) => {
    const form = event.target.closest?.("form[data-draft]");
    if (form) keep(form);
  });
}
