// What every page does beside its own business: close menus, ask before what cannot be undone, tell of failures.
import { ask } from "./ask.js";
import { toast } from "./toast.js";

const words = document.body.dataset;

// On a phone the tabs are wider than the page: the one that is open is brought into sight.
for (const tab of document.querySelectorAll(".tabs > [aria-current]")) {
  const tabs = tab.parentElement;
  tabs.scrollLeft = tab.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - tab.offsetWidth) / 2;
}

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  }
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const { confirm, confirmYes } = event.submitter?.dataset.confirm ? event.submitter.dataset : form.dataset;
  if (!confirm || form.dataset.confirmed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const yes = await ask(confirm, confirmYes || words.confirmYes, words.cancel);
  if (!yes) return;
  form.dataset.confirmed = "yes";
  form.requestSubmit(event.submitter);
  delete form.dataset.confirmed;
}, true);

// A second click while the first is on its way sends nothing. A form that only takes a file away stays on the page, so
// it may be sent again after a while.
const A_WHILE = 3000; // milliseconds
const onTheirWay = new WeakSet();
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (onTheirWay.has(form)) event.preventDefault();
  onTheirWay.add(form);
  setTimeout(() => onTheirWay.delete(form), A_WHILE);
});

document.body.addEventListener("htmx:sendError", () => toast(words.failed, "near"));
document.body.addEventListener("htmx:responseError", (event) => {
  toast(event.detail.xhr.status >= 500 ? words.failed : words.refused, "near");
});
