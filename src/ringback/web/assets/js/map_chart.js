// The picture of a map: it opens as large as the width allows but never too small to read, where the call begins. Buttons
// and + − 0 1 change its size; whatever is pointed at, or asked for by “On the map”, stands out with the ways to and from it,
// and under the picture stands how those ways fared.
// Letters of twelve pixels stay legible, near the eye and in the hand.
const SMALLEST_READ = matchMedia("(max-width: 47.99rem)").matches ? 0.9 : 0.85;
const KEYS_READ = 0.85; // below that the numbers beside the ways show only where one points
const SMALLEST = 0.2;
const LARGEST = 2;
const STEP = 1.25;
const KEYS = { "+": "in", "=": "in", "-": "out", 0: "fit", 1: "whole" };

const natural = (svg) => svg.viewBox.baseVal;
const sizeOf = (svg) => Number(svg.getAttribute("width")) / natural(svg).width;

// Whatever stands in the middle stays there.
function resize(chart, size) {
  const svg = chart.firstElementChild;
  const before = sizeOf(svg);
  const [x, y] = [chart.scrollLeft + chart.clientWidth / 2, chart.scrollTop + chart.clientHeight / 2];
  const now = Math.min(LARGEST, Math.max(SMALLEST, size));
  svg.setAttribute("width", Math.round(natural(svg).width * now));
  svg.setAttribute("height", Math.round(natural(svg).height * now));
  chart.toggleAttribute("data-small", now < KEYS_READ);
  chart.scrollTo(x * (now / before) - chart.clientWidth / 2, y * (now / before) - chart.clientHeight / 2);
}

const fitting = (chart) => (chart.clientWidth - 16) / natural(chart.firstElementChild).width;

function zoom(chart, how) {
  const size = sizeOf(chart.firstElementChild);
  resize(chart, { in: size * STEP, out: size / STEP, whole: 1, fit: fitting(chart) }[how]);
}

function open(chart) {
  if (chart.dataset.opened) return;
  chart.dataset.opened = "yes";
  read(chart.dataset.mapFirst);
  const size = Math.min(1, Math.max(SMALLEST_READ, fitting(chart)));
  resize(chart, size);
  chart.scrollTo(0, Math.max(0, Number(chart.dataset.mapStart) * size - chart.clientHeight / 2));
}

// The same as stands at the place further down, near the eye.
function read(id) {
  const readout = document.querySelector("[data-map-readout]");
  const place = document.getElementById(`at-${id}`);
  if (!readout || !place) return;
  const parts = [...place.querySelectorAll("[data-place-title], .map-ways")].map((each) => each.cloneNode(true));
  for (const part of parts) for (const link of part.querySelectorAll("a")) link.replaceWith(link.textContent);
  readout.replaceChildren(...parts);
  readout.hidden = false;
}

function point(chart, id) {
  for (const each of chart.querySelectorAll(".near")) each.classList.remove("near");
  chart.toggleAttribute("data-pointed", Boolean(id));
  if (!id) return;
  read(id);
  const near = new Set([id]);
  for (const way of chart.querySelectorAll(".map-way, .map-key")) {
    const { from, to } = way.dataset;
    if (from !== id && to !== id) continue;
    way.classList.add("near");
    near.add(from).add(to);
  }
  for (const box of chart.querySelectorAll("[data-map-box]")) box.classList.toggle("near", near.has(box.dataset.mapBox));
}

function showPlace(id) {
  const chart = document.querySelector(".map-chart");
  const box = chart.querySelector(`[data-map-box="${CSS.escape(id)}"]`);
  chart.dataset.kept = id;
  point(chart, id);
  chart.closest("section").scrollIntoView({ block: "start" });
  chart.focus({ preventScroll: true });
  const [there, here] = [box.getBoundingClientRect(), chart.getBoundingClientRect()];
  chart.scrollBy(there.x + there.width / 2 - here.x - here.width / 2, there.y + there.height / 2 - here.y - here.height / 2);
}

const openAll = () => document.querySelectorAll(".map-chart").forEach(open);
openAll();
document.addEventListener("htmx:afterSettle", openAll);
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-map-zoom]");
  if (button) zoom(button.closest("[data-map-frame]").querySelector(".map-chart"), button.dataset.mapZoom);
  const link = event.target.closest("[data-map-show]");
  if (!link) return;
  event.preventDefault();
  showPlace(link.dataset.mapShow);
});
document.addEventListener("pointerover", (event) => {
  const chart = event.target.closest(".map-chart");
  if (chart) point(chart, event.target.closest("[data-map-box]")?.dataset.mapBox ?? event.target.closest(".map-way")?.dataset.from ?? chart.dataset.kept);
});
document.addEventListener("pointerout", (event) => {
  const chart = event.target.closest(".map-chart");
  if (chart && !chart.contains(event.relatedTarget)) point(chart, chart.dataset.kept);
});
document.addEventListener("keydown", (event) => {
  const chart = event.target.closest?.(".map-chart");
  if (!chart || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    delete chart.dataset.kept;
    point(chart, "");
  } else if (Object.hasOwn(KEYS, event.key)) {
    event.preventDefault();
    event.stopPropagation();
    zoom(chart, KEYS[event.key]);
  }
});
