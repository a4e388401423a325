// The numbers of the questions: which are answered, flagged, and on this page.
import { fill } from "./words.js";

export class Navigator {
  constructor(form, words) {
    this.words = words;
    this.cells = new Map([...form.querySelectorAll("[data-cell]")].map((cell) => [Number(cell.dataset.cell), cell]));
    this.progress = form.querySelector("#progress");
    const drawer = form.querySelector(".sitting-side");
    const wide = matchMedia("(min-width: 992px)");
    const follow = () => { drawer.open = wide.matches; };
    wide.addEventListener("change", follow);
    follow();
  }

  answered(item, yes) {
    this.#mark(item, "is-answered", yes);
    const done = [...this.cells.values()].filter((cell) => cell.classList.contains("is-answered")).length;
    this.progress.textContent = fill(this.words.progress, { n: done, total: this.cells.size });
  }

  flagged(item, yes) {
    this.#mark(item, "is-flagged", yes);
  }

  // The question that is being looked at: the first that reaches into the upper half of the window.
  follow(questions) {
    const seen = new Set();
    const watcher = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        const item = Number(entry.target.dataset.item);
        if (entry.isIntersecting) seen.add(item);
        else seen.delete(item);
      }
      const first = [...questions.keys()].find((item) => seen.has(item));
      for (const [item, cell] of this.cells) {
        if (item === first) cell.setAttribute("aria-current", "true");
        else if (first) cell.removeAttribute("aria-current");
      }
    }, { rootMargin: "-80px 0px -50% 0px" });
    for (const question of questions.values()) watcher.observe(question);
  }

  positionOf(item) {
    return this.cells.get(item)?.dataset.position;
  }

  #mark(item, name, yes) {
    const cell = this.cells.get(item);
    cell.classList.toggle(name, yes);
    const parts = [fill(this.words.question, { n: cell.dataset.position })];
    parts.push(cell.classList.contains("is-answered") ? this.words.answered : this.words.open);
    if (cell.classList.contains("is-flagged")) parts.push(this.words.flagged);
    cell.setAttribute("aria-label", parts.join("，"));
  }
}
