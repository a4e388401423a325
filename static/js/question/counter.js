// How many characters of a free text are used.
export function enhanceCounters(root) {
  for (const area of root.querySelectorAll("textarea[maxlength]")) {
    const shown = area.parentElement.querySelector("[data-count] span");
    if (!shown) continue;
    const count = () => { shown.textContent = area.value.length; };
    area.addEventListener("input", count);
    area.addEventListener("count", count);
    count();
  }
}
