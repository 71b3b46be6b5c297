// <time data-countdown="ISO"> counts down; data-state becomes ahead, soon (2 minutes) or past, and on the page that asks
// for it (data-countdown-title) the tab's title says so too.
const SOON = 2 * 60;
const title = document.title;

function reading(seconds) {
  const left = Math.abs(seconds);
  const [h, m, s] = [Math.floor(left / 3600), Math.floor((left % 3600) / 60), left % 60];
  const two = (n) => String(n).padStart(2, "0");
  return (seconds < 0 ? "+" : "") + (h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`);
}

function tick() {
  for (const clock of document.querySelectorAll("[data-countdown]")) {
    const seconds = Math.round((Date.parse(clock.dataset.countdown) - Date.now()) / 1000);
    const state = seconds < 0 ? "past" : seconds <= SOON ? "soon" : "ahead";
    clock.textContent = reading(seconds);
    const box = clock.closest("[data-countdown-box]") ?? clock;
    if (box.dataset.state !== state) box.dataset.state = state;
    if ("countdownTitle" in clock.dataset) {
      document.title = state === "ahead" ? title : `${reading(seconds)} ${clock.dataset.countdownTitle}`;
    }
  }
}

tick();
setInterval(tick, 1000);
document.addEventListener("htmx:afterSettle", tick);
