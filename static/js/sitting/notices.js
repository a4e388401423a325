// Messages in a question and at the head of the page, with at most one thing to do.

export function notice(place, text, action) {
  const note = document.createElement("div");
  note.className = "notice notice-near";
  const body = document.createElement("div");
  body.textContent = text;
  note.append(body);
  if (action) {
    const control = document.createElement(action.href ? "a" : "button");
    control.className = "btn btn-sm btn-outline-secondary";
    control.textContent = action.text;
    if (action.href) control.href = action.href;
    else control.type = "button";
    control.addEventListener("click", () => {
      action.run?.();
      note.remove();
    });
    note.append(control);
  }
  place.replaceChildren(note);
  return note;
}
