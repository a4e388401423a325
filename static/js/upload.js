// Uploading: files can be dropped, each shows how far it is, and what is too large is said before it is sent. The
// browser's own button speaks the browser's language; a label in the page's language stands for it while scripts run.

const form = document.querySelector("[data-upload]");

function item(file, words, largest, remove) {
  const row = document.createElement("li");
  const name = document.createElement("span");
  name.textContent = `${file.name} · ${size(file.size)}`;
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "btn btn-outline-secondary btn-sm", textContent: words.remove });
  button.setAttribute("aria-label", `${words.remove} ${file.name}`);
  button.addEventListener("click", remove);
  row.append(name, button);
  if (file.size > largest) {
    const problem = document.createElement("span");
    problem.className = "upload-problem";
    problem.textContent = words.tooLarge;
    row.append(problem);
  } else {
    const bar = document.createElement("progress");
    Object.assign(bar, { max: file.size || 1, value: 0 });
    bar.setAttribute("aria-label", file.name);
    row.append(bar);
  }
  return row;
}

function size(bytes) {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function enhance() {
  const input = form.querySelector("input[type=file]");
  const zone = form.querySelector("[data-drop]");
  const list = form.querySelector("[data-uploads]");
  const problem = form.querySelector("[data-upload-problem]");
  const submit = form.querySelector("button[type=submit]");
  const chosen = form.querySelector("[data-chosen]");
  const words = form.dataset;
  const largest = Number(words.largest);
  const together = Number(words.largestTogether);

  input.classList.add("visually-hidden");
  form.querySelector("[data-choose]").hidden = false;
  chosen.hidden = false;

  function show() {
    const files = [...input.files];
    list.replaceChildren(...files.map((file, at) => item(file, words, largest, () => drop(at))));
    chosen.textContent = files.length ? chosen.dataset.some.replace("{count}", files.length) : chosen.dataset.none;
    problem.replaceChildren();
    const tooMuch = files.reduce((sum, file) => sum + file.size, 0) > together;
    if (tooMuch) say([words.tooMuch]);
    submit.disabled = tooMuch || files.some((file) => file.size > largest);
  }

  function choose(files) {
    const transfer = new DataTransfer();
    for (const file of files) transfer.items.add(file);
    input.files = transfer.files;
    show();
  }

  function drop(at) {
    choose([...input.files].filter((_, n) => n !== at));
    input.focus();
  }

  function say(lines) {
    const notice = document.createElement("div");
    notice.className = "notice notice-critical";
    notice.textContent = lines.join(" ");
    problem.replaceChildren(notice);
    submit.disabled = false;
  }

  function progressed(loaded) {
    let before = 0;
    for (const [at, file] of [...input.files].entries()) {
      const bar = list.children[at]?.querySelector("progress");
      if (bar) bar.value = Math.min(Math.max(loaded - before, 0), file.size);
      before += file.size;
    }
  }

  input.addEventListener("change", show);
  show();
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("is-over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("is-over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("is-over");
    choose([...input.files, ...event.dataTransfer.files]);
  });
  form.addEventListener("submit", (event) => {
    if (!input.files.length) return; // the server says what is missing
    event.preventDefault();
    submit.disabled = true;
    const label = submit.lastChild;
    const verb = label.textContent;
    label.textContent = words.sending;
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (sent) => progressed(sent.loaded));
    request.upload.addEventListener("load", () => {
      progressed(Infinity);
      label.textContent = words.sent;
    });
    request.addEventListener("loadend", () => {
      const answer = request.response;
      if (request.status === 200 && answer?.url) {
        location.assign(answer.url);
        return;
      }
      label.textContent = verb;
      say(answer?.errors?.length ? answer.errors : [words.failedWord]);
    });
    request.responseType = "json";
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.send(new FormData(form));
  });
}

if (form) enhance();
