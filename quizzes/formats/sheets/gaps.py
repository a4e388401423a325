"""Fill-ins, numbers, cloze, matching, ordering and free text: what the answer cell means there."""

import re
from decimal import Decimal
from itertools import pairwise

from quizzes.formats.sheets.answers import bare, letters, numeric
from quizzes.formats.sheets.choices import Numbering, chosen
from quizzes.formats.sheets.escapes import split, unescape
from quizzes.formats.sheets.made import Made, Unsure, make, proposed
from quizzes.formats.sheets.options import Options
from quizzes.rules.questions import GAP, split_stem
from quizzes.rules.text import fold
from quizzes.rules.vocabulary import Kind

_HAN = re.compile(r"[\u4e00-\u9fff]")
_PER = re.compile(r"(?:元|角|分|次|件|个|单|公里|千米|米|克|斤|字|条)$")
_RUBRIC = re.compile(r"[（(]?\s?([0-9]{1,3})\s?分\s?[)）]?\s?[：:、,，]?(.+)", re.DOTALL)
_RUBRIC_AFTER = re.compile(r"[（(]\s?([0-9]{1,3})\s?分\s?[)）][。；;]?")
NO_LEFT = ("（无）", "(无)")  # a cell that begins with = is a formula to Excel, so extra sides are written （无）= 右
DEFAULT_POINTS, DEFAULT_RUBRIC = 5, "按参考答案给分"


def gaps_in(stem: str) -> int:
    return len(split_stem(stem)) - 1


# --- fill-ins ----------------------------------------------------------------------------------------------

def variants(text: str, *, exact: bool) -> list[str]:
    """Every wording of one gap: set apart by / or 或. Raises ``Unsure`` where a / may belong to the wording."""
    if exact:
        return [unescape(part) for part in split(text, "/")]
    parts = [text]
    if "/" in text or "／" in text:
        pieces = split(text, "/／")
        spaced = re.search(r"\s[/／]\s", text) is not None
        if all(pieces) and len(pieces) > 1 and (spaced or _reads_as_variants(pieces)):
            parts = pieces
        elif len(pieces) > 1 and not re.fullmatch(r"[\d./]+", text):
            raise Unsure(f"答案“{text[:30]}”里的 / 看不出是隔开两种写法，还是答案的一部分。是两种写法就在 / 两边加空格")
    found: list[str] = []
    for part in parts:
        words = [word.strip() for word in re.split(r"或者|或(?![许然多缺])", part)] if "或" in part else [part]
        found += words if all(words) else [part]
    return list(dict.fromkeys(unescape(word) for word in found))


def _reads_as_variants(pieces: list[str]) -> bool:
    if any(_PER.search(piece) and len(other) <= 2 for piece, other in pairwise(pieces)):
        return False  # 元/件
    return any(_HAN.search(piece) for piece in pieces)


def fill(stem: str, options: Options, answers: tuple[str, ...], *, exact: bool) -> Made:
    """One list of wordings per gap. Raises ``Unsure`` where gaps and answers do not fit."""
    gaps = gaps_in(stem)
    if not answers and options.texts:
        answers = options.texts  # some forms keep the gaps' answers in the options' columns
    elif options.texts:
        raise Unsure("题型是填空题，却有选项。请核对题型，或删掉选项")
    if not any(answers):
        raise Unsure("没有答案，请补上")
    if not gaps:
        guess = _blanks(answers, 1, exact=False)
        asked = f"{stem}{GAP}"
        raise Unsure(
            f"填空题的题干里没有空（{GAP} 或空括号），请标出空在哪里",
            proposed(Kind.FILL, asked, {"blanks": guess}) if guess else None,
        )
    blanks = _blanks(answers, gaps, exact=exact)
    if blanks is None:
        words = [unescape(part) for part in split(answers[0], "；;|｜\n") if part]
        one = proposed(Kind.FILL, stem, {"blanks": [words]}) if gaps == 1 else None
        raise Unsure(f"题干有 {gaps} 个空，答案“{answers[0][:30]}”却对不上。每空的答案请用“；”隔开", one)
    return make(Kind.FILL, stem, {"blanks": blanks})


