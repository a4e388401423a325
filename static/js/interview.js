// The interview form saves itself while one writes. What could not be sent is kept on this device, and sent when the
// line is back; after a reload it is put back where the server has nothing newer.

const form = document.getElementById("interview");
const saved = document.getElementById("saved");
const staleNotice = document.getElementById("stale");
const words = form.dataset;
const key = `interview-${words.pk}`;
const WAIT = 700;
const RETRY = 5000;

let timer = 0;
let sending = false;
let dirty = false;
let stopped = false;
let over = false;

function fields() {
  return [...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "revision"].includes(name));
}

function show(text, state) {
  saved.className = `saved saved-${state}`;
  if (saved.textContent !== text) saved.textContent = text;
}

function later(wait) {
  clearTimeout(timer);
  timer = setTimeout(send, wait);
}

function keep() {
  try {
    localStorage.setItem(key, JSON.stringify({ revision: Number(form.elements.revision.value), fields: fields() }));
  } catch {
    // A full or forbidden store: the server still gets it.
  }
}

function forget() {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}

function putBack() {
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    // Unreadable: as if nothing was kept.
  }
  if (!kept || kept.revision !== Number(form.elements.revision.value)) {
    forget();
    return false;
  }
  for (const [name, value] of kept.fields) {
    const field = form.elements[name];
    if (field instanceof RadioNodeList || field?.type === "radio") {
      for (const radio of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) radio.checked = radio.value === value;
    } else if (field) {
      field.value = value;
    }
  }
  return true;
}

async function send() {
  if (stopped || sending || !dirty) return;
  sending = true;
  dirty = false;
  show(words.saving, "saving");
  let response = null;
  try {
    response = await fetch(words.save, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
  } catch {
    // Treated as a dropped line below.
  }
  sending = false;
  const answer = response && (response.headers.get("content-type") ?? "").includes("json") ? await response.json() : null;
  if (response?.ok && answer && !response.redirected) {
    form.elements.revision.value = answer.revision;
    if (dirty) {
      keep();
      later(WAIT);
    } else {
      forget();
      show(`${words.saved} ${new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false })}`, "done");
    }
    return;
  }
  if (answer?.error === "final") {
    stopped = true;
    forget();
    location.assign(answer.url);
    return;
  }
  if (answer?.error === "stale") {
    stopped = true;
    form.elements.revision.value = answer.revision; // pressing on takes this page's words on purpose
    staleNotice.hidden = false;
    staleNotice.scrollIntoView({ block: "nearest" });
    show(words.stale, "offline");
    return;
  }
  dirty = true;
  show(answer?.error === "invalid" ? words.refused : words.offline, "offline");
  if (answer?.error !== "invalid") later(RETRY);
}

function changed() {
  if (over) return;
  dirty = true;
  keep();
  if (!stopped) later(WAIT);
}

form.addEventListener("input", changed);
form.addEventListener("change", changed);
form.addEventListener("submit", (event) => {
  if (!navigator.onLine) {
    event.preventDefault(); // the browser's error page would take the words off the screen
    show(words.offline, "offline");
    return;
  }
  over = true;
  stopped = true;
  clearTimeout(timer);
});
staleNotice.querySelector("[data-drop]").addEventListener("click", forget);
addEventListener("online", () => later(0));
addEventListener("pagehide", () => {
  if (dirty && !over) keep();
});

show(words.ready, "done");
if (putBack()) {
  dirty = true;
  show(words.restored, "offline");
  later(WAIT);
} else if (fields().some(([, value]) => value)) {
  show(words.saved, "done");
}
