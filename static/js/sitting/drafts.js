// Answers that the server has not confirmed, kept on this device: one entry a tab and a question, so that tabs do
// not overwrite each other's. A page that loads takes over what tabs that are gone have left.

export class Drafts {
  constructor(attempt, client) {
    this.prefix = `sitting.${attempt}.`;
    this.client = client;
  }

  // False when this device cannot keep anything (storage full or forbidden).
  keep(item, draft) {
    try {
      localStorage.setItem(this.#key(item, draft.client), JSON.stringify({ ...draft, at: Date.now() }));
      return true;
    } catch {
      return false;
    }
  }

  drop(item, client) {
    try {
      localStorage.removeItem(this.#key(item, client));
    } catch {
      // Nothing could be kept, so nothing is to be dropped.
    }
  }

  // The newest draft of each question: Map of item to {answer, sequence, client, lost}. Older ones go.
  takeOver() {
    const newest = new Map();
    for (const { item, draft } of this.#all()) {
      const other = newest.get(item);
      if (other && other.at >= draft.at) this.drop(item, draft.client);
      else {
        if (other) this.drop(item, other.client);
        newest.set(item, draft);
      }
    }
    return newest;
  }

  clear() {
    for (const { item, draft } of this.#all()) this.drop(item, draft.client);
  }

  #key(item, client) {
    return `${this.prefix}${item}.${client}`;
  }

  #all() {
    const found = [];
    try {
      for (const key of Object.keys(localStorage)) {
        if (!key.startsWith(this.prefix)) continue;
        const draft = JSON.parse(localStorage.getItem(key));
        const item = Number(key.slice(this.prefix.length).split(".")[0]);
        if (draft && item) found.push({ item, draft });
      }
    } catch {
      return [];
    }
    return found;
  }
}
