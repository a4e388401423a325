// Copy buttons: shown only where the browser lets a page copy.
import { toast } from "./toast.js";

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).innerText);
    toast(button.dataset.done, "met");
  });
}
