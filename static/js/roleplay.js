// The page of a talk: one customer, or several at once in tabs. Each talk runs by itself; the tabs only show one.
import { Talk } from "./roleplay/talk.js";

const sections = [...document.querySelectorAll("[data-talk]")];
const tabs = new Map([...document.querySelectorAll(".talk-tabs a")].map((tab) => [tab.hash.slice(1), tab]));
const talks = new Map();

function show(id, focus) {
  for (const section of sections) section.hidden = section.id !== id;
  for (const [key, tab] of tabs) tab.toggleAttribute("aria-current", key === id);
  tabs.get(id)?.setAttribute("aria-current", "true");
  tell(id, 0);
  talks.get(id).shown(focus);
}

function tell(id, unread) {
  const badge = tabs.get(id)?.querySelector("[data-unread]");
  if (!badge) return;
  const count = unread ? Number(badge.dataset.unread || 0) + unread : 0;
  badge.dataset.unread = count || "";
  badge.textContent = count || "";
  badge.setAttribute("aria-label", count ? document.getElementById(id).dataset.wUnread.replace("{n}", count) : "");
}

for (const section of sections) {
  talks.set(section.id, new Talk(section, (messages) => {
    if (section.hidden) tell(section.id, messages);
  }));
}
for (const [id, tab] of tabs) {
  tab.addEventListener("click", (event) => {
    event.preventDefault();
    show(id, true);
  });
}
show(sections.find((section) => !section.hasAttribute("data-later"))?.id ?? sections[0].id, true);
