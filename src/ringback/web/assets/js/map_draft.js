// What is typed in the map editor, kept in this browser: the fields as one string, the version they began on, and the
// steps that can be undone. A reload, a crash or a lost line costs nothing; it goes when the map is published.
const PREFIX = "ringback-map-draft:";
const KEPT_FOR = 14 * 24 * 3600 * 1000;
const MOST_STEPS = 30;
const MOST_LETTERS = 1_500_000; // a browser gives about five million to all of Ringback

export const placeOf = (form) => PREFIX + form.dataset.mapDraft;

export function fieldsOf(form) {
  const fields = new FormData(form);
  fields.delete("csrfmiddlewaretoken");
  return new URLSearchParams(fields).toString();
}

export const alike = (one, other) => without(one) === without(other);

// Two drafts that differ only in the version they began on say the same.
function without(fields) {
  const values = new URLSearchParams(fields);
  values.delete("based_on");
  return values.toString().replaceAll("%0D%0A", "%0A");
}

export function read(place) {
  try {
    return JSON.parse(localStorage.getItem(place));
  } catch {
    return null;
  }
}

export function write(place, fields, undo) {
  const steps = undo.slice(-MOST_STEPS);
  while (steps.join("").length + fields.length > MOST_LETTERS && steps.length) steps.shift();
  try {
    localStorage.setItem(place, JSON.stringify({ at: Date.now(), fields, undo: steps }));
    return true;
  } catch {
    return false; // storage is full or forbidden: the page still works, it only forgets at a reload
  }
}

export const forget = (place) => localStorage.removeItem(place);

export function tidy() {
  for (const place of Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))) {
    if (Date.now() - (read(place)?.at ?? 0) > KEPT_FOR) forget(place);
  }
}
