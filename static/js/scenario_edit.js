// The editor of a scenario: numbers beside the lines, and problems that lead to their line.
for (const area of document.querySelectorAll("[data-code]")) number(area);

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-line]");
  if (!link) return;
  event.preventDefault();
  goTo(document.getElementById(link.dataset.in ?? "text"), Number(link.dataset.line));
});

function number(area) {
  const gutter = document.querySelector(`[data-lines-of="${area.id}"]`);
  const update = () => {
    const lines = area.value.split("\n").length;
    if (Number(gutter.dataset.count) !== lines) {
      gutter.textContent = Array.from({ length: lines }, (_, place) => place + 1).join("\n");
      gutter.dataset.count = lines;
    }
    gutter.scrollTop = area.scrollTop;
  };
  area.addEventListener("input", update);
  area.addEventListener("scroll", update);
  update();
}

function goTo(area, line) {
  const lines = area.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
  const height = Number.parseFloat(getComputedStyle(area).lineHeight);
  area.scrollTop = Math.max((line - 4) * height, 0);
  area.scrollIntoView({ block: "center" });
}