def _blanks(answers: tuple[str, ...], gaps: int, *, exact: bool) -> list[list[str]] | None:
    if len(answers) > 1:
        texts = list(answers)
    elif exact:
        texts = split(answers[0], "；")
    else:
        texts = _parts(bare(answers[0]), gaps)
    if len(texts) != gaps or not all(texts):
        return None
    return [variants(text, exact=exact) for text in texts]


def _parts(text: str, gaps: int) -> list[str]:
    """The answer by gaps: the first mark that gives as many parts as there are gaps."""
    for marks in ("\n", "|｜", "；;"):
        parts = [re.sub(r"^[（(]?\d{1,2}[)）.、]\s*(?=\D)", "", part) for part in split(text, marks)]
        parts = parts[:-1] if len(parts) > gaps and not parts[-1] else parts
        if len(parts) > 1:
            return parts
    if gaps == 1:
        return [text]
    for pattern in (r"[、，,]", r"\s+"):
        parts = [part.strip() for part in re.split(pattern, text)]
        if len(parts) == gaps:
            return parts
    return [text]


# --- numbers -----------------------------------------------------------------------------------------------

def number(stem: str, answer: str, tolerance: str, unit: str) -> Made:
    """Raises ``Unsure`` where the answer is no amount."""
    found = numeric(bare(answer))
    if not answer:
        raise Unsure("没有答案，请补上")
    if found is None:
        raise Unsure(f"数值题的答案“{answer[:30]}”不是一个数，请写成 5、5±0.5 或 5～6 的样子")
    value, within, told = found
    if tolerance:
        apart = numeric(tolerance.lstrip("±"))
        if apart is None or (within and within != apart[0]):
            raise Unsure(f"允许误差“{tolerance[:20]}”读不出来，请写一个数")
        within = abs(apart[0])
    if within and told == "%" and "%" in answer.partition("±")[2] and "%" not in answer.partition("±")[0]:
        raise Unsure(f"“{answer}”的误差是百分比，请改成数")
    if unit and told and unit != told:
        raise Unsure(f"答案里的单位是“{told}”，单位一栏却是“{unit}”，请核对")
    return make(Kind.NUMERIC, stem, {"answer": str(value), "tolerance": str(within), "unit": unit or told})


# --- cloze -------------------------------------------------------------------------------------------------

def cloze(stem: str, options: Options, answers: tuple[str, ...], numbering: Numbering, *, exact: bool) -> Made:
    """Each option column holds one gap's choices (七 / 十 / 三), or all options serve every gap.

    Raises ``Unsure`` where gaps, choices and answers do not fit.
    """
    gaps = gaps_in(stem)
    if not gaps:
        raise Unsure(f"选词填空的题干里没有空（{GAP}），请标出空在哪里")
    if not any(answers):
        raise Unsure("没有答案，请补上")
    right = list(answers) if len(answers) > 1 else split(answers[0], "；" if exact else "；;\n|")
    if not exact and len(answers) == 1 and len(right) != gaps and len(compact := letters(answers[0]) or ()) == gaps:
        right = [chr(65 + letter) for letter in compact]
    if len(right) != gaps:
        raise Unsure(f"题干有 {gaps} 个空，答案却有 {len(right)} 个。每空的答案请用“；”隔开")
    choices = [[unescape(word) for word in split(text, "/" if exact else "/／|\n")] for text in options.texts]
    if len(choices) == gaps and (exact or all(len(words) > 1 for words in choices)):
        keys = [unescape(word) for word in right]
        data = [
            _gap(words, key, whys, exact=exact)
            for words, key, whys in zip(choices, keys, options.whys or ("",) * gaps, strict=True)
        ]
    else:
        places = [chosen(word, options, numbering) for word in right]
        if any(len(place) != 1 for place in places):
            raise Unsure("选词填空的每个空只能有一个答案，请核对")
        data = [
            [{"text": text, "correct": n == place[0]} for n, text in enumerate(options.texts)] for place in places
        ]
    return make(Kind.CLOZE, stem, {"gaps": data})


def _gap(words: list[str], key: str, why: str, *, exact: bool) -> list[dict[str, object]]:
    same = [n for n, word in enumerate(words) if (word == key if exact else fold(word) == fold(key))]
    if len(same) != 1:
        raise Unsure(f"空里该填的“{key[:20]}”不在它的备选词“{' / '.join(words)[:40]}”里，请核对")
    whys = [unescape(text) for text in split(why, "/")]
    whys += [""] * (len(words) - len(whys))
    return [{"text": word, "correct": n == same[0], "why": whys[n]} for n, word in enumerate(words)]


