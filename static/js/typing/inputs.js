// What comes into the box: typed and composed characters are logged as [ms, characters]; pasting, dropping, filling in
// and whole stretches at once are kept out and counted. While the input method composes, nothing is judged.
const FOREIGN = {
  insertFromPaste: "paste",
  insertFromPasteAsQuotation: "paste",
  insertFromYank: "paste",
  insertFromDrop: "drop",
  insertReplacementText: "insert",
};
const SAME_ACT_MS = 100; // one paste is told by two events

export class Inputs {
  constructor(box, { burst, elapsed, typed, blocked }) {
    Object.assign(this, { box, burst, elapsed, typed, blocked });
    this.log = [];
    this.counts = {};
    this.composing = false;
    this.last = -SAME_ACT_MS;
    box.addEventListener("paste", (event) => this.#block(event, "paste"));
    box.addEventListener("drop", (event) => this.#block(event, "drop"));
    box.addEventListener("beforeinput", (event) => this.#before(event));
    box.addEventListener("input", (event) => this.#input(event));
    box.addEventListener("compositionstart", () => {
      this.composing = true;
    });
    box.addEventListener("compositionend", (event) => this.#composed(event));
  }

  #before(event) {
    this.value = this.box.value;
    if (event.isComposing || this.composing) return;
    const kind = FOREIGN[event.inputType];
    if (kind) this.#block(event, kind);
    else if (event.inputType === "insertText" && (event.data?.length ?? 0) > this.burst) this.#block(event, "insert");
  }

  #input(event) {
    if (event.isComposing || this.composing) return;
    if (!event.inputType && this.value !== undefined && this.box.value.length > this.value.length + 1) {
      this.box.value = this.value; // filled in by something that is no keyboard
      this.#count("insert");
      return;
    }
    this.#note(event.inputType?.startsWith("insert") ? (event.data?.length ?? 1) : 0);
  }

  #composed(event) {
    this.composing = false;
    this.#note(event.data?.length ?? 0);
  }

  #note(characters) {
    this.log.push([this.elapsed(), characters]);
    this.value = this.box.value;
    this.typed();
  }

  #block(event, kind) {
    event.preventDefault();
    this.#count(kind);
  }

  #count(kind) {
    if (performance.now() - this.last < SAME_ACT_MS) return;
    this.last = performance.now();
    this.counts[kind] = (this.counts[kind] ?? 0) + 1;
    this.blocked(Object.values(this.counts).reduce((sum, count) => sum + count, 0));
  }
}
