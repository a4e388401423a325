// Marking by the keyboard: a digit gives the points of the line that has the focus, Ctrl + Enter saves.

const form = document.querySelector("[data-marking]");

function choose(fieldset, points) {
  const radio = [...fieldset.querySelectorAll("input[type=radio]")].find((input) => input.value === points);
  if (!radio) return;
  radio.checked = true;
  const lines = [...form.querySelectorAll("fieldset")];
  const next = lines[lines.indexOf(fieldset) + 1];
  const target = next ? next.querySelector("input:checked") || next.querySelector("input") : form.elements.comment;
  target.focus();
}

if (form) {
  form.querySelector("input[type=radio]")?.focus({ preventScroll: true });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    const fieldset = event.target.closest("fieldset");
    if (fieldset && /^[0-9]$/.test(event.key)) {
      event.preventDefault();
      choose(fieldset, event.key);
    }
  });
}
