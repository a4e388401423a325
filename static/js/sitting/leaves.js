// How long the exam was out of sight, told to the server when it is in sight again, also after closing the tab.
import { postForm } from "./post.js";

const SHORTEST_MS = 5000; // going from page to page takes less

export function watchLeaves(url, attempt, told) {
  const key = `sitting-left.${attempt}`;

  async function back() {
    const since = Number(localStorage.getItem(key));
    localStorage.removeItem(key);
    const away = Date.now() - since;
    if (!since || away < SHORTEST_MS) return;
    const seconds = Math.round(away / 1000);
    try {
      const response = await postForm(url, { seconds });
      if (response.ok) told(seconds);
    } catch {
      if (!localStorage.getItem(key)) localStorage.setItem(key, since); // offline: the next return tells it
    }
  }

  try {
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) localStorage.setItem(key, Date.now());
      else back();
    });
    if (!document.hidden) back();
  } catch {
    // Without storage a leave cannot be measured, and nothing depends on it.
  }
}
