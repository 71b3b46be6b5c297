// A rule's badge is a link to the page of all rules; here it opens that rule's sentence beside itself instead.
const note = document.getElementById("rule-note");
const GAP = 8;
const AT_ONCE = 300; // a press on the badge first closes its open note: the same press must not open it again
let meanings; // the page of rules, fetched once
let closed = { badge: null, at: 0 };
let open;

async function meaning(badge) {
  meanings ??= fetch(badge.pathname).then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status)));
  const page = new DOMParser().parseFromString(await meanings, "text/html");
  return page.getElementById(badge.textContent.trim())?.querySelector("dd")?.textContent;
}

function place(badge) {
  const at = badge.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = note;
  const below = at.bottom + GAP + height <= innerHeight - GAP;
  note.style.left = `${Math.max(GAP, Math.min(at.left + at.width / 2 - width / 2, innerWidth - width - GAP))}px`;
  note.style.top = `${below ? at.bottom + GAP : Math.max(GAP, at.top - GAP - height)}px`;
}

async function show(badge) {
  let text = badge.title;
  try {
    text = (await meaning(badge)) || text;
  } catch {
    meanings = undefined; // no line just now: what the badge itself knows has to do
  }
  note.querySelector("[data-rule-name]").textContent = badge.textContent;
  note.querySelector("[data-rule-text]").textContent = text;
  open = badge;
  note.showPopover();
  place(badge);
  note.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const badge = event.target.closest("a.rule");
  if (!badge || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (closed.badge !== badge || Date.now() - closed.at > AT_ONCE) show(badge);
});
note.addEventListener("beforetoggle", (event) => {
  if (event.newState === "closed") closed = { badge: open, at: Date.now() };
});
addEventListener("scroll", () => note.matches(":popover-open") && note.hidePopover(), { capture: true, passive: true });
