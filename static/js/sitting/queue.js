// What is still to be saved, one newest answer a question, and the sending of it: debounced, one request at a time,
// again after a failure. The server numbers the saved answers of a question 1, 2, 3 …; an answer is sent with the
// number after the last one that this page knows, so that the server can tell a page that has missed one.
import { sameAnswer } from "../question/answers.js";
import { post } from "./post.js";

const DEBOUNCE_MS = 600;
const BATCH = 20;
const FIRST_RETRY_MS = 2000;
const LAST_RETRY_MS = 30000;

export class Queue {
  // ``tell`` has: state(name, detail), saved(item, sequence), stale(item, newer, mine), closed(items), clock(ms).
  constructor(url, client, drafts, sequences, tell) {
    Object.assign(this, { url, client, drafts, sequences, tell });
    this.waiting = new Map();
    this.retryIn = FIRST_RETRY_MS;
    this.over = false;
  }

  get size() {
    return this.waiting.size;
  }

  put(item, answer) {
    this.#forget(item);
    this.#enqueue(item, { answer, sequence: this.#next(item), client: this.client });
    this.#flushIn(DEBOUNCE_MS);
  }

  // A draft that another page left: sent under that page's name, so that sending it twice is saving it once.
  adopt(item, draft) {
    this.#enqueue(item, draft);
    this.#flushIn(0);
  }

  // Sends everything now. Resolves to whether nothing is left to send.
  async flush() {
    clearTimeout(this.timer);
    while (this.waiting.size && !this.over) {
      this.sending ??= this.#send().finally(() => { this.sending = null; });
      if (!(await this.sending)) return false;
    }
    return true;
  }

  async #send() {
    const client = this.waiting.values().next().value.client;
    const batch = [...this.waiting].filter(([, entry]) => entry.client === client).slice(0, this.oneByOne ? 1 : BATCH);
    const answers = batch.map(([item, { sequence, answer }]) => ({ item, sequence, answer }));
    this.tell.state("saving");
    let response;
    let body;
    try {
      response = await post(this.url, JSON.stringify({ client, answers }), "application/json");
      body = response.type === "opaqueredirect" ? null : await response.json();
    } catch {
      return this.#retry(response || navigator.onLine ? "failed" : "offline");
    }
    if (body === null) return this.#retry("signedOut");
    if (response.status >= 500 || response.status === 403) return this.#retry("failed");
    if (!response.ok) return this.#refused(batch, body);
    this.retryIn = FIRST_RETRY_MS;
    this.oneByOne = false;
    this.tell.clock(body.now);
    if (body.closed) return this.#close(body.kept_late);
    for (const [item, entry] of batch) this.#settle(item, entry, body);
    if (!this.waiting.size) this.tell.state("saved");
    return true;
  }

  #settle(item, sent, body) {
    const current = this.waiting.get(item);
    const stale = body.stale[item];
    const known = stale ? stale.sequence : body.saved[item];
    if (known === undefined) return;
    this.sequences.set(item, Math.max(known, this.sequences.get(item) ?? 0));
    this.tell.saved(item, this.sequences.get(item));
    if (stale && !stale.mine && !sameAnswer(stale.answer, current.answer)) {
      this.#forget(item);
      this.drafts.keep(item, { ...current, lost: true });
      this.tell.stale(item, stale.answer, current.answer);
    } else if (current === sent && (!stale || sameAnswer(stale.answer, sent.answer))) {
      this.#forget(item);
    } else {
      // Changed while it was sent, or an earlier answer of this page had arrived after all.
      this.#forget(item);
      this.#enqueue(item, { answer: current.answer, sequence: this.#next(item), client: this.client });
    }
  }

  // The server will never take this answer. Where it does not say which, what was sent together is tried one by one.
  #refused(batch, body) {
    if (batch.length > 1 && !body.item) {
      this.oneByOne = true;
      return true;
    }
    const item = body.item ?? batch[0][0];
    this.oneByOne = false;
    this.waiting.delete(item);
    this.tell.state("refused", body.error);
    return true;
  }

  #close(late) {
    this.over = true;
    this.waiting.clear();
    this.drafts.clear();
    this.tell.closed(late);
    return false;
  }

  #retry(state) {
    this.tell.state(state);
    this.#flushIn(this.retryIn);
    this.retryIn = Math.min(this.retryIn * 2, LAST_RETRY_MS);
    return false;
  }

  #enqueue(item, entry) {
    this.waiting.set(item, entry);
    if (!this.drafts.keep(item, entry)) this.tell.state("unkept");
  }

  #forget(item) {
    const entry = this.waiting.get(item);
    this.waiting.delete(item);
    this.drafts.drop(item, entry?.client ?? this.client);
  }

  #next(item) {
    return (this.sequences.get(item) ?? 0) + 1;
  }

  #flushIn(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), milliseconds);
  }
}
