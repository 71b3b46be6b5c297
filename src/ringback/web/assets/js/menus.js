// A menu opens beside the button that opens it: below, or above from the lower half of the screen, and never off its edge.
const EDGE = 8;

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[popovertarget]");
  const menu = opener && document.getElementById(opener.getAttribute("popovertarget"));
  if (!menu) return;
  const { top, bottom, left, right } = opener.getBoundingClientRect();
  const low = top > innerHeight / 2;
  const start = left < innerWidth / 2;
  Object.assign(menu.style, {
    top: low ? "auto" : `${bottom + EDGE}px`,
    bottom: low ? `${innerHeight - top + EDGE}px` : "auto",
    maxHeight: `${(low ? top : innerHeight - bottom) - 2 * EDGE}px`,
    left: start ? `${Math.max(EDGE, left)}px` : "auto",
    right: start ? "auto" : `${Math.max(EDGE, document.documentElement.clientWidth - right)}px`,
  });
}, true);
