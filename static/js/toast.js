// A short message at the foot of the page; ``kind`` is met, near or critical. It stays long enough to be read aloud.
const STAYS_MS = 8000;

export function toast(text, kind = "") {
  const region = document.querySelector(".toasts");
  const note = document.createElement("div");
  note.className = kind ? `notice notice-${kind}` : "notice";
  note.textContent = text;
  region.append(note);
  setTimeout(() => note.remove(), STAYS_MS);
}
