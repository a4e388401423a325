// What the trainee does, sent one act after another. Replies are kept in the browser until the server has them: each
// carries the page's own name and number, so that sending it again after a lost answer says it once.
import { post } from "../sitting/post.js";

const FIRST_RETRY_MS = 2000;
const LAST_RETRY_MS = 30000;
const KEPT = ["say", "choose"];

export class Outbox {
  // ``tell`` has: state(name), done(act, talk), refused(act, message, talk), after() → the last turn that is shown.
  constructor(url, talk, tell) {
    Object.assign(this, { url, tell, key: `talk-${talk}` });
    this.client = crypto.randomUUID();
    this.sequence = 0;
    this.retryIn = FIRST_RETRY_MS;
    this.acts = read(this.key);
  }

  put(act) {
    const entry = { ...act, client: this.client, sequence: ++this.sequence };
    this.acts.push(entry);
    this.#keep();
    this.flush();
    return entry;
  }

  get size() {
    return this.acts.length;
  }

  async flush() {
    clearTimeout(this.timer);
    if (this.sending) return;
    this.sending = true;
    while (this.acts.length && (await this.#send(this.acts[0])));
    this.sending = false;
  }

  async #send(act) {
    this.tell.state("sending");
    let response;
    let body;
    try {
      response = await post(this.url, JSON.stringify({ ...act, after: this.tell.after() }), "application/json");
      body = response.type === "opaqueredirect" ? null : await response.json();
    } catch {
      return this.#retry(response || navigator.onLine ? "failed" : "offline");
    }
    if (body === null) return this.#retry("signedOut");
    if (response.status >= 500 || response.status === 403) return this.#retry("failed");
    this.retryIn = FIRST_RETRY_MS;
    this.acts.shift();
    this.#keep();
    if (response.ok) {
      this.tell.state("sent");
      await this.tell.done(act, body);
    } else {
      await this.tell.refused(act, body.error, body.bubbles ? body : null);
    }
    return true;
  }

  #retry(state) {
    this.tell.state(state);
    this.timer = setTimeout(() => this.flush(), this.retryIn);
    this.retryIn = Math.min(this.retryIn * 2, LAST_RETRY_MS);
    return false;
  }

  #keep() {
    write(this.key, this.acts.filter((act) => KEPT.includes(act.kind)));
  }
}

export function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? [];
  } catch {
    return [];
  }
}

export function write(key, value) {
  try {
    if (value.length) localStorage.setItem(key, JSON.stringify(value));
    else localStorage.removeItem(key);
  } catch {
    // Nothing can be kept on this device; what is sent is sent all the same.
  }
}
