"""Single, multiple and true/false: the options and what the answer cell says of them."""

from quizzes.formats.found import FALSE, TRUE
from quizzes.formats.sheets.answers import bare, digits, letters, places_of_texts, truth
from quizzes.formats.sheets.made import Made, Unsure, make, make_choice, proposed
from quizzes.formats.sheets.options import Options
from quizzes.rules.text import fold
from quizzes.rules.vocabulary import Kind

MANY = 20  # so many keys without a 0 do not happen where the first option is 0


class Numbering:
    """How the sheet's answers use numbers: what its other rows tell."""

    def __init__(self, *, numbered: bool = False) -> None:
        self.numbered = numbered  # the options' own headers are numbers: 选项1, 选项2
        self.lowest, self.reaches_last, self.seen = 99, False, 0
        self.truths: set[str] = set()

    def see(self, answer: str, count: int) -> None:
        """Take note of one row's answer; ``count`` is how many options it has."""
        numbers = digits(answer)
        if numbers is None:
            return
        if count > 2:
            self.seen += 1
            self.lowest = min(self.lowest, *numbers)
            self.reaches_last = self.reaches_last or count in numbers
        else:
            self.truths.add(answer)

    @property
    def from_one(self) -> bool:
        """Whether 1 is surely the first option: none is 0, though headers, a last option or many rows would show it."""
        return self.lowest >= 1 and (self.reaches_last or self.numbered or self.seen >= MANY)


def chosen(answer: str, options: Options, numbering: Numbering, *, exact: bool = False) -> tuple[int, ...]:
    """The places of the right options, in the order of the answer. Raises ``Unsure``."""
    key = answer if exact else bare(answer)
    named = letters(key)
    if named is not None:
        places = [options.place(letter) for letter in named]
        if None not in places:
            found = tuple(place for place in places if place is not None)
            if len(set(found)) != len(found):
                raise Unsure(f"答案“{answer}”里有重复的字母，请核对")
            if not exact and len(key) < 12 and any(text.isascii() for text in options.texts):
                _agree(key, found, options)
            return found
        if (found := places_of_texts(key, options.texts)) is not None:  # type: ignore[assignment]
            return found
        missing = "、".join(chr(65 + n) for n, place in zip(named, places, strict=True) if place is None)
        raise Unsure(f"答案是“{answer}”，却没有选项 {missing}。请补上选项或改答案")
    by_text = places_of_texts(key, options.texts)
    numbers = digits(key)
    if numbers is not None and by_text is None:
        return _by_number(answer, numbers, options, numbering)
    if numbers is not None and by_text != tuple(number - 1 for number in numbers):
        raise Unsure(f"答案“{answer}”既像第几个选项，又像选项的文字，请改成字母")
    if by_text is None:
        raise Unsure(f"答案“{answer[:30]}”既不是选项的字母，也不是选项的文字，请核对")
    if len(set(by_text)) != len(by_text):
        raise Unsure(f"答案“{answer[:30]}”里有重复，请核对")
    return by_text


def _agree(key: str, found: tuple[int, ...], options: Options) -> None:
    by_text = [n for n, text in enumerate(options.texts) if fold(text) == fold(key)]
    if by_text and tuple(by_text) != found:
        raise Unsure(f"答案“{key}”既是选项的字母，又是另一个选项的文字，请改写清楚")


def _by_number(answer: str, numbers: tuple[int, ...], options: Options, numbering: Numbering) -> tuple[int, ...]:
    places = tuple(options.place(number - 1) for number in numbers)
    if None in places or len(set(places)) != len(places):
        raise Unsure(f"答案“{answer}”看不出指的是哪个选项，请改成字母")
    found = tuple(place for place in places if place is not None)
    if numbering.from_one:
        return found
    raise Unsure(f"答案“{answer}”是数字，看不出第一个选项从 0 还是从 1 数起，请改成字母", None)


def choice(
    kind: Kind | None, stem: str, options: Options, answer: str, numbering: Numbering, *, one: bool, exact: bool = False
) -> Made:
    """A single or multiple choice; without ``kind`` the key decides. ``one``: a multiple may have one right option.

    Raises ``Unsure`` where kind, options and key do not fit.
    """
    if len(options.texts) < 2:
        raise Unsure("选择题的选项不足两个，请补上选项")
    if not answer:
        raise Unsure("没有答案，请补上")
    right = chosen(answer, options, numbering, exact=exact)
    if kind is None:
        kind = Kind.SINGLE if len(right) == 1 else Kind.MULTIPLE
    if kind == Kind.SINGLE and len(right) > 1:
        raise Unsure(
            f"题型是单选题，答案“{answer}”却有 {len(right)} 个。请核对题型和答案",
            make_choice(Kind.MULTIPLE, stem, options.texts, right, options.whys),
        )
    if kind == Kind.MULTIPLE and len(right) == 1 and not one:
        raise Unsure(
            f"题型是多选题，答案“{answer}”却只有一个。请核对题型和答案",
            make_choice(Kind.MULTIPLE, stem, options.texts, right, options.whys),
        )
    return make_choice(kind, stem, options.texts, right, options.whys)


def true_false(stem: str, options: Options, answer: str, numbering: Numbering) -> Made:
    """Raises ``Unsure`` where the answer is no truth or the options are not 正确 and 错误."""
    if not answer:
        raise Unsure("没有答案，请写“正确”或“错误”")
    key = bare(answer)
    said = truth(key)
    if options.texts:
        return _true_false_of(stem, options, answer, key, said)
    if said is None:
        named = letters(key)
        guess = proposed(Kind.TRUE_FALSE, stem, {"answer": named == (0,)}) if named in ((0,), (1,)) else None
        hint = "按 A 正确、B 错误提议如下，" if guess else ""
        raise Unsure(f"判断题的答案“{answer[:30]}”看不出是对还是错，{hint}请写“正确”或“错误”", guess)
    if digits(key) is not None and {"0", "2"} <= numbering.truths:
        raise Unsure("判断题的答案里 0、1、2 都有，看不出哪个是对，请写“正确”或“错误”")
    return make(Kind.TRUE_FALSE, stem, {"answer": said})


def _true_false_of(stem: str, options: Options, answer: str, key: str, said: bool | None) -> Made:
    truths = [truth(text) for text in options.texts]
    if len(truths) != 2 or None in truths or truths[0] == truths[1]:
        raise Unsure(f"题型是判断题，选项却不是“{TRUE}”和“{FALSE}”，请核对题型")
    numbers, named = digits(key), letters(key)
    if numbers is None and named is not None and len(named) == 1 and (place := options.place(named[0])) is not None:
        return make(Kind.TRUE_FALSE, stem, {"answer": truths[place]})
    if said is None:
        raise Unsure(f"判断题的答案“{answer[:30]}”看不出是对还是错，请写“正确”或“错误”")
    if numbers in ((1,), (2,)) and truths[numbers[0] - 1] != said:
        raise Unsure(f"答案“{answer}”可能指选项的次序，也可能指对错，请写“正确”或“错误”")
    return make(Kind.TRUE_FALSE, stem, {"answer": said})
