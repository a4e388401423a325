// People ticked in a list: all of the page at once, and how many they are. Without it each is ticked by hand.
const boxes = [...document.querySelectorAll('input[name="people"][form="act"]')];
const all = document.querySelector("[data-pick-all]");
const told = document.querySelector("[data-picked]");
const people = new Set(boxes.map((box) => box.value)); // somebody may stand in a list twice

function tell() {
  const chosen = new Set(boxes.filter((box) => box.checked).map((box) => box.value)).size;
  all.checked = chosen > 0 && chosen === people.size;
  all.indeterminate = chosen > 0 && chosen < people.size;
  told.textContent = chosen ? told.dataset.picked.replace("{n}", chosen) : "";
}

document.addEventListener("change", ({ target }) => {
  if (target === all) {
    for (const box of boxes) box.checked = all.checked;
  } else if (boxes.includes(target)) {
    for (const box of boxes) if (box.value === target.value) box.checked = target.checked;
  } else {
    return;
  }
  tell();
});
window.addEventListener("pageshow", tell); // coming back, the browser ticks again what was ticked
all.closest("label").hidden = false;
