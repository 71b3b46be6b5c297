// Light, dark or as the system says. The choice is a cookie, so that the server's first byte already has the right colours.
const YEAR = 365 * 24 * 3600;
const root = document.documentElement;

function mark() {
  const now = root.dataset.theme ?? "system";
  for (const button of document.querySelectorAll("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === now));
  }
}

function choose(theme) {
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  document.cookie = `ringback_theme=${theme}; path=/; max-age=${YEAR}; samesite=lax`;
  mark();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-theme-choice]");
  if (button) choose(button.dataset.themeChoice);
});
mark();
