// Steps to order: up and down buttons instead of the number fields that a page without scripts has.

export function enhanceOrdering(root) {
  for (const list of root.querySelectorAll(".order-list:not([data-ready])")) {
    list.dataset.ready = "yes";
    for (const step of list.children) {
      const number = document.createElement("span");
      number.className = "order-number";
      number.setAttribute("aria-hidden", "true");
      step.prepend(number);
      step.querySelector(".order-place").hidden = true;
      step.querySelector(".order-moves").hidden = false;
    }
    const hint = list.parentElement.querySelector(".order-hint");
    if (hint) hint.textContent = hint.dataset.arrows;
    const live = document.createElement("span");
    live.className = "visually-hidden";
    live.setAttribute("aria-live", "polite");
    list.after(live);
    const placed = [...list.children].some((step) => step.querySelector(".order-place").value);
    number(list, placed);
    list.addEventListener("click", (event) => {
      const button = event.target.closest("[data-move]");
      if (button) move(list, button, Number(button.dataset.move), live);
    });
  }
}

// Lays the steps in the order of ``ids``; without any they are as good as untouched.
export function placeSteps(list, ids) {
  for (const id of ids) {
    const step = [...list.children].find((child) => child.dataset.step === id);
    if (step) list.append(step);
  }
  number(list, ids.length > 0);
}

function move(list, button, by, live) {
  const step = button.closest("[data-step]");
  const other = by < 0 ? step.previousElementSibling : step.nextElementSibling;
  if (!other) return;
  if (by < 0) other.before(step);
  else other.after(step);
  number(list, true);
  button.focus();
  const place = [...list.children].indexOf(step) + 1;
  const text = step.querySelector(".order-text").textContent;
  live.textContent = list.dataset.moved.replace("{text}", text).replace("{n}", place);
  list.dispatchEvent(new Event("change", { bubbles: true }));
}

function number(list, answered) {
  list.classList.toggle("is-answered", answered);
  const steps = [...list.children];
  steps.forEach((step, index) => {
    step.querySelector(".order-place").value = answered ? index + 1 : "";
    step.querySelector(".order-number").textContent = answered ? index + 1 : "·";
    const [up, down] = step.querySelectorAll("[data-move]");
    up.setAttribute("aria-disabled", index === 0);
    down.setAttribute("aria-disabled", index === steps.length - 1);
  });
}
