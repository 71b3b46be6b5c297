// One way through a call map: on along an edge, back, a jump, an answer, a point ticked by hand. Plain values in and out;
// the server reads the same values back when the call is saved (domain/maps/walking.py).
const MOST_VISITS = 500;

export const begin = (map) => ({ map: map.id, visits: [{ node: map.entry }], answers: [], ticked: {}, started_at: new Date().toISOString() });
export const here = (path) => path.visits.at(-1).node;
export const answerAt = (path, node) => path.answers.find((each) => each.node === node)?.text ?? "";

const arrive = (path, left, node) => ({ ...path, visits: [...path.visits.slice(0, -1), left, { node }].slice(-MOST_VISITS) });

export function step(map, path, key) {
  const edge = map.nodes[here(path)].edges.find((each) => each.key === key);
  return edge ? arrive(path, { node: here(path), edge: key }, edge.to) : path;
}

export const jump = (path, node) => (node === here(path) ? path : arrive(path, { node: here(path) }, node));

export function back(path, steps = 1) {
  const left = Math.max(1, path.visits.length - steps);
  return { ...path, visits: [...path.visits.slice(0, left - 1), { node: path.visits[left - 1].node }] };
}

export function answered(path, node, text) {
  const before = path.answers.find((each) => each.node === node);
  const others = path.answers.filter((each) => each !== before);
  return { ...path, answers: text.trim() ? [...others, { ...before, node, text }] : others };
}

// What an objection turned out to be, said where it was noted.
export const stated = (path, node, state) => ({ ...path, answers: path.answers.map((each) => (each.node === node ? { ...each, state } : each)) });
export const stateAt = (path, node) => path.answers.find((each) => each.node === node)?.state ?? "open";

// What the places on the way cover, unless a hand has said otherwise.
export function covered(map, path) {
  const seen = new Set(path.visits.flatMap(({ node }) => map.nodes[node].covers));
  return new Set(map.points.filter(({ id }) => path.ticked[id] ?? seen.has(id)).map(({ id }) => id));
}

export const tick = (path, point, on) => ({ ...path, ticked: { ...path.ticked, [point]: on } });

// Whether a kept path can be walked on this map.
export const liesOn = (map, path) => path?.map === map.id && path.visits?.length > 0 && path.visits.every(({ node }) => node in map.nodes);
