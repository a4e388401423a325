"""A short way to write down what a text must be read as: ``single 题干 | 甲 | *乙``."""

from quizzes.formats.found import FoundQuestion, QuestionsFound, to_report


def written(found: QuestionsFound) -> list[str]:
    """The questions, one line each; ``held`` ones with their reason after what is proposed."""
    entries = [(question.line, brief(question)) for question in found.questions]
    entries += [
        (held.line, f"held {brief(held.proposal) if held.proposal else '-'} # {held.reason}") for held in found.held
    ]
    return [text for _, text in sorted(entries, key=lambda entry: entry[0])]


def brief(question: FoundQuestion) -> str:
    report = to_report(question)
    parts = [f"{report['kind']} {' / '.join(report['stem'].splitlines())}"]
    match report["kind"]:
        case "single" | "multiple":
            parts += [("*" if option["correct"] else "") + option["text"] for option in report["options"]]
        case "true_false":
            parts.append("对" if report["options"][0]["correct"] else "错")
        case "ordering":
            parts += [option["text"] for option in report["options"]]
            parts.append("= " + " > ".join(answer[0] for answer in report["answers"]))
        case "matching":
            parts += [f"{left} = {right}" for left, right in report["pairs"]]
        case "numeric":
            parts.append(" ± ".join(map(str, report["answers"][0])))
        case _:
            parts += ["~".join(answers) for answers in report["answers"]]
    if report["explanation"]:
        parts.append(f"({report['explanation']})")
    return " | ".join(parts)
