// The bar of a call on a phone: a link leads to its part of the page and leaves no trace in the history; the part in view is marked.
const tabs = [...document.querySelectorAll("[data-part]")];
const partOf = (tab) => document.querySelector(tab.hash);

function mark(shown) {
  for (const tab of tabs) {
    if (partOf(tab) === shown) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
}

// The part that crosses a line a third down the screen.
const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) if (isIntersecting) mark(target);
}, { rootMargin: "-33% 0px -66%" });

for (const tab of tabs) {
  seen.observe(partOf(tab));
  tab.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    partOf(tab).focus({ preventScroll: true });
    partOf(tab).scrollIntoView({ block: "start" });
  });
}
