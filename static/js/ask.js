// A question before something that cannot be undone. Resolves to true only when its verb was chosen.
export function ask(question, yes, no) {
  const dialog = document.createElement("dialog");
  dialog.className = "ask";
  const text = document.createElement("p");
  text.id = "ask-question";
  text.textContent = question;
  dialog.setAttribute("aria-labelledby", text.id);
  const form = document.createElement("form");
  form.method = "dialog";
  form.className = "row-line";
  form.append(button(no, "no", "btn btn-outline-secondary"), button(yes, "yes", "btn btn-primary"));
  dialog.append(text, form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}

function button(text, value, className) {
  const element = document.createElement("button");
  Object.assign(element, { textContent: text, value, className });
  return element;
}
