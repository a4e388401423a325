"""Where a list of keys begins, and where questions go on behind it."""

from quizzes.formats.plain.beginnings import CHAPTER
from quizzes.formats.plain.blocks import KeyList
from quizzes.formats.plain.keylists import group_start, is_list_heading, says_list, tokens_in
from quizzes.formats.plain.labels import Label
from quizzes.formats.plain.options import lettered
from quizzes.formats.plain.rows import Row
from quizzes.formats.plain.shapes import KEY_ONLY, Shape
from quizzes.formats.plain.walk import Walk, Zone, has_key
from quizzes.rules.vocabulary import Kind


def _may_be_own(walk: Walk, said: str) -> bool:
    """Whether a few letters may be the key of this question as well as keys of several: each is there once."""
    if walk.since_keys == walk.waiting + 1 and not _next_has_its_own(walk):
        return False
    letters = [letter for token in tokens_in(said) for letter in token.upper()]
    options = lettered(walk.block.rows) if walk.block and letters and letters == sorted(set(letters)) else None
    return options is not None and set(letters) <= {choice.letter for choice in options.choices}


def _next_has_its_own(walk: Walk) -> bool:
    """Whether the next answer stands behind one question: then this one is no list of keys, either."""
    questions = 0
    for shape in walk.shapes[walk.place + 1 :]:
        if shape.label and shape.label.label == Label.ANSWER:
            return questions == 1
        questions += shape.number is not None
        if questions > 1:
            return False
    return False


def begins_keys(walk: Walk, row: Row, shape: Shape) -> bool:
    blocks = walk.found.blocks
    waiting = walk.waiting + (1 if walk.block is not None and not has_key(walk.block) else 0)
    empty_answer = walk.zone == Zone.ANSWER and walk.block is not None and not walk.block.answer
    if not blocks or (empty_answer and waiting < 2):
        return False
    if shape.keys or group_start(row.shadow):
        return waiting > 0
    if is_list_heading(row) and waiting:
        return True
    if shape.label and shape.label.label == Label.ANSWER and waiting >= 2:
        said = row.shadow[shape.label.end :].strip()
        if said:
            return says_list(said, waiting) and not _may_be_own(walk, said)
        following = walk.ahead.next(walk.place)
        if following >= len(walk.rows):
            return False
        after = walk.shapes[following]
        if after.keys or _heads_keys(walk, following) or is_list_heading(walk.rows[following]):
            return True
        if says_list(walk.rows[following].shadow, waiting):
            return True
        if after.number is not None:
            numbers = {block.number for block in blocks[-waiting - 5 :] if not has_key(block)}
            return after.number.value in numbers and (walk.kind != Kind.FREE_TEXT or waiting > 1)
        return False
    number = shape.number
    if number and waiting and KEY_ONLY.fullmatch(row.shadow[number.end :].strip()):
        return number.value <= walk.last or number.value in (block.number for block in blocks[-waiting:])
    return False


def _heads_keys(walk: Walk, place: int) -> bool:
    """Whether a row is a heading of a list of keys: of a kind, or of a chapter with keys below."""
    heading = walk.shapes[place].heading
    following = walk.ahead.next(place)
    if heading is None or following >= len(walk.rows):
        return False
    return heading.names_kind or walk.shapes[following].keys or _is_entry(walk, following)


def open_keys(walk: Walk, row: Row) -> None:
    walk.close()
    walk.keys = KeyList([(row, None)], len(walk.found.blocks))
    walk.found.keys.append(walk.keys)
    walk.zone = Zone.KEYS
    walk.waiting = 0


def body_resumes(walk: Walk, row: Row, shape: Shape) -> bool:
    assert walk.keys is not None  # noqa: S101 - the zone says so
    if row.begins:
        return True
    if is_list_heading(row):
        return False
    if shape.heading and (shape.heading.names_kind or not shape.number):
        following = walk.ahead.next(walk.place)
        if not shape.heading.names_kind and CHAPTER.match(row.shadow) and len(walk.keys.rows) > 1:
            return not (following < len(walk.rows) and (walk.shapes[following].keys or _is_entry(walk, following)))
        while following < len(walk.rows) and walk.shapes[following].heading and not walk.shapes[following].number:
            following = walk.ahead.next(following)
        return following < len(walk.rows) and _is_body(walk, following)
    if shape.number:
        return _is_body(walk, walk.place)
    return shape.plain and walk.ahead.opens_list(walk.place + 1) and not shape.label


def _is_entry(walk: Walk, place: int) -> bool:
    number = walk.shapes[place].number
    return number is not None and bool(KEY_ONLY.fullmatch(walk.rows[place].shadow[number.end :].strip()))


def _is_body(walk: Walk, place: int) -> bool:
    if walk.shapes[place].keys or _is_entry(walk, place):
        return False
    if walk.shapes[place].number is None:
        return walk.shapes[place].plain and walk.ahead.opens_list(place + 1)
    return walk.ahead.evidence(place, keyed=False)
