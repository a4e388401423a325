// Before handing in: the time left goes on, and answers that are only on this device are pointed out.
import { Timer } from "./sitting/timer.js";

new Timer(document.getElementById("timer"), document.getElementById("announcer"), {
  nearly: () => {},
  over: () => location.reload(),
});

const unsent = document.getElementById("unsent");
try {
  const drafts = Object.keys(localStorage).filter((key) => key.startsWith(unsent.dataset.prefix));
  unsent.hidden = !drafts.some((key) => !JSON.parse(localStorage.getItem(key)).lost);
} catch {
  unsent.hidden = true;
}
