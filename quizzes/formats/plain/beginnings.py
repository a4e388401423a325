"""Whether a row is a heading, a question with a number, or a case that several questions share."""

import re
from collections import Counter
from collections.abc import Sequence

from quizzes.formats.plain.blocks import Material
from quizzes.formats.plain.numbering import Number, Style
from quizzes.formats.plain.rows import Row
from quizzes.formats.plain.shapes import Outlook, Shape
from quizzes.formats.plain.walk import Walk, Zone
from quizzes.rules.vocabulary import Kind

CHAPTER = re.compile(r"第\s?[一二三四五六七八九十\d]{1,4}\s?(?:章|节|单元|部分|篇|卷|模块|讲|课|套)")
_ITEMS = {Kind.ORDERING, Kind.MATCHING, Kind.CLOZE}


def styles_of(shapes: Sequence[Shape], ahead: Outlook) -> dict[int, Style]:
    """For each row the style in which its section numbers questions: the outermost one with evidence."""
    styles: dict[int, Style] = {}
    counts: Counter[Style] = Counter()
    sure: Counter[Style] = Counter()
    firsts: dict[Style, int] = {}
    pending: list[int] = []

    def settle() -> None:
        if counts:
            # The outermost style with evidence for half of its numbers; points in an introduction have none.
            outer = [style for style in sorted(firsts, key=firsts.__getitem__) if sure[style] * 2 >= counts[style]]
            best = next((style for style in outer if sure[style]), max(counts, key=lambda style: -firsts[style]))
            styles.update(dict.fromkeys(pending, best))
        counts.clear()
        sure.clear()
        firsts.clear()
        pending.clear()

    for place, shape in enumerate(shapes):
        if shape.heading and (shape.heading.names_kind or not shape.number):
            settle()
        elif _heads_questions(shapes, ahead, place):
            settle()
            continue
        number = shape.number
        if number:
            pending.append(place)
            if not number.doubtful:
                firsts.setdefault(number.style, place)
                counts[number.style] += 1
                sure[number.style] += ahead.evidence(place, within=number.style)
            elif number.style == Style.SPACE and ahead.evidence(place):
                firsts.setdefault(number.style, place)
                counts[number.style] += 1
                sure[number.style] += 1
    settle()
    return styles


def _heads_questions(shapes: Sequence[Shape], ahead: Outlook, place: int) -> bool:
    """Whether a row such as 一、平台规则 stands over questions 1, 2, 3 …: the first of them comes at once."""
    number, following = shapes[place].number, ahead.next(place)
    if number is None or number.style != Style.CHINESE or not shapes[place].heading or following >= len(shapes):
        return False
    below = shapes[following].number
    return below is not None and below.style != Style.CHINESE and ahead.evidence(following)


def is_heading(walk: Walk, row: Row, shape: Shape) -> bool:
    heading = shape.heading
    if heading is None or row.begins:
        return False
    if heading.names_kind:
        return True
    if walk.zone in (Zone.ANSWER, Zone.EXPLANATION) and walk.answer_is_open() and not row.heading:
        following = walk.ahead.next(walk.place)
        chapter = CHAPTER.match(row.shadow)
        chapter_over_questions = bool(chapter) and following < len(walk.rows) and walk.ahead.evidence(following)
        return chapter_over_questions or _heads_questions(walk.shapes, walk.ahead, walk.place)
    if shape.number and shape.number.style == Style.CHINESE:
        following = walk.ahead.next(walk.place)
        if following >= len(walk.rows) or re.search(r"[?？]$|_{2,}|\(\s{0,4}\)", row.shadow):
            return False
        after = walk.shapes[following]
        if walk.styles.get(walk.place) == Style.CHINESE and walk.ahead.evidence(walk.place):
            return False
        first = after.number is not None and after.number.style != Style.CHINESE
        return first or (after.heading is not None and (after.heading.names_kind or not after.number))
    if row.heading:
        return True
    return len(row.shadow) <= 40 and not re.search(r"[?？。]$", row.shadow)


def is_question(walk: Walk, row: Row, number: Number) -> bool:
    style = walk.styles.get(walk.place, number.style)
    evidence = walk.ahead.evidence(walk.place)
    if walk.in_notes and not evidence:
        return False
    if number.doubtful:
        return (
            style == number.style
            and number.value == walk.last + 1
            and (number.style != Style.SPACE or evidence)
            and walk.zone in (Zone.NONE, Zone.OPTIONS, Zone.ANSWER, Zone.EXPLANATION)
        )
    if style != number.style:
        return _other_style(walk, number, evidence)
    kind = walk.kind
    if walk.zone == Zone.STEM and kind in _ITEMS and number.value == walk.items + 1:
        walk.items = number.value
        return False
    if walk.zone in (Zone.NONE, Zone.STEM, Zone.OPTIONS):
        return True
    if not walk.answer_is_open():
        return True
    follows = number.value == walk.last + 1
    if follows and walk.point != number.value - 1:
        return True
    if follows and walk.point == 0:
        return True
    answered = walk.block is None or walk.block.answer is not None
    if evidence and (answered or walk.ahead.opens_list(walk.place + 1)):
        return True
    walk.point = number.value
    return False


def _other_style(walk: Walk, number: Number, evidence: bool) -> bool:
    """A number in another style is a question only in a place of its own: after a whole one, as the next."""
    if walk.zone == Zone.NONE:
        return evidence or walk.material is not None
    if walk.zone == Zone.STEM:
        return _is_sub_question(walk, number)
    if walk.block is not None and walk.block.material is not None and evidence:
        return True
    return evidence and number.value == walk.last + 1 and not walk.answer_is_open()


def _is_sub_question(walk: Walk, number: Number) -> bool:
    """（1）…（2）… below a numbered case, each with options or a key of its own, are questions on that case."""
    if number.value != 1 or not walk.block or walk.kind in _ITEMS or not walk.ahead.own_key(walk.place):
        return False
    for place in range(walk.place + 1, min(walk.place + Outlook.BOUND, len(walk.rows))):
        other = walk.shapes[place].number
        if other and not other.doubtful:
            if other.style != number.style or other.value != 2 or not walk.ahead.own_key(place):
                return False
            block = walk.found.blocks.pop()
            walk.material = Material(block.rows, None, number.style)
            walk.found.materials.append(walk.material)
            walk.block = None
            return True
    return False


def is_material(walk: Walk) -> bool:
    if walk.zone in (Zone.ANSWER, Zone.EXPLANATION) and walk.answer_is_open() and not walk.shapes[walk.place].span:
        return False
    if walk.zone == Zone.STEM:
        return False
    if walk.shapes[walk.place].span:
        return True
    following = walk.ahead.structure[min(walk.place + 1, len(walk.rows))]
    return following < len(walk.rows) and walk.shapes[following].number is not None
