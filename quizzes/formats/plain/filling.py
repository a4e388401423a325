"""What a question is made of: rows put into its stem, its answer, its explanation."""

import re
from dataclasses import replace

from quizzes.formats.plain import unnumbered
from quizzes.formats.plain.blocks import Block, Material
from quizzes.formats.plain.keys import EMPTY, keys_in_stem
from quizzes.formats.plain.labels import Label, Labelled, answer_inside, explanation_inside
from quizzes.formats.plain.numbering import FRONT_KEY, Number, Style, number_in
from quizzes.formats.plain.options import opens_inside, starts_list
from quizzes.formats.plain.rows import Row
from quizzes.formats.plain.shapes import Shape
from quizzes.formats.plain.walk import Walk, Zone

_WEAK_EXPLANATIONS = ("说明", "理由", "依据", "备注", "提示", "出处", "思路", "解释", "考点", "易错点", "考查点")
_KEPT_WORDS = ("依据", "备注", "出处", "考点", "易错点", "考查点")  # the word says what the text is
_DETAILS = (Label.TOPIC, Label.MARKS, Label.DIFFICULTY, Label.KIND)


def open_block(walk: Walk, row: Row, number: Number | None) -> None:
    """Begin a question with this row, whose ``number`` is no part of it."""
    walk.close()
    walk.in_notes = False
    value = number.value if number else None
    walk.block = Block(row.line, walk.section, value, source=[row], material=_shared(walk, number))
    walk.found.blocks.append(walk.block)
    walk.zone = Zone.STEM
    walk.point = walk.items = 0
    if number is None:
        _stem(walk, row)
        return
    front = FRONT_KEY.match(row.shadow) if number.start else None
    if front:
        walk.block.front_key = front[1]
    elif number.start:  # 【单选】1. : the mark goes back to the stem, where marks are looked for
        walk.block.rows.append(row.cut(0, number.start))
    _stem(walk, row.cut(number.end))


def _shared(walk: Walk, number: Number | None) -> Material | None:
    material = walk.material
    if material is None:
        return None
    if material.style is not None and (number is None or number.style != material.style):
        walk.material = None
        return None
    if material.span and number is not None and not material.span[0] <= number.value <= material.span[1]:
        return None
    material.used = True
    return material


def add(walk: Walk, row: Row, zone: Zone) -> None:
    assert walk.block is not None  # noqa: S101 - callers look
    walk.block.source.append(row)
    walk.zone = zone
    _stem(walk, row)


def lists_late(walk: Walk) -> bool:
    """Whether options begin behind the key, which some write above them."""
    if walk.block is None or walk.zone != Zone.ANSWER or walk.answer_is_open() or walk.shapes[walk.place].option:
        return False
    return not any(starts_list(row.shadow) is not None or opens_inside(row.shadow) for row in walk.block.rows[:10])


def _stem(walk: Walk, row: Row) -> None:
    """A row of stem or options, which may go on with its key."""
    assert walk.block is not None  # noqa: S101 - callers look
    inside = answer_inside(row.shadow)
    if inside and not (inside[2] < len(row.text) and _is_hole(walk, row, inside[0])):
        start, begin, end = inside
        if start:
            _stem(walk, row.cut(0, start))
        _answer(walk, row.cut(begin, end), "答案")
        return
    explained = explanation_inside(row.shadow) if "(" in row.shadow or "解析" in row.shadow else None
    if explained and explained[0] and ("解" in row.shadow[slice(*explained)] or row.shadow[explained[0] - 1] == ")"):
        _stem(walk, row.cut(0, explained[0]))
        walk.zone = Zone.EXPLANATION
        walk.block.explanation.append(row.cut(explained[1]))
        return
    if row.text:
        walk.block.rows.append(row)
        walk.block.keyed = walk.block.keyed or _shows_key(row)
        if opens_inside(row.shadow):
            walk.zone = Zone.OPTIONS


def labelled(walk: Walk, row: Row, label: Labelled) -> None:
    block = walk.block
    if block is None:
        if label.label == Label.FOREIGN:
            _foreign(walk, row)
        elif label.label in _DETAILS:
            walk.section.notes.append(row)
        elif walk.zone == Zone.NONE and label.label == Label.EXPLANATION and label.word in _WEAK_EXPLANATIONS:
            plain(walk, row, Shape())
        else:
            walk.found.strays.append(row)
        return
    if label.label == Label.FOREIGN and walk.zone == Zone.ANSWER and not block.answer:
        plain(walk, row, Shape())  # 5 分 after 答案： is the answer
        return
    said = row.cut(label.end)
    weak = label.label == Label.EXPLANATION and label.word in _WEAK_EXPLANATIONS
    if weak and (walk.zone == Zone.STEM or (block.answer is not None and walk.answer_is_open() and block.answer)):
        plain(walk, row, Shape())
        return
    if label.label in _DETAILS and (len(said.text) > 40 or _is_sentence(walk, row, label.label)):
        plain(walk, row, Shape())
        return
    if label.label == Label.FOREIGN:
        _foreign(walk, row)
        return
    block.source.append(row)
    if label.label == Label.ANSWER:
        _answer(walk, said, label.word)
    elif label.label == Label.EXPLANATION:
        walk.zone = Zone.EXPLANATION
        walk.point = 0
        if said.text:
            block.explanation.append(row if label.word in _KEPT_WORDS else said)
    else:
        block.details[label.label] = said.text


