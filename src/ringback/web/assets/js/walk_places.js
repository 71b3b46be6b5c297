// All places of the map in a dialog: type a few letters, Enter goes to the first that fits.
const dialog = document.getElementById("places");
const search = dialog.querySelector("[data-places-search]");
const list = dialog.querySelector("[data-places]");
const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");

function line(node, words) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "place" });
  const title = Object.assign(document.createElement("span"), { className: "one-line", textContent: node.title || words.results[node.result] });
  const kind = Object.assign(document.createElement("span"), { className: "quiet text-xs", textContent: words.kinds[node.kind], lang: document.documentElement.lang });
  button.append(title, kind);
  Object.assign(button.dataset, { to: node.id, find: plain(`${title.textContent} ${node.text}`) });
  const item = document.createElement("li");
  item.append(button);
  return item;
}

function go(button) {
  if (!button) return;
  dialog.close();
  document.dispatchEvent(new CustomEvent("ringback:jump", { detail: button.dataset.to }));
}

function sift() {
  const wanted = plain(search.value.trim());
  for (const item of list.children) item.hidden = !item.firstElementChild.dataset.find.includes(wanted);
}

document.addEventListener("ringback:map", ({ detail: { map, words } }) => {
  if (list.dataset.shows === String(map.id)) return;
  list.dataset.shows = map.id;
  list.lang = map.language;
  list.replaceChildren(...Object.values(map.nodes).map((node) => line(node, words)));
});
search.addEventListener("input", sift);
search.addEventListener("keydown", (event) => {
  if (event.key === "Enter") go(list.querySelector("li:not([hidden]) button"));
});
list.addEventListener("click", (event) => go(event.target.closest("button")));
dialog.addEventListener("close", () => {
  search.value = "";
  sift();
});
