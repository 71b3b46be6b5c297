// Shows one place of a call map: what to say, what they may do, the way so far, what is covered and noted.
import { answerAt, covered, here, stateAt } from "./walk_path.js";

const GAP = /(\[[a-z ]{1,40}\?\])/;
const box = document.querySelector("[data-walk]");
const part = Object.fromEntries(
  ["map", "back", "trail", "here", "kind", "seconds", "title", "text", "questions", "hint", "gaps", "answer", "fills", "states", "ways", "covered", "points", "points-box", "noted", "noted-box"]
    .map((name) => [name, box.querySelector(`[data-walk-${name}]`)]),
);
const field = part.answer.querySelector("input");

function make(tag, props = {}, ...inside) {
  const made = Object.assign(document.createElement(tag), props);
  made.append(...inside);
  return made;
}
const data = (element, values) => (Object.assign(element.dataset, values), element);
const key = (text) => make("kbd", { className: "key", textContent: text });
const marked = (text) => text.split(GAP).map((each) => (GAP.test(each) ? make("mark", { className: "gap", textContent: each }) : each));
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const nameOf = (node, words) => node.title || words.results[node.result] || node.id;

export const fillsOf = (node) => (node.kind === "objection" ? "objection" : node.fills);

function showWords(node, { words, cards }) {
  const card = cards.find(({ id }) => id === node.card);
  part.here.dataset.kind = node.kind;
  part.kind.textContent = words.kinds[node.kind];
  const told = [node.text && filled(node.seconds === 1 ? words.second : words.seconds, { n: node.seconds }), node.too_long && words.too_long, node.own && words.own];
  part.seconds.textContent = told.filter(Boolean).join(" · ");
  part.title.textContent = nameOf(node, words);
  part.text.replaceChildren(...(node.text ? [make("p", {}, ...marked(node.text))] : []));
  part.questions.replaceChildren(...(card?.questions ?? []).map((each) => make("li", { textContent: each })));
  part.hint.textContent = node.result ? words.chosen : node.hint || card?.hint || "";
  part.gaps.replaceChildren(...node.gaps.filter(({ ask }) => ask).map(({ ask }) => make("li", { textContent: ask })));
}

function showAnswer(node, path, { words }) {
  const asked = fillsOf(node) || (node.kind === "ask" ? "answer" : "");
  part.answer.hidden = !asked;
  part.fills.textContent = words.fills[asked] ?? words.answer;
  field.value = answerAt(path, node.id);
  showStates(node, path);
}

export function showStates(node, path) {
  part.states.hidden = fillsOf(node) !== "objection" || !answerAt(path, node.id);
  for (const button of part.states.children) button.setAttribute("aria-pressed", button.dataset.state === stateAt(path, node.id));
}

function way(edge) {
  const says = edge.says.length ? [make("span", { className: "way-says", textContent: edge.says[0] })] : [];
  const button = make("button", { type: "button", className: "way" }, key(edge.key), make("span", { className: "min-w-0" }, make("span", { className: "way-label", textContent: edge.label }), ...says));
  return data(button, { way: edge.key });
}

function showTrail(map, path, { words }) {
  const before = path.visits.slice(0, -1).map(({ node }, at) => {
    const button = make("button", { type: "button", className: "link-quiet", textContent: nameOf(map.nodes[node], words) });
    return make("li", {}, data(button, { steps: path.visits.length - 1 - at }));
  });
  part.trail.replaceChildren(...before.slice(-5));
  part.back.disabled = before.length === 0;
}

function showPoints(map, path, { words }) {
  const done = covered(map, path);
  part["points-box"].hidden = map.points.length === 0;
  part.covered.textContent = filled(words.covered, { n: done.size, all: map.points.length });
  part.points.replaceChildren(...map.points.map(({ id, text }) => {
    const tick = data(make("input", { type: "checkbox", className: "checkbox checkbox-sm", checked: done.has(id) }), { point: id });
    return make("li", {}, make("label", { className: "point" }, tick, make("span", { textContent: text })));
  }));
}

export function showNoted(map, path, { words }) {
  part["noted-box"].hidden = path.answers.length === 0;
  part.noted.replaceChildren(...path.answers.map(({ node, text }) => {
    const label = words.fills[fillsOf(map.nodes[node])] ?? map.nodes[node].title;
    const said = data(make("button", { type: "button", className: "link-quiet text-start" }, make("bdi", { textContent: text })), { place: node });
    return make("li", {}, make("span", { className: "quiet text-xs", textContent: label }), said);
  }));
}

export function show(map, path, page) {
  const node = map.nodes[here(path)];
  box.hidden = false;
  for (const each of [part.map, part.title, part.text, part.questions, part.hint, part.gaps, part.ways, part.points, part.trail]) each.lang = map.language;
  part.kind.lang = document.documentElement.lang;
  part.map.textContent = map.title;
  showWords(node, page);
  showAnswer(node, path, page);
  part.ways.replaceChildren(...node.edges.map(way));
  showTrail(map, path, page);
  showPoints(map, path, page);
  showNoted(map, path, page);
}
