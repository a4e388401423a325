// One talk: what is typed and pressed goes to the outbox, what the server says is shown.
import { ask } from "../ask.js";
import { fill, wordsOf } from "../sitting/words.js";
import { toast } from "../toast.js";
import { Conversation } from "./conversation.js";
import { Outbox, read, write } from "./outbox.js";

const CLOCKS_DIFFER_MS = 400;

export class Talk {
  // ``heard`` is told how many new messages the customer sent.
  constructor(section, heard) {
    this.section = section;
    this.heard = heard;
    this.words = wordsOf(section);
    this.form = section.querySelector("form");
    this.reply = this.#find("reply");
    this.draft = `talk-draft-${section.dataset.talk}`;
    this.bubbles = new Map();
    this.conversation = new Conversation(this.#find("bubbles"), this.#find("typing"), this.words);
    this.outbox = new Outbox(section.dataset.act, section.dataset.talk, {
      state: (name) => this.#state(name),
      after: () => this.now.after,
      done: (act, talk) => this.#done(act, talk),
      refused: (act, message, talk) => this.#refused(act, message, talk),
    });
    this.#take(JSON.parse(section.querySelector("script[type='application/json']").textContent), false);
    for (const act of this.outbox.acts) this.bubbles.set(act, this.conversation.pending(act.text));
    this.reply.value = read(this.draft)[0] ?? "";
    this.#bind();
    this.#length();
    this.outbox.flush();
  }

  shown(focus) {
    this.conversation.toEnd();
    if (focus && this.now.open && matchMedia("(pointer: fine)").matches) this.reply.focus();
  }

  // --- what the trainee does ---------------------------------------------------------------------------------

  #bind() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const [kind, name = ""] = (event.submitter?.value ?? "say").split(":");
      this.#act(kind, name, event.submitter);
    });
    this.reply.addEventListener("keydown", (event) => {
      const composing = event.isComposing || event.keyCode === 229; // the input method has not finished
      if (event.key !== "Enter" || event.shiftKey || composing) return;
      event.preventDefault();
      this.#say();
    });
    this.reply.addEventListener("input", () => {
      write(this.draft, this.reply.value ? [this.reply.value] : []);
      this.#length();
    });
    for (const button of this.section.querySelectorAll("[data-phrase]")) {
      button.addEventListener("click", () => this.#insert(button.textContent));
    }
    addEventListener("online", () => this.outbox.flush());
    addEventListener("offline", () => this.#state("offline"));
    addEventListener("pageshow", (event) => {
      if (event.persisted) location.reload();
    });
  }

  async #act(kind, name, button) {
    if (kind === "say") this.#say();
    if (kind === "choose") this.#send({ kind, name, text: button.textContent });
    if (kind === "back" || kind === "hint") this.outbox.put({ kind });
    if (kind === "look") this.#look(name, button);
    if (kind === "leave" && (await ask(this.words.leave, this.words.leaveYes, document.body.dataset.cancel))) {
      this.outbox.put({ kind });
    }
  }

  #say() {
    const text = this.reply.value.trim();
    if (!text || this.#length() < 0) return;
    this.reply.value = "";
    write(this.draft, []);
    this.#send({ kind: "say", text });
  }

  #send(act) {
    if (!this.now.open) return;
    clearTimeout(this.silence);
    this.bubbles.set(this.outbox.put(act), this.conversation.pending(act.text));
  }

  // Opened already: folds and unfolds without asking the server again.
  #look(name, button) {
    const lines = button.parentElement.querySelector("[data-lines]");
    if (!lines.children.length) {
      this.outbox.put({ kind: "look", name });
      return;
    }
    lines.hidden = !lines.hidden;
    button.setAttribute("aria-expanded", String(!lines.hidden));
  }

  #insert(phrase) {
    const { selectionStart: start, selectionEnd: end, value } = this.reply;
    this.reply.value = value.slice(0, start) + phrase + value.slice(end);
    this.reply.focus();
    this.reply.selectionStart = this.reply.selectionEnd = start + phrase.length;
    this.reply.dispatchEvent(new Event("input"));
  }

  // How many characters are left; says so when there are too many.
  #length() {
    const most = Number(this.section.dataset.longest);
    const left = most - this.reply.value.trim().length;
    if (left < 0) this.#tell(fill(this.words.tooLong, { n: most - left, most }), "offline");
    else if (this.tooLong) this.#tell("", "done");
    this.tooLong = left < 0;
    return left;
  }

  // --- what the server says ----------------------------------------------------------------------------------

  async #done(act, talk) {
    this.#settle(act);
    await this.#take(talk, true);
  }

  async #refused(act, message, talk) {
    this.#settle(act);
    if (act.kind === "say") {
      this.reply.value = [this.reply.value, act.text].filter(Boolean).join("\n"); // beside what is being typed
      write(this.draft, [this.reply.value]);
    }
    if (message && act.kind !== "wait") {
      this.#tell(message, "offline");
      toast(message, "near");
    }
    if (talk) await this.#take(talk, true);
  }

  #settle(act) {
    this.bubbles.get(act)?.remove();
    this.bubbles.delete(act);
  }

  async #take(talk, slowly) {
    this.now = talk;
    clearTimeout(this.silence);
    this.#panel(talk.panel);
    this.conversation.update(talk.bubbles, slowly).then((messages) => {
      if (slowly && messages) this.heard(messages);
      if (this.now === talk) this.#follow(talk, slowly);
    });
    if (talk.open && talk.silence !== null) {
      this.silence = setTimeout(() => {
        if (!this.outbox.size) this.outbox.put({ kind: "wait" });
      }, talk.silence + CLOCKS_DIFFER_MS);
    }
  }

  // What follows from what the customer said, once it is read.
  #follow(talk, slowly) {
    this.#mood(talk.mood);
    this.#choices(talk.choices);
    const hint = this.#find("hint");
    hint.hidden = !talk.hint;
    hint.querySelector("span").textContent = talk.hint;
    const back = this.#find("back");
    if (back) back.hidden = !talk.back;
    const ask = this.#find("ask");
    if (ask) ask.hidden = !talk.ask;
    this.#find("composer").hidden = !talk.open;
    this.#find("over").hidden = talk.open;
    if (talk.open) return;
    for (const button of this.section.querySelectorAll(".panel-open")) button.disabled = true;
    if (slowly && !this.section.hidden) this.#find("debrief").focus();
  }

  #panel(items) {
    for (const [key, opened, lines] of items) {
      const item = this.section.querySelector(`[data-item="${key}"]`);
      const list = item.querySelector("[data-lines]");
      if (!opened || list.children.length) continue;
      list.append(...lines.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
      list.hidden = false;
      item.querySelector("button").setAttribute("aria-expanded", "true");
    }
  }

  #mood(mood) {
    const place = this.#find("mood");
    if (!place || !mood) return;
    place.className = `mood mood-${mood[0]}`;
    const word = this.#find("mood-word");
    if (word.textContent !== mood[1]) word.textContent = mood[1];
  }

  #choices(choices) {
    this.#find("choices").replaceChildren(...choices.map(([key, text]) => Object.assign(
      document.createElement("button"),
      { className: "btn btn-outline-secondary btn-sm", name: "do", value: `choose:${key}`, textContent: text },
    )));
  }

  #state(name) {
    this.#tell(this.words[name], name === "sent" ? "done" : name === "sending" ? "saving" : "offline");
  }

  #tell(text, look) {
    const state = this.#find("state");
    state.className = `saved small saved-${look}`;
    if (state.textContent !== text) state.textContent = text;
  }

  #find(name) {
    return this.section.querySelector(`[data-${name}]`);
  }
}
