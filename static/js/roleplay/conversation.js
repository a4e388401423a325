// The bubbles of one talk. What the server says stands; what is still on its way waits below, marked as such. The
// customer's new messages come one after another, as if typed.
import { fill } from "../sitting/words.js";

const TYPING_MS = 700;
const PER_CHARACTER_MS = 25;
const LONGEST_MS = 1600;

export class Conversation {
  constructor(list, typing, words) {
    Object.assign(this, { list, typing, words, run: 0 });
  }

  // ``bubbles`` are [turn, who, text]. Resolves to how many messages of the customer were new.
  async update(bubbles, slowly) {
    const run = ++this.run; // what an earlier update was still typing is there at once
    this.typing.hidden = true;
    const there = [...this.list.querySelectorAll("[data-turn]")];
    let same = 0;
    while (same < there.length && same < bubbles.length && isOf(there[same], bubbles[same])) same += 1;
    for (const node of there.slice(same)) node.remove();
    const fresh = bubbles.slice(same);
    for (const [turn, who, text] of fresh) {
      if (slowly && who === "customer") await this.#type(text, run);
      if (run !== this.run) return 0;
      this.#add(this.#node(turn, who, text));
    }
    return fresh.filter(([, who]) => who === "customer").length;
  }

  // A reply that is on its way.
  pending(text) {
    const node = this.#node("", "agent", text);
    node.removeAttribute("data-turn");
    node.classList.add("is-pending");
    this.#add(node);
    return node;
  }

  toEnd() {
    this.list.parentElement.scrollTop = this.list.scrollHeight;
  }

  #type(text, run) {
    this.typing.hidden = false;
    this.toEnd();
    const wait = Math.min(TYPING_MS + text.length * PER_CHARACTER_MS, LONGEST_MS);
    return new Promise((resolve) => {
      setTimeout(() => {
        if (run === this.run) this.typing.hidden = true;
        resolve();
      }, wait);
    });
  }

  #add(node) {
    const waiting = this.list.querySelector(".is-pending");
    if (waiting && !node.classList.contains("is-pending")) waiting.before(node);
    else this.list.append(node);
    this.toEnd();
  }

  #node(turn, who, text) {
    const node = document.createElement("li");
    node.className = `bubble bubble-${who}`;
    node.dataset.turn = turn;
    if (who === "look") {
      node.append(element("span", fill(this.words.looked, { title: text })));
      return node;
    }
    const name = element("span", this.words[who]);
    if (who !== "hint") name.className = "visually-hidden";
    const said = element("p", text);
    node.append(name, said);
    return node;
  }
}

function isOf(node, [turn, who]) {
  return Number(node.dataset.turn) === turn && node.classList.contains(`bubble-${who}`);
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