# --- matching and ordering -----------------------------------------------------------------------------------

def matching(stem: str, options: Options, answers: tuple[str, ...], *, exact: bool) -> Made:
    """One pair an option column or a line: 左 = 右. A right-hand side after （无） belongs to none."""
    lines = options.texts or tuple(line for answer in answers for line in split(answer, "\n；;|｜") if line)
    pairs, extra = [], []
    for line in lines:
        sides = split(line, "→") if exact else _sides(line)
        if len(sides) != 2 or not sides[1]:
            raise Unsure(f"配对题的“{line[:30]}”看不出左右两边，请写成“左 = 右”")
        left, right = unescape(sides[0]), unescape(sides[1])
        if left and (exact or left not in NO_LEFT):
            pairs.append([left, right])
        else:
            extra.append(right)
    return make(Kind.MATCHING, stem, {"pairs": pairs, "extra": extra})


def _sides(line: str) -> list[str]:
    """Both sides at the clearest mark that stands there once."""
    for mark in ("→", "=＝", "->", "——", "：:"):
        if len(mark) == 1 or mark in ("=＝", "：:"):
            sides = split(line, mark)
        else:
            sides = [part.strip() for part in line.split(mark)]
        if len(sides) == 2:
            return sides
    return [line]


def ordering(stem: str, options: Options, answers: tuple[str, ...], numbering: Numbering, *, exact: bool) -> Made:
    """The steps as displayed in the option columns with their order as key, or in the answer in the right order."""
    if not any(answers):
        raise Unsure("排序题没有写正确的次序，请补上，例如 BACD")
    answer = answers[0]
    if not options.texts:
        marks = ("；",) if exact else ("\n", "；;", "→", "|｜")
        for mark in marks:
            steps = [unescape(part) for part in split(answer, mark) if part]
            if len(steps) > 2 or exact:
                return make(Kind.ORDERING, stem, {"items": steps})
        raise Unsure("排序题的步骤分不开，请每一步占一行，按正确的次序写")
    compact = re.sub(r"[\s→>＞\-－—]+", "", answer) if letters_only(answer) else answer
    order = chosen(compact, options, numbering, exact=exact)
    if sorted(order) != list(range(len(options.texts))):
        raise Unsure(f"排序题有 {len(options.texts)} 步，答案“{answer[:30]}”却没有每一步各写一次，请核对")
    items = [options.texts[place] for place in order]
    return make(Kind.ORDERING, stem, {"items": items}, options.texts)


def letters_only(answer: str) -> bool:
    return re.fullmatch(r"[A-Za-zＡ-Ｚａ-ｚ\s→>＞\-－—]+", answer) is not None


# --- free text -----------------------------------------------------------------------------------------------

def free_text(stem: str, answers: tuple[str, ...], rubric: list[dict[str, object]]) -> Made:
    return make(Kind.FREE_TEXT, stem, {"rubric": rubric, "sample": "\n".join(answers)})


def rubric_of(text: str, marks: Decimal | None, *, exact: bool) -> list[dict[str, object]]:
    """The lines of a rubric, each with its points: 2 分：先道歉, or 先道歉（2 分）.

    Without points it is one line; without any text the reference answer decides.
    """
    lines: list[dict[str, object]] = []
    for line in split(text, "\n"):
        if not line:
            continue
        place = max(line.rfind("（"), line.rfind("("))
        before = _RUBRIC.fullmatch(line)
        after = None if exact else _RUBRIC_AFTER.fullmatch(line, max(place, 0))
        points, said = (before[1], before[2]) if before else (after[1], line[:place]) if after else ("", line)
        if not points or int(points) < 1 or not said.strip():
            return [{"points": default_points(marks), "text": unescape(text)}]
        lines.append({"points": int(points), "text": unescape(said.strip())})
    return lines or [{"points": default_points(marks), "text": DEFAULT_RUBRIC}]


def default_points(marks: Decimal | None) -> int:
    return int(marks) if marks is not None and marks >= 1 and marks == int(marks) else DEFAULT_POINTS
