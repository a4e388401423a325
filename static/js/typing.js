// The typing check. What comes in by the input method is typing; what is pasted, dropped or filled in is blocked and
// counted. The text and a log of the inputs are kept here and on the server, so that a reload loses nothing.
import { post } from "./sitting/post.js";
import { Timer } from "./sitting/timer.js";
import { fill, wordsOf } from "./sitting/words.js";
import { firstOff, letters, placeOf } from "./typing/compare.js";
import { Inputs } from "./typing/inputs.js";

const KEEP_EVERY_MS = 3000;

const form = document.querySelector("#typing");
const { run, mode, keep, began, now, burst } = form.dataset;
const words = wordsOf(form);
const box = form.elements.text;
const passage = document.querySelector("#passage");
const wanted = passage.textContent;
const length = letters(wanted).length;
const opened = Number(now) - Number(began) - performance.now();
const draft = `typing-${run}`;
form.elements.client.value = nameOfTab();

let kept = JSON.parse(document.querySelector("#kept").textContent);
const own = readDraft();
if (own && own.seen === kept.seen && own.inputs.length >= kept.inputs.length && box.value === kept.text) {
  kept = own; // nothing was typed while this script was on its way
  box.value = own.text;
}
let { seen } = kept;
let changed = false;
let over = false;
let sending = false;

const inputs = new Inputs(box, {
  burst: Number(burst),
  elapsed: () => Math.max(0, Math.round(opened + performance.now())),
  typed: () => {
    changed = true;
    writeDraft();
    show();
  },
  blocked: (count) => {
    changed = true;
    writeDraft();
    tell(fill(words.blocked, { n: count }));
  },
});
inputs.log = kept.inputs;
inputs.counts = { ...kept.blocked };

// A reload is the same page to the server: what the old one sent last may arrive after the new one was asked for.
function nameOfTab() {
  try {
    const name = sessionStorage.getItem(draft) ?? form.elements.client.value;
    sessionStorage.setItem(draft, name);
    return name;
  } catch {
    return form.elements.client.value;
  }
}

function readDraft() {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith("typing-") && key !== draft) localStorage.removeItem(key);
    }
    return JSON.parse(localStorage.getItem(draft));
  } catch {
    return null;
  }
}

function state() {
  return { client: form.elements.client.value, seen, text: box.value, inputs: inputs.log, blocked: inputs.counts };
}

function writeDraft() {
  try {
    localStorage.setItem(draft, JSON.stringify(state()));
  } catch {
    // a full or forbidden store: the server keeps the text, too
  }
}

function tell(text) {
  const notice = document.querySelector("#blocked");
  notice.hidden = false;
  notice.querySelector("p").textContent = text;
}

function show() {
  const typed = letters(box.value);
  const off = mode === "practice" && !inputs.composing ? firstOff(wanted, box.value) : -1;
  const reached = placeOf(wanted, off >= 0 ? off : Math.min(typed.length, length));
  const done = document.createElement("span");
  done.className = "passage-done";
  done.textContent = wanted.slice(0, reached);
  const next = document.createElement("span");
  next.className = off >= 0 ? "passage-off" : "passage-next";
  next.textContent = wanted.slice(reached, reached + 1);
  passage.replaceChildren(done, next, wanted.slice(reached + 1));
  passage.scrollTop = next.offsetTop - passage.offsetTop - passage.clientHeight / 2;
  document.querySelector("#reached").textContent = fill(words.reached, { n: typed.length, all: length });
  const mark = document.querySelector("#off");
  mark.hidden = off < 0;
  if (off >= 0) mark.textContent = fill(words.off, { n: off + 1 });
}

async function save() {
  if (!changed || sending || over) return;
  sending = true;
  changed = false;
  try {
    const response = await post(keep, JSON.stringify(state()), "application/json");
    const answer = await response.json();
    if (response.ok) {
      seen = answer.seen;
      writeDraft();
      document.querySelector("#saved").textContent = words.kept;
    } else if (answer.over) {
      location.reload();
    } else if (response.status === 409) {
      over = true;
      box.readOnly = true;
      tell(answer.error);
    } else {
      tell(answer.error);
    }
  } catch {
    changed = true;
    document.querySelector("#saved").textContent = words.offline;
  } finally {
    sending = false;
  }
}

form.addEventListener("submit", () => {
  form.elements.log.value = JSON.stringify({ seen, inputs: inputs.log, blocked: inputs.counts });
  over = true;
  form.querySelector(".btn-primary").disabled = true;
});
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
setInterval(save, KEEP_EVERY_MS);
addEventListener("pagehide", save);

new Timer(document.querySelector("#timer"), document.querySelector("#announcer"), {
  nearly: save,
  over: () => form.requestSubmit(),
});
show();
if (matchMedia("(pointer: fine)").matches) box.focus();
