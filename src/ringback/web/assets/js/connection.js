// Says when the line or the server is gone, and sends the failed form again with the same idempotency key once it is back.
const banner = document.getElementById("connection");
const words = banner.querySelector("[data-text]");
const RETRY_AFTER = [2000, 4000, 8000, 15000];
let waiting = null; // the form whose request failed
let tries = 0;
let timer = 0;

function show(reason) {
  words.textContent = banner.dataset[reason];
  banner.dataset.reason = reason;
  banner.hidden = false;
}

function hide() {
  if (banner.hidden) return;
  banner.hidden = true;
  tries = 0;
  document.dispatchEvent(new CustomEvent("ringback:toast", { detail: { text: banner.dataset.back, kind: "success" } }));
}

function again() {
  clearTimeout(timer);
  if (banner.dataset.reason === "expired") location.reload(); // the log-in page leads back here, where the draft waits
  else if (waiting?.isConnected) waiting.requestSubmit();
  else location.reload();
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(again, RETRY_AFTER[Math.min(tries++, RETRY_AFTER.length - 1)]);
}

function failed(event) {
  const form = event.target.closest?.("form");
  form?.removeAttribute("aria-busy");
  if (form?.dataset.draft && event.detail.requestConfig?.elt === form) waiting = form;
  show("offline");
  if (waiting) later();
}

function refused(event) {
  const status = event.detail.xhr?.status;
  if (status === 401 || status === 403) show("expired");
  else if (status === 413 || status === 400) show("large");
  else if (status >= 500) show("failed");
}

// Logged out meanwhile: the answer is the log-in page, which must not land inside this one.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!new URL(event.detail.xhr.responseURL).pathname.startsWith("/login")) return;
  event.detail.shouldSwap = false;
  show("expired");
});
document.addEventListener("htmx:sendError", failed);
document.addEventListener("htmx:timeout", failed);
document.addEventListener("htmx:responseError", refused);
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.successful || banner.dataset.reason === "expired") return;
  if (event.target === waiting) waiting = null;
  if (!waiting) hide();
});
addEventListener("offline", () => show("offline"));
addEventListener("online", () => (waiting ? again() : hide()));
banner.querySelector("[data-retry]").addEventListener("click", again);
