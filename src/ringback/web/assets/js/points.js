// Ticked points of the agenda stay ticked over a reload; they are forgotten with the tab.
const list = document.querySelector("[data-points]");
if (list) {
  const place = `ringback-points:${list.dataset.points}`;
  const boxes = [...list.querySelectorAll("[type=checkbox]")];
  const ticked = new Set(JSON.parse(sessionStorage.getItem(place) ?? "[]"));
  for (const box of boxes) box.checked = ticked.has(box.value);
  list.addEventListener("change", () => {
    sessionStorage.setItem(place, JSON.stringify(boxes.filter((box) => box.checked).map((box) => box.value)));
  });
}
