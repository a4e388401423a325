// The sitting: binds the questions of the page to the queue that saves them, the timer, the flags and the way on.
import { readAnswer, sameAnswer, writeAnswer } from "./question/answers.js";
import { enhanceCounters } from "./question/counter.js";
import { enhanceOrdering } from "./question/ordering.js";
import { Drafts } from "./sitting/drafts.js";
import { watchLeaves } from "./sitting/leaves.js";
import { Navigator } from "./sitting/navigator.js";
import { notice } from "./sitting/notices.js";
import { postForm } from "./sitting/post.js";
import { Queue } from "./sitting/queue.js";
import { Timer } from "./sitting/timer.js";
import { fill, wordsOf } from "./sitting/words.js";
import { toast } from "./toast.js";

const form = document.getElementById("sitting");
const words = wordsOf(form);
const pageNotice = document.getElementById("page-notice");
const saved = document.getElementById("saved");
const questions = new Map([...form.querySelectorAll("[data-item]")].map((q) => [Number(q.dataset.item), q]));
const sequenceField = (item) => form.elements[`s-${item}`];

// On a slow line the first answers are given before this runs: inputs that are other than the server sent them.
const early = new Set([...questions].filter(([, question]) => wasTouched(question)).map(([item]) => item));

function wasTouched(question) {
  return [...question.querySelectorAll("input, select, textarea")].some((field) => {
    if (field.matches("select")) {
      const sent = [...field.options].findIndex((option) => option.defaultSelected);
      return field.selectedIndex !== Math.max(sent, 0);
    }
    return field.matches("[type=radio], [type=checkbox]") ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
  });
}

enhanceOrdering(form);
enhanceCounters(form);

const navigator_ = new Navigator(form, words);
navigator_.follow(questions);
const client = crypto.randomUUID();
const drafts = new Drafts(form.dataset.attempt, client);
const sequences = new Map([...questions.keys()].map((item) => [item, Number(sequenceField(item).value)]));
let state = "ready";

const queue = new Queue(form.dataset.save, client, drafts, sequences, {
  state: showState,
  clock: (now) => timer.sync(now),
  saved(item, sequence) {
    if (questions.has(item)) sequenceField(item).value = sequence;
  },
  stale(item, newer, mine) {
    if (!questions.has(item)) {
      notice(pageNotice, fill(words.staleFar, { n: navigator_.positionOf(item) }));
      return;
    }
    show(item, newer);
    offerBack(item, mine, words.stale);
  },
  closed(items) {
    if (!items.length) {
      location.assign(form.dataset.result);
      return;
    }
    const numbers = items.map((item) => navigator_.positionOf(item)).sort((a, b) => a - b).join("、");
    form.querySelector(".sitting-main").inert = true;
    const action = { text: words.closedGo, href: form.dataset.result };
    notice(pageNotice, fill(words.closed, { n: numbers }), action).querySelector("a").focus();
  },
});

// --- what is shown -----------------------------------------------------------------------------------------

function showState(name, detail) {
  state = name;
  const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
  const text = fill(words[name], { time, reason: detail });
  saved.className = `saved saved-${name === "saved" || name === "ready" ? "done" : name === "saving" ? "saving" : "offline"}`;
  if (saved.textContent !== text) saved.textContent = text;
}

function show(item, answer) {
  writeAnswer(questions.get(item), answer);
  last.set(item, readAnswer(questions.get(item)));
  navigator_.answered(item, last.get(item) !== null);
}

function offerBack(item, mine, text) {
  const run = () => {
    show(item, mine);
    queue.put(item, mine);
  };
  const place = questions.get(item).querySelector(".question-notice");
  notice(place, text, { text: words.restore, run }).scrollIntoView({ block: "nearest" });
}

// --- answering ---------------------------------------------------------------------------------------------

const last = new Map([...questions].map(([item, question]) => [item, readAnswer(question)]));

function changed(event) {
  const question = event.target.closest("[data-item]");
  if (!question) return;
  const item = Number(question.dataset.item);
  const answer = readAnswer(question);
  if (sameAnswer(answer, last.get(item))) return;
  last.set(item, answer);
  navigator_.answered(item, answer !== null);
  queue.put(item, answer);
}

form.addEventListener("input", changed);
form.addEventListener("change", changed);
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
});

// --- going on ----------------------------------------------------------------------------------------------

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const [verb, rest = "", on] = (event.submitter?.value ?? "").split(":");
  if (verb === "flag") {
    toggleFlag(event.submitter, rest, on === "on");
    return;
  }
  const here = document.getElementById(`q${rest}`);
  if (verb === "q" && here) {
    here.scrollIntoView();
    here.focus({ preventScroll: true });
    return;
  }
  if (await mayLeave()) location.assign(target(verb, Number(rest)));
});

function target(verb, number) {
  if (verb === "hand-in") return form.dataset.handIn;
  if (verb === "q") return `?page=${Math.ceil(number / Number(form.dataset.perPage))}#q${number}`;
  return `?page=${number}`;
}

async function mayLeave() {
  if (navigator.onLine && (await queue.flush())) return true;
  if (!queue.over) notice(pageNotice, words.stay).scrollIntoView({ block: "nearest" });
  return false;
}

async function toggleFlag(button, position, on) {
  const item = Number(button.closest("[data-item]").dataset.item);
  const set = (yes) => {
    button.setAttribute("aria-pressed", yes);
    button.value = `flag:${position}:${yes ? "off" : "on"}`;
    navigator_.flagged(item, yes);
  };
  set(on);
  try {
    const response = await postForm(form.dataset.flag, { position, on: on ? 1 : 0 });
    if (response.ok) return;
  } catch {
    // Told below, like a refusal.
  }
  set(!on);
  toast(document.body.dataset.failed, "near");
}

// --- time and connection -----------------------------------------------------------------------------------

const timer = new Timer(document.getElementById("timer"), document.getElementById("announcer"), {
  nearly: () => queue.flush(),
  over,
});

async function over() {
  await queue.flush();
  if (queue.over) return;
  try {
    await fetch(form.dataset.result, { method: "HEAD" });
    location.assign(form.dataset.result);
  } catch {
    form.querySelector(".sitting-main").inert = true;
    notice(pageNotice, words.over);
    addEventListener("online", over, { once: true });
  }
}

addEventListener("online", () => {
  pageNotice.replaceChildren();
  queue.flush();
});
addEventListener("offline", () => showState("offline"));
addEventListener("beforeunload", (event) => {
  if (queue.size && !["saving", "saved", "ready"].includes(state)) event.preventDefault();
});
addEventListener("pagehide", () => queue.flush());
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

watchLeaves(form.dataset.leave, form.dataset.attempt, (seconds) => {
  const time = seconds < 120 ? fill(words.seconds, { n: seconds }) : fill(words.minutes, { n: Math.round(seconds / 60) });
  toast(fill(words.left, { time }));
});

// --- what a page before this one has left ------------------------------------------------------------------

showState("ready");
for (const [item, draft] of drafts.takeOver()) {
  if (early.has(item)) continue; // what was answered just now is newer than any draft
  const here = questions.has(item);
  if (draft.lost) {
    if (here && !sameAnswer(draft.answer, last.get(item))) offerBack(item, draft.answer, words.stale);
    continue;
  }
  if (here && draft.sequence > sequences.get(item)) show(item, draft.answer);
  queue.adopt(item, draft);
}
for (const item of early) {
  navigator_.answered(item, last.get(item) !== null);
  queue.put(item, last.get(item));
}
if (!navigator.onLine) showState("offline");
