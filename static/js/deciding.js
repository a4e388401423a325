// Deciding entries by the keyboard: J and K move, the letter of a button presses it.

const list = document.querySelector("[data-deciding]");

function entries() {
  return [...list.querySelectorAll("[data-entry]")];
}

function move(by) {
  const all = entries();
  const at = all.findIndex((entry) => entry.contains(document.activeElement));
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by];
  next?.focus();
}

if (list) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
    const key = event.key.toLowerCase();
    if (key === "j" || key === "k") {
      event.preventDefault();
      move(key === "j" ? 1 : -1);
      return;
    }
    const entry = document.activeElement?.closest("[data-entry]");
    const target = entry?.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (target) {
      event.preventDefault();
      target.click();
    }
  });
  // The entry that was decided comes back anew: the focus goes on to the next one.
  document.body.addEventListener("htmx:afterSwap", (event) => {
    const id = event.detail.target?.id;
    if (!id?.startsWith("entry-")) return;
    const all = entries();
    const at = all.findIndex((entry) => entry.id === id);
    (all[at + 1] || all[at])?.focus({ preventScroll: false });
  });
}
