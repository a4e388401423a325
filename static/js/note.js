// A note beside a lesson: HTMX saves while one writes; here is what makes that lose nothing.
const text = document.getElementById("note-text");

if (text) {
  const form = text.form;
  const unsaved = document.getElementById("note-unsaved");
  const RETRY = 4000; // milliseconds
  let sent = text.value;
  let saved = text.value;

  form.addEventListener("htmx:configRequest", (event) => {
    sent = event.detail.parameters.text ?? text.value;
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    unsaved.hidden = event.detail.successful;
    if (event.detail.successful) saved = sent;
    else setTimeout(() => form.dispatchEvent(new CustomEvent("save")), RETRY);
  });
  // Another page had saved meanwhile: its words come in front of what was typed since.
  document.addEventListener("note-merged", (event) => {
    const typed = text.value.startsWith(sent) ? text.value.slice(sent.length) : "";
    text.value = event.detail.text + typed;
    saved = event.detail.text;
    if (typed) form.dispatchEvent(new CustomEvent("save"));
  });
  // The page is left before the pause of the autosave is over.
  window.addEventListener("pagehide", () => {
    if (text.value !== saved) navigator.sendBeacon(form.action, new FormData(form));
  });
}
