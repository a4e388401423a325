// Practice and the questions at the end of a lesson: what a question's inputs need, also after HTMX swapped one in.
import { enhanceCounters } from "./question/counter.js";
import { enhanceOrdering } from "./question/ordering.js";

function enhance(root) {
  enhanceOrdering(root);
  enhanceCounters(root);
}

enhance(document);
document.addEventListener("htmx:load", (event) => enhance(event.detail.elt));
document.addEventListener("htmx:afterSwap", (event) => {
  event.target.querySelector?.("[data-focus]")?.focus();
});
