"""What the marker of a free text is told, as one text: other systems have one field for it."""

import re
from decimal import Decimal

from quizzes.rules.questions import FreeText, RubricLine

LINE = re.compile(r"评分点（(\d{1,4}) 分）：(.*)")
SAMPLE = "参考答案："
INDENT = "　　"  # begins each further line of a rubric line
BY_SAMPLE, BY_MARKER = "答出参考答案的要点", "言之成理（评分要点待补）"


def guide_text(content: FreeText) -> str:
    """The rubric line by line and the reference answer; ``read_guide`` reads them back."""
    lines = [f"评分点（{line.points} 分）：{_indented(line.text)}" for line in content.rubric]
    return "\n".join([*lines, f"{SAMPLE}{content.sample}"] if content.sample else lines)


def _indented(text: str) -> str:
    return text.replace("\n", f"\n{INDENT}")


def read_guide(text: str, marks: Decimal | None = None) -> tuple[tuple[RubricLine, ...], str]:
    """The rubric and the reference answer. Any other text is taken as the reference answer.

    Then the rubric is one line, worth ``marks`` where they are a whole number, and 1 otherwise.
    """
    text = text.strip()
    rubric: list[tuple[int, list[str]]] = []  # points, and the lines of their text
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if (found := LINE.fullmatch(line)) and found[2].strip() and int(found[1]) > 0:
            rubric.append((int(found[1]), [found[2]]))
        elif rubric and line.startswith(INDENT):
            rubric[-1][1].append(line.removeprefix(INDENT))
        elif rubric and line.startswith(SAMPLE):
            return _rubric(rubric), "\n".join(lines[index:]).removeprefix(SAMPLE)
        else:
            break
    else:
        return _rubric(rubric), ""
    sample = text.removeprefix(SAMPLE).strip()
    points = int(marks) if marks is not None and marks == marks.to_integral_value() and 1 <= marks <= 100 else 1
    return (RubricLine(points, BY_SAMPLE if sample else BY_MARKER),), sample


def _rubric(found: list[tuple[int, list[str]]]) -> tuple[RubricLine, ...]:
    return tuple(RubricLine(points, "\n".join(lines)) for points, lines in found)
