// A map opens where the call begins: its start stands in the middle of a tall picture.
for (const chart of document.querySelectorAll("[data-map-start]")) {
  chart.scrollTop = Math.max(0, Number(chart.dataset.mapStart) - chart.clientHeight / 2);
}
