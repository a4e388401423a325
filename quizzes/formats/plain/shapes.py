"""What a row looks like by itself. What it is, only the rows around it tell: see ``segments``."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizzes.formats.plain.headings import Heading, heading_in
from quizzes.formats.plain.labels import Label, Labelled, label_in
from quizzes.formats.plain.numbering import FRONT_KEY, Number, Style, chinese_number, number_in
from quizzes.formats.plain.options import opens_inside, starts_list, starts_loosely
from quizzes.formats.plain.rows import Row

_KEY = r"(?:[A-Ha-h](?:[,、]?\s?[A-Ha-h]){0,7}(?![a-zA-Z])|[√×○]|[对错是否]|正确|错误|[TFtfYN](?![a-zA-Z]))"
_RANGE = (
    r"(?:\d{1,4}\s?[-~至到]{1,2}\s?\d{1,4}\s?题?\s{0,3}[.、:)]?\s{0,4}"
    r"(?:[A-Ha-h√×○对错是否TFYN]{1,60}[\s,、;|]{0,6}){1,60})"
)
_PAIR = rf"(?:(?:第\s?)?\(?\d{{1,4}}\)?\s?题?\s{{0,3}}[.、:)]{{0,2}}\s{{0,4}}\(?{_KEY}\)?[\s,、;|。.]{{0,6}})"
KEY_ROW = re.compile(rf"{_RANGE}+|{_PAIR}{{2,}}|(?:{_RANGE}|{_PAIR}){{2,}}")
KEY_ONLY = re.compile(rf"\(?\s?{_KEY}\s?\)?\s?[.。;；]?")
_DIVIDER = re.compile(r"[-=_*~·.—…#+\s]{3,}")
_BODY_SIGN = re.compile(r"\(\s{0,6}\)|_{2,}|[?？]\s{0,2}$")
_MATERIAL = re.compile(
    r"\(?(?:案例|材料|情景|情境|背景材料|背景资料|背景|阅读材料|资料|场景|共用题干|案情)\s?[一二三四五六七八九十\d]{0,3}\s?\)?(?:\s?:|$|(?<=\)))"
)
_FOR = re.compile(
    r"(?:回答|完成|解答|作答|做|答).{0,8}?(?:第\s?)?(\d{1,4})\s?(?:题)?\s?[-~至到、,和]\s?(?:第\s?)?(\d{1,4})\s?(?:小)?(?:题|问)"
)
_FOR_BELOW = re.compile(
    r"(?:根据|阅读|结合).{0,12}(?:材料|案例|资料|情景|情境|背景|信息|对话).{0,30}(?:回答|完成).{0,12}(?:题|问)"
)
_NOTES = re.compile(
    r"\(?(?:注意事项|考试说明|答题须知|答题说明|考生须知|考试须知|须知|说明|要求|考试要求|作答要求|温馨提示|注意|填写说明)\)?\s?[:]?$"
)


@dataclass(frozen=True)
class Shape:
    """``option`` is the place (0 for A) of the option that it begins; ``span`` the questions that a material is for."""

    blank: bool = False
    heading: Heading | None = None
    number: Number | None = None
    label: Labelled | None = None
    option: int | None = None
    has_options: bool = False
    keys: bool = False
    material: bool = False
    span: tuple[int, int] | None = None
    notes: bool = False

    @property
    def plain(self) -> bool:
        return not (
            self.heading or self.number or self.label or self.keys or self.has_options or self.option is not None
        )


def shape_of(row: Row) -> Shape:
    shadow = row.shadow
    if not shadow or (_DIVIDER.fullmatch(shadow) and not shadow.startswith("__")):
        return Shape(blank=True)
    if KEY_ROW.fullmatch(shadow):
        return Shape(keys=True, number=number_in(shadow))
    label = label_in(shadow)
    if label:
        return Shape(label=label)
    option = None if FRONT_KEY.match(shadow) else starts_list(shadow)
    number = None if option is not None else number_in(shadow)
    heading = None if option is not None else heading_in(row)
    if heading and number and number.style != Style.CHINESE and not heading.names_kind:
        heading = None
    if heading and not heading.names_kind and heading.ordinal and re.match(r"\(?[一二三四五六七八九十]", shadow):
        value = chinese_number(heading.ordinal)
        if value and not re.match(r"第|\([^)]*\)\s?(?:部分|章)|.{1,3}部分", shadow):
            number = Number(value, Style.CHINESE, len(shadow) - len(heading.rest))
    if heading and heading.names_kind:
        number = None
    span = _FOR.search(shadow)
    return Shape(
        heading=heading,
        number=number,
        option=option,
        has_options=opens_inside(shadow),
        material=bool(_MATERIAL.match(shadow) or span or _FOR_BELOW.search(shadow)),
        span=(int(span[1]), int(span[2])) if span else None,
        notes=bool(_NOTES.fullmatch(shadow)),
    )


def shapes_of(rows: Sequence[Row]) -> list[Shape]:
    """The shape of each row. Letters without a point begin options where they follow each other line by line."""
    shapes = [shape_of(row) for row in rows]
    run: list[int] = []
    for place, row in enumerate(rows):
        if shapes[place].blank:
            continue
        index = starts_loosely(row.shadow) if shapes[place].plain else None
        if index is None or index != len(run):
            _mark_options(shapes, run)
            run = []
        if index is not None and index == len(run):
            run.append(place)
    _mark_options(shapes, run)
    return shapes


def _mark_options(shapes: list[Shape], run: Sequence[int]) -> None:
    if len(run) >= 2:
        for index, place in enumerate(run):
            shapes[place] = replace(shapes[place], option=index)


class Outlook:
    """What comes after a row, looked up in constant or bounded time."""

    BOUND = 80

    def __init__(self, rows: Sequence[Row], shapes: Sequence[Shape]):
        self.rows, self.shapes = rows, shapes
        count = len(rows)
        self.following = [count] * (count + 1)  # the next row that is not blank, from here on
        self.structure = [count] * (count + 1)  # the next row that is neither blank nor plain, from here on
        for place in range(count - 1, -1, -1):
            shape = shapes[place]
            self.following[place] = self.following[place + 1] if shape.blank else place
            firm = not shape.blank and not shape.plain and not (shape.number and shape.number.doubtful)
            self.structure[place] = place if firm else self.structure[place + 1]

    def next(self, place: int) -> int:
        """The next row after this one that is not blank, or the count of rows."""
        return self.following[min(place + 1, len(self.rows))]

    def opens_list(self, place: int) -> bool:
        """Whether the next row of structure, this one or a later one, begins a list of options."""
        found = self.structure[place]
        if found >= len(self.rows) or found > place + 12:
            return False
        return self.shapes[found].option == 0 or self.shapes[found].has_options

    def asks(self, place: int) -> bool:
        """Whether the next row of structure begins a list of options or says the key."""
        found = self.structure[place]
        if found >= len(self.rows):
            return False
        label = self.shapes[found].label
        return self.opens_list(place) or (label is not None and label.label == Label.ANSWER)

    def own_key(self, place: int) -> bool:
        """Whether a numbered row has options or a key of its own before the next number."""
        if self.shapes[place].has_options or re.search(r"\(\s?[A-H√×对错]{1,8}\s?\)", self.rows[place].shadow):
            return True
        return self.asks(min(place + 1, len(self.rows)))

    def evidence(self, place: int, *, keyed: bool = True, within: Style | None = None) -> bool:
        """Whether a numbered row has what questions have before the next number: options, a key, a gap to fill.

        ``keyed`` false does not count a label for the key: lists of keys have those, too. ``within`` looks past the
        numbers of other styles.
        """
        for number in range(place, min(place + self.BOUND, len(self.rows))):
            shape = self.shapes[number]
            other = shape.number is not None and not shape.number.doubtful and within in (None, shape.number.style)
            if number > place and (other or shape.heading or shape.keys):
                return False
            if shape.option == 0 or shape.has_options:
                return True
            if number == place and _BODY_SIGN.search(self.rows[number].shadow):
                return True
            if keyed and shape.label and shape.label.label == Label.ANSWER:
                return True
        return False
