"""Aiken: a stem, lettered options, and ``ANSWER: B``.

Strict Aiken has a stem of one line, options ``A.`` or ``A)`` and one right letter. People also write stems of several
lines with a number before them, small and full-width letters, and several right letters; that is read as well.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from quizzes.formats import building
from quizzes.formats.building import About, Choice, Findings, Unsure
from quizzes.formats.found import FoundQuestion, QuestionsFound
from quizzes.rules.text import fold

LINE_END = re.compile(r"\r\n|\r|\n")
OPTION = re.compile(r"\s*[（(]?([A-Za-zＡ-Ｚａ-ｚ])(?:\s?[.)）．、:：](?!\d)|(?<=\))\s)\s*(.*)")
ANSWER = re.compile(r"\s*(?:ANSWER|ANS|Ａ[ＮＳＷＥＲ]{2,5})\s?[:：.]\s*(.*)", re.IGNORECASE)
SAID = re.compile(r"\s*(?:FEEDBACK|EXPLANATION)\s?[:：]\s*(.*)", re.IGNORECASE)
NUMBER = re.compile(r"\s*(?:(?:Q|Question|第)\s?)?\d{1,4}\s?(?:[.．、)）:：]|题[.．、:：]?)(?!\d)\s*", re.IGNORECASE)
KEY = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]+(?:(?:\s?[,，、;；/&+]\s?|\s+(?:and\s+)?)[A-Za-zＡ-Ｚａ-ｚ])*")
CHINESE_KEY = re.compile(r"\s*[【\[(（]?(?:正确|参考|标准)?答案[】\])）]?\s?[:：]?")


@dataclass
class _Block:
    """One question as it is read line by line."""

    line: int = 0
    stem: list[str] = field(default_factory=list)
    options: list[tuple[str, list[str]]] = field(default_factory=list)
    source: list[str] = field(default_factory=list)
    key: str | None = None
    said: list[str] = field(default_factory=list)
    saying: bool = False
    paused: bool = False  # a blank line came after the last line


def looks_like_aiken(text: str) -> bool:
    """Whether the text is Aiken and not a plain list of questions with Chinese keys.

    So it is where most answers stand under ``ANSWER:`` below lettered options on lines of their own.
    """
    answers = complete = options = chinese = 0
    for line in LINE_END.split(text):
        if ANSWER.fullmatch(line):
            answers += 1
            complete += options >= 2
            options = 0
        elif OPTION.fullmatch(line):
            options += 1
        elif CHINESE_KEY.match(line):
            chinese += 1
    return complete > 0 and complete * 2 >= answers and chinese < complete


def read_aiken(text: str) -> QuestionsFound:
    """All questions of an Aiken text; what has no key, or a key that fits no option, is held."""
    findings = Findings("aiken")
    block = _Block()
    for number, line in enumerate(LINE_END.split(text.removeprefix("\ufeff")), 1):
        if not line.strip():
            block.saying, block.paused = False, True
            continue
        if _begins_anew(block, line):
            _close(block, findings)
            block = _Block()
        block.line = block.line or number
        block.source.append(line.rstrip())
        block.paused = False
        _take(block, line)
    if block.source:
        _close(block, findings)
    return findings.result()


def _begins_anew(block: _Block, line: str) -> bool:
    """After the key only an explanation belongs to the question still; without one, what looks like another stem."""
    if block.key is not None:
        return not (block.saying or SAID.fullmatch(line))
    if OPTION.fullmatch(line) or ANSWER.fullmatch(line) or SAID.fullmatch(line):
        return False
    if block.options:
        return len(block.options) > 1 and (block.paused or bool(NUMBER.match(line)))
    return block.paused and bool(block.stem)


def _take(block: _Block, line: str) -> None:
    if said := SAID.fullmatch(line):
        block.said.append(said[1].strip())
        block.saying = block.key is not None
    elif block.saying:
        block.said.append(line.strip())
    elif answer := ANSWER.fullmatch(line):
        block.key = answer[1].strip()
    elif (option := OPTION.fullmatch(line)) and _follows(block, _letter(option[1])):
        block.options.append((_letter(option[1]), [option[2].strip()]))
    elif block.options:
        block.options[-1][1].append(line.strip())
    else:
        block.stem.append(line.strip())


def _letter(char: str) -> str:
    return fold(char).upper()


def _follows(block: _Block, letter: str) -> bool:
    """Options are lettered in order; a stem may begin with a letter of its own."""
    return bool(block.stem) and letter == chr(ord("A") + len(block.options))


def _close(block: _Block, findings: Findings) -> None:
    source = "\n".join(block.source)
    if not block.options and block.key is None and not building.LIKE_A_QUESTION.search(source):
        findings.remove(block.line, source, building.NOT_A_QUESTION)
        return
    try:
        findings.questions.append(_question(block))
    except Unsure as unsure:
        findings.hold(block.line, source, unsure)


def _question(block: _Block) -> FoundQuestion:
    if block.key is None:
        raise Unsure("没有读到“ANSWER:”一行。请补上正确答案；如果只是说明文字，不用导入。")
    if not block.options:
        raise Unsure("没有读到题干或选项。题干写在前面，每个选项单独一行，写成“A. …”。")
    stem = NUMBER.sub("", "\n".join(block.stem), count=1) if block.stem else ""
    about = About(line=block.line, stem=stem.strip(), explanation="\n".join(text for text in block.said if text))
    letters = [letter for letter, _ in block.options]
    found = KEY.fullmatch(block.key.rstrip(" .。"))
    key = [_letter(char) for char in re.sub(r"\band\b|[^A-Za-zＡ-Ｚａ-ｚ]", "", found[0])] if found else []
    if not key or not set(key) <= set(letters):
        raise Unsure(f"答案“{block.key[:40]}”和选项字母对不上。请改好答案或选项。")
    choices = [
        Choice("\n".join(lines).strip(), Decimal(letter in key)) for letter, lines in block.options
    ]
    return building.choice(about, choices, several=len(set(key)) > 1)
