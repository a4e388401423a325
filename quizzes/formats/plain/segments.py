"""Rows → sections, questions and lists of keys: what each row is, after all that stood before it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from quizzes.formats.plain.blocks import Block, KeyList, Material, Section
from quizzes.formats.plain.headings import Heading
from quizzes.formats.plain.keylists import group_start, is_list_heading, says_list, tokens_in
from quizzes.formats.plain.keys import EMPTY, keys_in_stem, letters_in, verdict_in
from quizzes.formats.plain.labels import Label, Labelled, answer_inside, explanation_inside
from quizzes.formats.plain.numbering import FRONT_KEY, Number, Style, number_in
from quizzes.formats.plain.options import lettered, opens_inside
from quizzes.formats.plain.rows import Row
from quizzes.formats.plain.shapes import KEY_ONLY, Outlook, Shape, shapes_of
from quizzes.rules.vocabulary import Kind

_WEAK_EXPLANATIONS = ("说明", "理由", "依据", "备注", "提示", "出处", "思路", "解释", "考点", "易错点", "考查点")
_KEPT_WORDS = ("依据", "备注", "出处", "考点", "易错点", "考查点")  # the word says what the text is
_DETAILS = (Label.TOPIC, Label.MARKS, Label.DIFFICULTY, Label.KIND)
_ENDS = re.compile(r"[。.！!？?：:；;)）”…]$")
_CHAPTER = re.compile(r"第\s?[一二三四五六七八九十\d]{1,4}\s?(?:章|节|单元|部分|篇|卷|模块|讲|课|套)")
_PER_LINE = {Kind.TRUE_FALSE, Kind.FILL, Kind.FREE_TEXT, Kind.NUMERIC}
_ITEMS = {Kind.ORDERING, Kind.MATCHING, Kind.CLOZE}


class Zone(Enum):
    NONE = auto()
    STEM = auto()
    OPTIONS = auto()
    ANSWER = auto()
    EXPLANATION = auto()
    KEYS = auto()


@dataclass
class Segments:
    """``notes`` of the sections are headings and instructions; ``strays`` are rows that nothing takes.

    ``foreign`` are answers that somebody gave, and scores.
    """

    sections: list[Section] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    keys: list[KeyList] = field(default_factory=list)
    materials: list[Material] = field(default_factory=list)
    strays: list[Row] = field(default_factory=list)
    foreign: list[Row] = field(default_factory=list)

    def understood(self) -> list[Row]:
        """Headings, instructions, and what announces keys: rows that are no part of a question."""
        rows = [row for section in self.sections for row in section.notes]
        for keys in self.keys:
            rows += [row for place, (row, heading) in enumerate(keys.rows) if heading or place == 0]
        return rows


def segments_of(rows: Sequence[Row]) -> Segments:
    return _Reader(rows).read()


class _Reader:
    """Walks once over the rows. ``place`` is the row that is read."""

    def __init__(self, rows: Sequence[Row]):
        self.rows = rows
        self.shapes = shapes_of(rows)
        self.ahead = Outlook(rows, self.shapes)
        self.found = Segments()
        self.section = Section()
        self.found.sections.append(self.section)
        self.styles = self._styles()
        self.zone = Zone.NONE
        self.block: Block | None = None
        self.material: Material | None = None
        self.keys: KeyList | None = None
        self.topic = ""
        self.in_notes = False
        self.last = 0  # the number of the last question
        self.point = 0  # the number of the last point inside an answer that looks like a question's
        self.items = 0  # the number of the last item of an ordering or matching question
        self.blank_before = False
        self.waiting = 0  # questions without a key since the last list of keys
        self.place = 0

    def read(self) -> Segments:
        for place, row in enumerate(self.rows):
            self.place = place
            shape = self.shapes[place]
            if shape.blank:
                if row.source.strip():
                    self.section.notes.append(row)
                self.blank_before = True
                continue
            self._take(row, shape)
            self.blank_before = False
        self._close()
        return self.found

    # --- sections and styles -----------------------------------------------------------------------------

    def _styles(self) -> dict[int, Style]:
        """For each row the style in which its section numbers questions: the one with most evidence."""
        styles: dict[int, Style] = {}
        counts: Counter[Style] = Counter()
        firsts: dict[Style, int] = {}
        pending: list[int] = []

        def settle() -> None:
            if counts:
                best = max(counts, key=lambda style: (counts[style], -firsts[style]))
                styles.update(dict.fromkeys(pending, best))
            counts.clear()
            firsts.clear()
            pending.clear()

        for place, shape in enumerate(self.shapes):
            if shape.heading and (shape.heading.names_kind or not shape.number):
                settle()
            number = shape.number
            if number:
                pending.append(place)
                if not number.doubtful:
                    firsts.setdefault(number.style, place)
                    counts[number.style] += self.ahead.evidence(place, within=number.style)
                elif number.style == Style.SPACE and self.ahead.evidence(place):
                    firsts.setdefault(number.style, place)
                    counts[number.style] += 1
        settle()
        return styles

    def _is_heading(self, row: Row, shape: Shape) -> bool:
        heading = shape.heading
        if heading is None or row.begins:
            return False
        if heading.names_kind:
            return True
        if self.zone in (Zone.ANSWER, Zone.EXPLANATION) and self._open_answer() and not row.heading:
            following = self.ahead.next(self.place)
            chapter = _CHAPTER.match(row.shadow)
            return bool(chapter) and following < len(self.rows) and self.ahead.evidence(following)
        if shape.number and shape.number.style == Style.CHINESE:
            following = self.ahead.next(self.place)
            if following >= len(self.rows) or re.search(r"[?？]$|_{2,}|\(\s{0,4}\)", row.shadow):
                return False
            after = self.shapes[following]
            if self.styles.get(self.place) == Style.CHINESE and self.ahead.evidence(self.place):
                return False
            first = after.number is not None and after.number.style != Style.CHINESE
            return first or (after.heading is not None and (after.heading.names_kind or not after.number))
        if row.heading:
            return True
        return len(row.shadow) <= 40 and not re.search(r"[?？。]$", row.shadow)

    def _open_section(self, row: Row, heading: Heading) -> None:
        self._close()
        topic = "" if heading.names_kind else heading.rest or heading.title
        if topic:
            self.topic = topic
        self.section = Section(heading, self.topic, [row])
        self.found.sections.append(self.section)
        self.zone = Zone.NONE
        self.material = None
        self.in_notes = False
        self.last = self.point = self.items = 0

    # --- what a row is -----------------------------------------------------------------------------------

    def _take(self, row: Row, shape: Shape) -> None:
        if self.zone == Zone.KEYS and not self._body_resumes(row, shape):
            assert self.keys is not None  # noqa: S101 - the zone says so
            heading = shape.heading if (shape.heading and shape.heading.names_kind) or is_list_heading(row) else None
            if shape.heading and not heading and not shape.number:
                heading = shape.heading
            self.keys.rows.append((row, heading))
        elif self._begins_keys(row, shape):
            self._open_keys(row)
        elif row.begins:
            number = shape.number
            self._open_block(row, number.end if number else 0, number.value if number else None)
        elif self._is_heading(row, shape):
            assert shape.heading is not None  # noqa: S101 - see _is_heading
            self._open_section(row, shape.heading)
        elif shape.label:
            self._labelled(row, shape.label)
        elif shape.notes and self.zone == Zone.NONE:
            self.in_notes = True
            self.section.notes.append(row)
        elif shape.number and self._is_question(row, shape.number):
            self._open_block(row, shape.number.end, shape.number.value)
            self.last = shape.number.value
        elif shape.material and self.material and not self.block and not self.material.used and not shape.span:
            self.material.rows.append(row)
        elif shape.material and self._is_material():
            self._close()
            self.material = Material([row], shape.span)
            self.found.materials.append(self.material)
            self.zone = Zone.NONE
        elif shape.option is not None and self.block and self.zone in (Zone.STEM, Zone.OPTIONS):
            self._add(row, Zone.OPTIONS)
        else:
            self._plain(row, shape)

    def _is_question(self, row: Row, number: Number) -> bool:
        style = self.styles.get(self.place, number.style)
        evidence = self.ahead.evidence(self.place)
        if self.in_notes and not evidence:
            return False
        if number.doubtful:
            return (
                style == number.style
                and number.value == self.last + 1
                and (number.style != Style.SPACE or evidence)
                and self.zone in (Zone.NONE, Zone.OPTIONS, Zone.ANSWER, Zone.EXPLANATION)
            )
        if style != number.style:
            return self._other_style(number, evidence)
        kind = self._kind()
        if self.zone == Zone.STEM and kind in _ITEMS and number.value == self.items + 1:
            self.items = number.value
            return False
        if self.zone in (Zone.NONE, Zone.STEM, Zone.OPTIONS):
            return True
        if not self._open_answer():
            return True
        follows = number.value == self.last + 1
        if follows and self.point != number.value - 1:
            return True
        if follows and self.point == 0:
            return True
        answered = self.block is None or self.block.answer is not None
        if evidence and (answered or self.ahead.opens_list(self.place + 1)):
            return True
        self.point = number.value
        return False

    def _other_style(self, number: Number, evidence: bool) -> bool:
        """A number in another style is a question only in a place of its own: after a whole one, as the next."""
        if self.zone == Zone.NONE:
            return evidence or self.material is not None
        if self.zone == Zone.STEM:
            return self._is_sub_question(number)
        if self.block is not None and self.block.material is not None and evidence:
            return True
        return evidence and number.value == self.last + 1 and not self._open_answer()

    def _is_sub_question(self, number: Number) -> bool:
        """（1）…（2）… below a numbered case, each with options or a key of its own, are questions on that case."""
        if number.value != 1 or not self.block or self._kind() in _ITEMS or not self.ahead.evidence(self.place):
            return False
        for place in range(self.place + 1, min(self.place + Outlook.BOUND, len(self.rows))):
            other = self.shapes[place].number
            if other and not other.doubtful:
                if other.style != number.style or other.value != 2 or not self.ahead.evidence(place):
                    return False
                block = self.found.blocks.pop()
                self.material = Material(block.rows, None)
                self.found.materials.append(self.material)
                self.block = None
                return True
        return False

    def _is_material(self) -> bool:
        if self.zone in (Zone.ANSWER, Zone.EXPLANATION) and self._open_answer() and not self.shapes[self.place].span:
            return False
        if self.zone == Zone.STEM:
            return False
        if self.shapes[self.place].span:
            return True
        following = self.ahead.structure[min(self.place + 1, len(self.rows))]
        return following < len(self.rows) and self.shapes[following].number is not None

    def _kind(self) -> Kind | None:
        return self.section.heading.kind if self.section.heading else None

    def _open_answer(self) -> bool:
        """Whether what is said so far may go on over several lines: it is no bare letter, sign or word of a key."""
        if self.zone == Zone.EXPLANATION:
            return True
        if self.block is None or self.block.answer is None:
            return False
        if len(self.block.answer) != 1:
            return True
        text = self.block.answer[0].text
        short = letters_in(text) or verdict_in(text)
        return not (short and not short[1])

    # --- questions ---------------------------------------------------------------------------------------

    def _open_block(self, row: Row, start: int, number: int | None) -> None:
        self._close()
        self.in_notes = False
        self.block = Block(row.line, self.section, number, source=[], material=self._shared(number))
        self.found.blocks.append(self.block)
        self.zone = Zone.STEM
        self.point = self.items = 0
        self.block.source.append(row)
        text = row.cut(start)
        found = number_in(row.shadow) if start else None
        front = FRONT_KEY.match(row.shadow) if found and found.start else None
        if front:
            self.block.front_key = front[1]
        elif found and found.start:  # 【单选】1. : the mark goes back to the stem, where marks are looked for
            self.block.rows.append(row.cut(0, found.start))
        self._stem(text)

    def _shared(self, number: int | None) -> Material | None:
        material = self.material
        if material is None:
            return None
        if material.span and number is not None and not material.span[0] <= number <= material.span[1]:
            return None
        material.used = True
        return material

    def _add(self, row: Row, zone: Zone) -> None:
        assert self.block is not None  # noqa: S101 - callers look
        self.block.source.append(row)
        self.zone = zone
        self._stem(row)

    def _stem(self, row: Row) -> None:
        """A row of stem or options, which may go on with its key."""
        assert self.block is not None  # noqa: S101 - callers look
        inside = answer_inside(row.shadow)
        if inside and not (inside[2] < len(row.text) and self._is_hole(row, inside[0])):
            start, begin, end = inside
            if start:
                self._stem(row.cut(0, start))
            self._answer(row.cut(begin, end), "答案")
            return
        explained = explanation_inside(row.shadow) if "(" in row.shadow or "解析" in row.shadow else None
        if explained and explained[0] and "解" in row.shadow[explained[0] : explained[1]]:
            self._stem(row.cut(0, explained[0]))
            self.zone = Zone.EXPLANATION
            self.block.explanation.append(row.cut(explained[1]))
            return
        if row.text:
            self.block.rows.append(row)
            self.block.keyed = self.block.keyed or _shows_key(row)
            if opens_inside(row.shadow):
                self.zone = Zone.OPTIONS

    def _labelled(self, row: Row, label: Labelled) -> None:
        block = self.block
        if block is None:
            if label.label == Label.FOREIGN:
                self._foreign(row)
            elif label.label in _DETAILS:
                self.section.notes.append(row)
            elif self.zone == Zone.NONE and label.label == Label.EXPLANATION and label.word in _WEAK_EXPLANATIONS:
                self._plain(row, Shape())
            else:
                self.found.strays.append(row)
            return
        if label.label == Label.FOREIGN and self.zone == Zone.ANSWER and not block.answer:
            self._plain(row, Shape())  # 5 分 after 答案： is the answer
            return
        said = row.cut(label.end)
        weak = label.label == Label.EXPLANATION and label.word in _WEAK_EXPLANATIONS
        if weak and (self.zone == Zone.STEM or (block.answer is not None and self._open_answer() and block.answer)):
            self._plain(row, Shape())
            return
        if label.label in _DETAILS and (len(said.text) > 40 or self._is_sentence(row, label.label)):
            self._plain(row, Shape())
            return
        if label.label == Label.FOREIGN:
            self._foreign(row)
            return
        block.source.append(row)
        if label.label == Label.ANSWER:
            self._answer(said, label.word)
        elif label.label == Label.EXPLANATION:
            self.zone = Zone.EXPLANATION
            self.point = 0
            if said.text:
                block.explanation.append(row if label.word in _KEPT_WORDS else said)
        else:
            block.details[label.label] = said.text

    def _foreign(self, row: Row) -> None:
        """Somebody's own answer or score, copied along; the key may follow it on the same line."""
        inside = answer_inside(row.shadow)
        if inside is None or self.block is None:
            self.found.foreign.append(row)
            return
        start, begin, end = inside
        self.found.foreign.append(replace(row.cut(0, start), source=row.text[:start]))
        said = replace(row.cut(begin, end), source=row.text[start:])
        self.block.source.append(said)
        self._answer(said, "答案")

    def _is_hole(self, row: Row, start: int) -> bool:
        """Whether （答案：C） stands where the sentence leaves a hole for it, and not behind the sentence."""
        assert self.block is not None  # noqa: S101 - callers look
        stem = "".join(other.shadow for other in self.block.rows[:6]) + row.shadow
        before = row.shadow[:start].rstrip()
        return self.zone == Zone.STEM and not EMPTY.search(stem) and before[-1:] not in tuple("。.?？!！")

    def _is_sentence(self, row: Row, label: Label) -> bool:
        """主题： and the like may begin a line of the stem; in brackets or behind the options they do not."""
        if self.zone != Zone.STEM or label in (Label.KIND, Label.DIFFICULTY):
            return False
        return row.shadow[0] != "(" and not row.bullet

    def _answer(self, said: Row, word: str) -> None:
        block = self.block
        assert block is not None  # noqa: S101 - callers look
        self.zone = Zone.ANSWER
        self.point = 0
        if block.answer is None:
            block.answer = []
            if self.waiting and block is self.found.blocks[-1]:
                self._note_waiting(block)
        elif any(row.text for row in block.answer) and said.text and word != "答":
            if _plain_key(said.text) != _plain_key("".join(row.text for row in block.answer[:20])):
                block.doubts.append("一道题写了两个答案，请核对保留哪一个")
                block.explanation.append(said)
            return
        point = number_in(said.shadow)
        if point and point.style == self.styles.get(self.place, Style.DOT):
            self.point = point.value
        explained = explanation_inside(said.shadow)
        if explained:
            block.answer.append(said.cut(0, explained[0]))
            block.explanation.append(said.cut(explained[1]))
            self.zone = Zone.EXPLANATION
        elif said.text:
            block.answer.append(said)

    def _may_be_own(self, said: str) -> bool:
        """Whether a few letters may be the key of this question as well as keys of several: each is there once."""
        if self._since_keys() == self.waiting + 1:
            return False
        letters = [letter for token in tokens_in(said) for letter in token.upper()]
        options = lettered(self.block.rows) if self.block and letters and letters == sorted(set(letters)) else None
        return options is not None and set(letters) <= {choice.letter for choice in options.choices}

    def _since_keys(self) -> int:
        """How many questions have come since the last list of keys."""
        return len(self.found.blocks) - (self.found.keys[-1].blocks if self.found.keys else 0)

    def _note_waiting(self, block: Block) -> None:
        """A few letters may be this question's key, or those of as many questions before it."""
        found = re.search(r"(?:[A-H][\s,、]{0,3}){2,8}$", self.rows[self.place].shadow)
        letters = re.findall("[A-H]", found[0]) if found else []
        if len(letters) == self.waiting + 1 == self._since_keys():
            said = "".join(letters)
            block.doubts.append(f"“{said}”可能是本题的答案，也可能依次是这 {len(said)} 道题的答案，请核对")

    # --- plain rows --------------------------------------------------------------------------------------

    def _plain(self, row: Row, shape: Shape) -> None:
        if self.block is None:
            if self._starts_unnumbered(row):
                self._open_block(row, 0, None)
            elif self.material is not None:
                self.material.rows.append(row)
            else:
                self.section.notes.append(row)
            return
        if self._leaves(row):
            self._open_block(row, 0, None)
            return
        if self.zone in (Zone.STEM, Zone.OPTIONS):
            self._add(row, Zone.OPTIONS if shape.has_options else self.zone)
            return
        self.block.source.append(row)
        explained = explanation_inside(row.shadow) if self.zone == Zone.ANSWER else None
        if explained and "解" in row.shadow[slice(*explained)] and self.block.answer is not None:
            self.block.answer.append(row.cut(0, explained[0]))
            self.block.explanation.append(row.cut(explained[1]))
            self.zone = Zone.EXPLANATION
        elif self.zone == Zone.ANSWER and self.block.answer is not None and self._open_answer():
            self.block.answer.append(row)
        else:
            self.zone = Zone.EXPLANATION
            self.block.explanation.append(row)

    def _starts_unnumbered(self, row: Row) -> bool:
        """Whether a row outside of any question is the stem of one without a number."""
        if self.in_notes:
            return False
        kind = self._kind()
        if any(key.start == 0 or key.end >= len(row.shadow) - 2 for key in keys_in_stem(row.shadow)):
            return True
        if self._numbered_ahead():
            return False
        if self.ahead.asks(self.place if self.shapes[self.place].has_options else self.place + 1):
            return bool(self.section.heading) or not self.ahead.rows[self.place].heading
        if kind in _PER_LINE:
            return row.shadow[:1] != "(" or row.shadow[-1:] != ")"
        return False

    def _numbered_ahead(self) -> bool:
        found = self.ahead.structure[min(self.place + 1, len(self.rows))]
        return found < len(self.rows) and self.shapes[found].number is not None and not self.shapes[found].keys

    def _leaves(self, row: Row) -> bool:
        """Whether a plain row inside a question begins the next one, which has no number."""
        assert self.block is not None  # noqa: S101 - callers look
        if self.zone == Zone.OPTIONS:
            if self.shapes[self.place].option is not None or not self.ahead.opens_list(self.place + 1):
                return self.block.number is None and self.blank_before and self._starts_unnumbered(row)
            return self.blank_before or not self._rest_is_blank_led()
        if self.zone == Zone.STEM:
            if self.block.number is not None or self.shapes[self.place].option is not None:
                return False
            text = self.block.rows[-1].shadow if self.block.rows else ""
            if keys_in_stem(text) and re.search(r"\([^()]{1,10}\)[.。]?$|^\([^()]{1,10}\)", text):
                return self._kind() in (None, Kind.TRUE_FALSE) and not self.ahead.opens_list(self.place)
            return self._kind() in _PER_LINE and bool(_ENDS.search(text) or "__" in text) and self.section_is_flat()
        if self.block.number is None:
            if self.zone == Zone.ANSWER and self.block.answer == []:
                return False
            whole = self.zone == Zone.ANSWER and not self._open_answer()
            return (self.blank_before or whole) and self._starts_unnumbered(row)
        if self.ahead.opens_list(self.place + 1) or self.shapes[self.place].has_options:
            return self.blank_before or (self.zone == Zone.ANSWER and not self._open_answer())
        return False

    def section_is_flat(self) -> bool:
        """Whether the section writes one question a line: no keys below them."""
        return not self.ahead.asks(self.place)

    def _rest_is_blank_led(self) -> bool:
        """Whether a blank row follows before the next list of options: then the stem begins behind it."""
        place = self.place + 1
        end = min(self.ahead.structure[place], len(self.rows)) if place <= len(self.rows) else place
        return any(self.shapes[number].blank for number in range(place, min(end, place + 12)))

    # --- lists of keys -----------------------------------------------------------------------------------

    def _close(self) -> None:
        if self.block is not None:
            if not _has_key(self.block):
                self.waiting += 1
            self.block = None

    def _begins_keys(self, row: Row, shape: Shape) -> bool:
        blocks = self.found.blocks
        waiting = self.waiting + (1 if self.block is not None and not _has_key(self.block) else 0)
        empty_answer = self.zone == Zone.ANSWER and self.block is not None and not self.block.answer
        if not blocks or (empty_answer and waiting < 2):
            return False
        if shape.keys or group_start(row.shadow):
            return waiting > 0
        if is_list_heading(row) and waiting:
            return True
        if shape.label and shape.label.label == Label.ANSWER and waiting >= 2:
            said = row.shadow[shape.label.end :].strip()
            if said:
                return says_list(said, waiting) and not self._may_be_own(said)
            following = self.ahead.next(self.place)
            if following >= len(self.rows):
                return False
            after = self.shapes[following]
            if after.keys or self._heads_keys(following) or is_list_heading(self.rows[following]):
                return True
            if says_list(self.rows[following].shadow, waiting):
                return True
            if after.number is not None:
                numbers = {block.number for block in blocks[-waiting - 5 :] if not _has_key(block)}
                return after.number.value in numbers and (self._kind() != Kind.FREE_TEXT or waiting > 1)
            return False
        number = shape.number
        if number and waiting and KEY_ONLY.fullmatch(row.shadow[number.end :].strip()):
            return number.value <= self.last or number.value in (block.number for block in blocks[-waiting:])
        return False

    def _heads_keys(self, place: int) -> bool:
        """Whether a row is a heading of a list of keys: of a kind, or of a chapter with keys below."""
        heading = self.shapes[place].heading
        following = self.ahead.next(place)
        if heading is None or following >= len(self.rows):
            return False
        return heading.names_kind or self.shapes[following].keys or self._is_entry(following)

    def _open_keys(self, row: Row) -> None:
        self._close()
        self.keys = KeyList([(row, None)], len(self.found.blocks))
        self.found.keys.append(self.keys)
        self.zone = Zone.KEYS
        self.waiting = 0

    def _body_resumes(self, row: Row, shape: Shape) -> bool:
        assert self.keys is not None  # noqa: S101 - the zone says so
        if row.begins:
            return True
        if is_list_heading(row):
            return False
        if shape.heading and (shape.heading.names_kind or not shape.number):
            following = self.ahead.next(self.place)
            if not shape.heading.names_kind and _CHAPTER.match(row.shadow) and len(self.keys.rows) > 1:
                return not (following < len(self.rows) and (self.shapes[following].keys or self._is_entry(following)))
            while following < len(self.rows) and self.shapes[following].heading and not self.shapes[following].number:
                following = self.ahead.next(following)
            return following < len(self.rows) and self._is_body(following)
        if shape.number:
            return self._is_body(self.place)
        return shape.plain and self.ahead.opens_list(self.place + 1) and not shape.label

    def _is_entry(self, place: int) -> bool:
        number = self.shapes[place].number
        return number is not None and bool(KEY_ONLY.fullmatch(self.rows[place].shadow[number.end :].strip()))

    def _is_body(self, place: int) -> bool:
        if self.shapes[place].keys or self._is_entry(place):
            return False
        if self.shapes[place].number is None:
            return self.shapes[place].plain and self.ahead.opens_list(place + 1)
        return self.ahead.evidence(place, keyed=False)


def _has_key(block: Block) -> bool:
    return bool(block.answer or block.front_key or block.keyed)


def _shows_key(row: Row) -> bool:
    """Whether something in a row of stem or options could be the key."""
    if row.ticked or row.stretches or "√" in row.shadow or "正确)" in row.shadow:
        return True
    return bool(keys_in_stem(row.shadow))


def _plain_key(text: str) -> str:
    return re.sub(r"[\s,，、。.;；()（）]", "", text).upper()
