// Walks the map of a call: number keys go on, Backspace goes back, `a` writes an answer down. The way is a field of the
// wrap-up, so that it is part of the draft and of what is saved; moving on needs no server.
import { answered, back, begin, here, jump, liesOn, stated, step, tick } from "./walk_path.js";
import { fillsOf, show, showNoted, showStates } from "./walk_view.js";

const TYPING = "input:not([type=radio], [type=checkbox]), textarea, select";
const FIELDS = { need: "needs", interest: "interests", objection: "objections" };
const page = JSON.parse(document.getElementById("walk-json").textContent);
const box = document.querySelector("[data-walk]");
const place = box.querySelector("[data-walk-here]");
const answer = document.getElementById("walk-answer");
const opening = document.querySelector("[data-opening]");
const form = document.querySelector("[data-wrap-up]");
const call = document.querySelector("[data-call]");
const stacked = matchMedia("(max-width: 63.99rem)"); // on a phone the parts stand one under the other
const kept = form.elements.walk;
const byId = (id) => page.maps.find((each) => each.id === id);
let map = byId(page.main);
let path = begin(map);

const tell = (kind, detail) => form.dispatchEvent(new CustomEvent(kind, { bubbles: true, detail }));

function keep(kind = "ringback:changed") {
  kept.value = JSON.stringify(path);
  tell(kind);
}

// Once they have answered, the place and its ways come first; on a phone the opening is one sentence from the start, and
// none where the place itself says what to say.
function fold() {
  const stage = path.visits.length > 1 ? "on" : map.nodes[here(path)].text ? "says" : "waits";
  if (call.dataset.walking === stage) return;
  call.dataset.walking = stage;
  if (!opening) return;
  opening.open = stage !== "on" && !stacked.matches;
  opening.dataset.drawn = "";
}

function draw() {
  show(map, path, page);
  fold();
  document.dispatchEvent(new CustomEvent("ringback:map", { detail: { map, words: page.words } }));
}

function go(next) {
  if (next === path) return;
  path = next;
  keep();
  draw();
  const { result, text } = map.nodes[here(path)];
  place.focus({ preventScroll: true });
  if (stacked.matches) box.scrollIntoView({ block: "start" });
  else place.scrollIntoView({ block: "nearest" });
  if (result) tell("ringback:end", { result, stays: Boolean(text) && stacked.matches });
  if (result && !text && stacked.matches) document.getElementById("ending").scrollIntoView({ block: "start" });
}

// Another map takes over: what was noted on this one moves into the fields of the wrap-up.
function handOver() {
  for (const { node, text } of path.answers) {
    const target = form.elements[FIELDS[fillsOf(map.nodes[node])] ?? "notes"];
    const label = target === form.elements.notes ? `${page.words.fills[map.nodes[node].fills] ?? map.nodes[node].title}: ` : "";
    if (!target.value.split("\n").includes(label + text)) target.value = [target.value.trim(), label + text].filter(Boolean).join("\n");
  }
}

function change(id, link) {
  handOver();
  map = byId(id) ?? map;
  path = map.id === id ? begin(map) : { map: id, visits: [], answers: [] };
  keep();
  if (map.id !== id) return void location.assign(link.href);
  draw();
  link.closest("[popover]").hidePopover();
  place.focus({ preventScroll: true });
}

// A draft comes back. It may lie on a version that this page does not hold yet: that one is finished all the same.
function restore() {
  const draft = JSON.parse(kept.value || "null");
  if (!draft) return;
  const own = byId(draft.map);
  if (own) {
    map = own;
    path = liesOn(map, draft) ? { ...begin(map), ...draft } : begin(map);
    return;
  }
  const there = new URL(location);
  if (there.searchParams.get("map") === String(draft.map)) return void (kept.value = "");
  there.searchParams.set("map", draft.map);
  location.replace(there);
}

const inEnding = () => Boolean(document.activeElement?.closest("#ending, [data-cards]"));
const done = (event) => {
  event.preventDefault();
  event.stopImmediatePropagation();
};

function typed(event) {
  if (event.target !== answer || event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
  done(event);
  place.focus({ preventScroll: true });
}

const KEYS = {
  Backspace: () => go(back(path)),
  a: () => answer.checkVisibility() && answer.focus(),
  e: () => document.getElementById("ending").focus(),
  w: () => place.focus(),
};

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target.matches(TYPING)) return void typed(event);
  if (event.ctrlKey || event.metaKey) return;
  const ways = map.nodes[here(path)].edges;
  if (/^[1-9]$/.test(event.key) && ways.length && !inEnding()) {
    done(event);
    go(step(map, path, Number(event.key)));
  } else if (Object.hasOwn(KEYS, event.key)) {
    done(event);
    KEYS[event.key]();
  }
}, true);

box.addEventListener("click", (event) => {
  const at = (name) => event.target.closest(`[data-${name}]`);
  const link = at("map");
  if (at("walk-back")) go(back(path));
  else if (at("state")) {
    path = stated(path, here(path), at("state").dataset.state);
    keep();
    showStates(map.nodes[here(path)], path);
  } else if (at("way")) go(step(map, path, Number(at("way").dataset.way)));
  else if (at("steps")) go(back(path, Number(at("steps").dataset.steps)));
  else if (at("place")) go(jump(path, at("place").dataset.place));
  else if (link && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    change(Number(link.dataset.map), link);
  }
});
box.addEventListener("change", (event) => {
  const { point } = event.target.dataset;
  if (!point) return;
  path = tick(path, point, event.target.checked);
  keep();
  draw();
  box.querySelector(`[data-point="${CSS.escape(point)}"]`).focus();
});
answer.addEventListener("input", () => {
  path = answered(path, here(path), answer.value);
  keep("input");
  showStates(map.nodes[here(path)], path);
  showNoted(map, path, page);
});
document.addEventListener("ringback:jump", (event) => go(jump(path, event.detail)));

restore();
draw();