def _foreign(walk: Walk, row: Row) -> None:
    """Somebody's own answer or score, copied along; the key may follow it on the same line."""
    inside = answer_inside(row.shadow)
    if inside is None or walk.block is None:
        walk.found.foreign.append(row)
        return
    start, begin, end = inside
    walk.found.foreign.append(replace(row.cut(0, start), source=row.text[:start]))
    said = replace(row.cut(begin, end), source=row.text[start:])
    walk.block.source.append(said)
    _answer(walk, said, "答案")


def _is_hole(walk: Walk, row: Row, start: int) -> bool:
    """Whether （答案：C） stands where the sentence leaves a hole for it, and not behind the sentence."""
    assert walk.block is not None  # noqa: S101 - callers look
    stem = "".join(other.shadow for other in walk.block.rows[:6]) + row.shadow
    before = row.shadow[:start].rstrip()
    if opens_inside(row.shadow[:start]):
        return False
    return walk.zone == Zone.STEM and not EMPTY.search(stem) and before[-1:] not in tuple("。.?？!！")


def _is_sentence(walk: Walk, row: Row, label: Label) -> bool:
    """主题： and the like may begin a line of the stem; in brackets or behind the options they do not."""
    if walk.zone != Zone.STEM or label in (Label.KIND, Label.DIFFICULTY):
        return False
    return row.shadow[0] != "(" and not row.bullet


def _answer(walk: Walk, said: Row, word: str) -> None:
    block = walk.block
    assert block is not None  # noqa: S101 - callers look
    walk.zone = Zone.ANSWER
    walk.point = 0
    if block.answer is None:
        block.answer = []
        if walk.waiting and block is walk.found.blocks[-1]:
            _note_waiting(walk, block)
    elif any(row.text for row in block.answer) and said.text and word != "答":
        if _plain_key(said.text) != _plain_key("".join(row.text for row in block.answer[:20])):
            block.doubts.append("一道题写了两个答案，请核对保留哪一个")
            block.explanation.append(said)
        return
    point = number_in(said.shadow)
    if point and point.style == walk.styles.get(walk.place, Style.DOT):
        walk.point = point.value
    explained = explanation_inside(said.shadow)
    if explained:
        block.answer.append(said.cut(0, explained[0]))
        block.explanation.append(said.cut(explained[1]))
        walk.zone = Zone.EXPLANATION
    elif said.text:
        block.answer.append(said)


def _note_waiting(walk: Walk, block: Block) -> None:
    """A few letters may be this question's key, or those of as many questions before it."""
    found = re.search(r"(?:[A-H][\s,、]{0,3}){2,8}$", walk.rows[walk.place].shadow)
    letters = re.findall("[A-H]", found[0]) if found else []
    if len(letters) == walk.waiting + 1 == walk.since_keys:
        said = "".join(letters)
        block.doubts.append(f"“{said}”可能是本题的答案，也可能依次是这 {len(said)} 道题的答案，请核对")


def plain(walk: Walk, row: Row, shape: Shape) -> None:
    if walk.block is None:
        if unnumbered.starts(walk, row):
            open_block(walk, row, None)
        elif walk.material is not None:
            walk.material.rows.append(row)
        else:
            walk.section.notes.append(row)
        return
    if unnumbered.leaves(walk, row):
        open_block(walk, row, None)
        return
    if walk.zone in (Zone.STEM, Zone.OPTIONS):
        add(walk, row, Zone.OPTIONS if shape.has_options else walk.zone)
        return
    walk.block.source.append(row)
    explained = explanation_inside(row.shadow) if walk.zone == Zone.ANSWER else None
    if explained and "解" in row.shadow[slice(*explained)] and walk.block.answer is not None:
        walk.block.answer.append(row.cut(0, explained[0]))
        walk.block.explanation.append(row.cut(explained[1]))
        walk.zone = Zone.EXPLANATION
    elif walk.zone == Zone.ANSWER and walk.block.answer is not None and walk.answer_is_open():
        walk.block.answer.append(row)
    else:
        walk.zone = Zone.EXPLANATION
        walk.block.explanation.append(row)


def _shows_key(row: Row) -> bool:
    """Whether something in a row of stem or options could be the key."""
    if row.ticked or row.stretches or "√" in row.shadow or "正确)" in row.shadow:
        return True
    if starts_list(row.shadow) is not None or opens_inside(row.shadow):
        return False  # （A） is the mark of an option
    return bool(keys_in_stem(row.shadow))


def _plain_key(text: str) -> str:
    return re.sub(r"[\s,，、。.;；()（）]", "", text).upper()
