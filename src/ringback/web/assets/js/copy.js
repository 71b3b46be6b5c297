// data-copy="#id" copies the text (or value) of another element and says so on the button for a moment.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.querySelector(button.dataset.copy);
  const text = source.value ?? source.innerText;
  await copy(text, source);
  const label = button.querySelector("[data-label]") ?? button;
  const was = label.textContent;
  label.textContent = button.dataset.copied ?? "✓";
  setTimeout(() => { label.textContent = was; }, 1500);
});

async function copy(text, source) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const range = document.createRange(); // no clipboard without https: select it, so that the user can copy
  range.selectNodeContents(source);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  return undefined;
}
