// Lines of "who owes what by when" that can be added and taken away.
const box = document.querySelector("[data-promises]");
const line = document.querySelector("[data-promise-template]");
const form = box.closest("form");

function add() {
  box.append(line.content.cloneNode(true));
  return box.lastElementChild;
}

document.querySelector("[data-add-promise]").addEventListener("click", () => add().querySelector("[name=promise_text]").focus());
box.addEventListener("click", (event) => {
  if (!event.target.closest("[data-drop-promise]")) return;
  event.target.closest("[data-promise]").remove();
  form.dispatchEvent(new Event("input", { bubbles: true }));
});
// A draft comes back: make room for its lines first.
form.addEventListener("ringback:draft-rows", (event) => {
  const wanted = event.detail.promise_text?.length ?? 0;
  while (box.children.length < wanted) add();
});
