// A label with data-drop takes a file that is dropped on it, shows its name, and sends the form.
const zone = document.querySelector("[data-drop]");
const field = zone?.querySelector("input[type=file]");
const name = zone?.querySelector("[data-drop-name]");

function show() {
  name.textContent = field.files[0]?.name ?? "";
  if (field.files.length) field.form.requestSubmit();
}

field?.addEventListener("change", show);
for (const kind of ["dragenter", "dragover"]) {
  zone?.addEventListener(kind, (event) => {
    event.preventDefault();
    zone.dataset.over = "";
  });
}
for (const kind of ["dragleave", "drop"]) zone?.addEventListener(kind, () => delete zone.dataset.over);
zone?.addEventListener("drop", (event) => {
  event.preventDefault();
  field.files = event.dataTransfer.files;
  show();
});
