// Sorting tickets by number keys: 1–4 for the class, 5–8 for the urgency; when both are chosen the ticket is handed on.
import { Timer } from "./sitting/timer.js";

const form = document.querySelector("#ticket");
let sent = false;

function handOn() {
  const data = new FormData(form);
  if (sent || !data.get("ticket_class") || !data.get("urgency")) return;
  form.requestSubmit();
}

form.addEventListener("submit", () => {
  sent = true;
});
form.addEventListener("click", (event) => {
  if (event.target.matches("input[type=radio]") && event.detail > 0) handOn(); // arrow keys only try a choice
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  const choice = form.querySelector(`input[data-key="${CSS.escape(event.key)}"]`);
  if (!choice) return;
  event.preventDefault();
  choice.checked = true;
  choice.focus();
  handOn();
});
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

new Timer(document.querySelector("#timer"), document.querySelector("#announcer"), {
  nearly: () => {},
  over: () => location.reload(),
});
form.querySelector("input[type=radio]").focus();
