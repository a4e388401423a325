// The answer in a question's inputs, in the JSON shape that the server keeps (quizzes/rules/answers.py), and back.
import { placeSteps } from "./ordering.js";

const gaps = (question) => [...question.querySelectorAll(".gap")];
const boxes = (question) => [...question.querySelectorAll(".option input")];
const text = (question) => question.querySelector(".numeric input, textarea");

export function readAnswer(question) {
  switch (question.dataset.kind) {
    case "single":
      return boxes(question).find((box) => box.checked)?.value ?? null;
    case "true_false": {
      const chosen = boxes(question).find((box) => box.checked);
      return chosen ? chosen.value === "true" : null;
    }
    case "multiple": {
      const chosen = boxes(question).filter((box) => box.checked).map((box) => box.value);
      return chosen.length ? chosen : null;
    }
    case "fill":
    case "cloze": {
      const values = gaps(question).map((gap) => gap.value);
      return values.some((value) => value.trim()) ? values : null;
    }
    case "matching": {
      const pairs = [...question.querySelectorAll("[data-left]")].filter((select) => select.value);
      return pairs.length ? Object.fromEntries(pairs.map((select) => [select.dataset.left, select.value])) : null;
    }
    case "ordering": {
      const list = question.querySelector(".order-list");
      const steps = [...list.querySelectorAll("[data-step]")].map((step) => step.dataset.step);
      return list.classList.contains("is-answered") ? steps : null;
    }
    default:
      return text(question).value.trim() ? text(question).value : null;
  }
}

export function writeAnswer(question, answer) {
  switch (question.dataset.kind) {
    case "single":
    case "true_false":
    case "multiple": {
      const chosen = Array.isArray(answer) ? answer : [String(answer)];
      for (const box of boxes(question)) box.checked = chosen.includes(box.value);
      break;
    }
    case "fill":
    case "cloze":
      gaps(question).forEach((gap, place) => { gap.value = answer?.[place] ?? ""; });
      break;
    case "matching":
      for (const select of question.querySelectorAll("[data-left]")) select.value = answer?.[select.dataset.left] ?? "";
      break;
    case "ordering":
      placeSteps(question.querySelector(".order-list"), Array.isArray(answer) ? answer : []);
      break;
    default:
      text(question).value = answer ?? "";
      text(question).dispatchEvent(new Event("count"));
  }
}

export function sameAnswer(one, other) {
  return JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));
}

function inOrder(answer) {
  if (answer === undefined || answer === "" || answer?.length === 0) return null;
  if (answer === null || typeof answer !== "object" || Array.isArray(answer)) return answer;
  return Object.entries(answer).sort();
}
