// The map editor: keeps a draft, offers the one that waits, takes steps back, and moves places and ways by Alt+↑ and Alt+↓.
import { alike, fieldsOf, forget, placeOf, read, tidy, write } from "./map_draft.js";

const form = () => document.getElementById("map-form");
const part = (name) => form().querySelector(`[data-map-${name}]`);
const place = placeOf(form());
const KEEP_AFTER = 400;
const TYPING = "input:not([type=checkbox]), textarea";

let published = form().hasAttribute("data-map-published") ? fieldsOf(form()) : "";
let stood = fieldsOf(form()); // as it was when the last step ended
const redo = [];
let undo = [];
const asked = [];
let going = null; // the step back or forth that is under way
let openPlaces = [];
let shown = form(); // each answer brings a form of its own
let waiting = null; // a draft that nobody has decided on yet
let gone = false;
let timer = 0;

const clock = (at) => {
  const today = new Date(at).toDateString() === new Date().toDateString();
  const how = today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" };
  return new Intl.DateTimeFormat(document.documentElement.lang, how).format(at);
};
const filled = (element, values) => (element.textContent = element.dataset.text.replace(/\{(\w+)\}/g, (_, name) => values[name]));
const basedOn = (fields) => new URLSearchParams(fields).get("based_on");

function show() {
  part("undo").hidden = part("redo").hidden = false;
  part("undo").disabled = !undo.length && fieldsOf(form()) === stood;
  part("redo").disabled = !redo.length;
}

function keep() {
  clearTimeout(timer);
  if (gone || waiting) return;
  const fields = fieldsOf(form());
  if (alike(fields, published) && !undo.length) forget(place);
  else if (write(place, fields, undo)) filled(part("kept"), { when: clock(Date.now()) });
}

// What was typed since becomes one step that can be undone.
function endStep() {
  const fields = fieldsOf(form());
  if (fields === stood) return;
  undo.push(stood);
  redo.length = 0;
  stood = fields;
}

// Keys may come faster than the server answers: what is pressed meanwhile is done in turn.
function step(from, to) {
  if (going) return void asked.push([from, to]);
  endStep();
  if (from.length) load(from.at(-1), { from, to });
}

// The server makes the form of the fields, as it does after every button.
function load(fields, how) {
  going = how;
  const values = new URLSearchParams(fields);
  values.set("op", "show");
  const grouped = Object.fromEntries([...new Set(values.keys())].map((name) => [name, values.getAll(name)]));
  const request = { source: document.body, target: "#map-form", select: "#map-form", swap: "outerHTML show:none settle:0ms", values: grouped };
  window.htmx.ajax("POST", form().getAttribute("action"), request).catch(() => {});
}

function settled() {
  if (form() === shown) return;
  shown = form();
  for (const each of shown.querySelectorAll("details[data-place]")) each.open ||= openPlaces.includes(each.dataset.place);
  const { from, to } = going ?? {};
  if (from && to) {
    to.push(stood);
    from.pop();
    stood = fieldsOf(form());
  } else if (going) stood = fieldsOf(form());
  else endStep();
  going = null;
  keep();
  show();
  if (asked.length) step(...asked.shift());
}

// A draft that did not come back into the page is offered again: what is typed next would take its place.
function failed() {
  const draft = going?.draft;
  going = null;
  asked.length = 0;
  if (!draft) return;
  undo = [];
  offer(draft);
}

function decide(taken) {
  const draft = waiting;
  waiting = null;
  part("waiting").hidden = true;
  part("body").inert = false;
  if (!taken) {
    forget(place);
    return show();
  }
  undo = draft.undo ?? [];
  load(draft.fields, { draft });
}

function offer(draft) {
  waiting = draft;
  filled(part("waiting-words"), { when: clock(draft.at) });
  const [old, now] = [basedOn(draft.fields), form().elements.based_on.value];
  const older = part("waiting-older");
  older.hidden = old === now;
  filled(older, { old, new: now });
  part("waiting").hidden = false;
  part("body").inert = true;
  part("waiting").scrollIntoView({ block: "center" });
}

function opened(draft) {
  tidy();
  if (draft?.fields && !alike(draft.fields, stood)) offer(draft);
  else if (!published) keep();
  show();
}

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target === form()) openPlaces = [...form().querySelectorAll("details[open][data-place]")].map((each) => each.dataset.place);
});
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.elt.id === "map-form" || detail.target?.id === "map-form") settled();
});
for (const kind of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) document.addEventListener(kind, failed);
document.addEventListener("htmx:beforeOnLoad", ({ detail }) => {
  if (!detail.xhr.getResponseHeader("HX-Redirect")) return;
  gone = true; // published: nothing is left to keep
  forget(place);
});

document.addEventListener("input", (event) => {
  if (!form().contains(event.target)) return;
  clearTimeout(timer);
  timer = setTimeout(() => (keep(), show()), KEEP_AFTER);
});
document.addEventListener("change", (event) => {
  if (!form().contains(event.target)) return;
  endStep();
  keep();
  show();
});
addEventListener("pagehide", () => (endStep(), keep()));
addEventListener("storage", (event) => {
  if (event.key === place && event.newValue) part("elsewhere").hidden = false;
});

document.addEventListener("click", (event) => {
  const on = (name) => event.target.closest(`[data-map-${name}]`);
  if (on("undo")) step(undo, redo);
  else if (on("redo")) step(redo, undo);
  else if (on("continue")) decide(true);
  else if (on("discard")) decide(false);
});

document.addEventListener("keydown", (event) => {
  if (!form().contains(event.target) && event.target !== document.body) return;
  if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    const way = event.key === "ArrowUp" ? "up" : "down";
    const button = event.target.closest("[data-movable]")?.querySelectorAll(`[data-move="${way}"]`);
    const own = [...(button ?? [])].find((each) => each.closest("[data-movable]") === event.target.closest("[data-movable]"));
    if (own) event.preventDefault();
    own?.click();
  } else if ((event.ctrlKey || event.metaKey) && !event.target.matches(TYPING) && /^[zy]$/i.test(event.key)) {
    event.preventDefault();
    if (event.key.toLowerCase() === "y" || event.shiftKey) step(redo, undo);
    else step(undo, redo);
  }
});

opened(read(place));
