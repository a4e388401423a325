"""A document → drafts of lessons: by its headings, none much too long, no crumbs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from quizzes.rules.vocabulary import Platform
from trainer.rules.document import Block, BlockKind, Document
from trainer.rules.lesson_body import body_of
from trainer.rules.lesson_kinds import guess_kind, guess_platforms
from trainer.rules.outline import LABEL, look
from trainer.rules.vocabulary import LessonKind

LONGEST = 1_200  # characters of a body; a longer piece is split at its headings
SHORTEST = 120  # a shorter piece is joined with its neighbour
TITLE = 60


@dataclass(frozen=True)
class LessonDraft:
    """A lesson as it could be. ``first_line`` to ``last_line`` is where it stands in the file, ``places`` says that
    for a person where the file has pages or slides. ``kind_reason`` says why it was taken for this kind."""

    title: str
    kind: LessonKind
    kind_reason: str
    platforms: tuple[Platform, ...]
    body: str
    first_line: int
    last_line: int
    places: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = field(default=(), repr=False)


@dataclass
class _Section:
    """A heading, the blocks under it, and the sections under that."""

    title: str
    level: int
    heading: Block | None = None
    own: list[Block] = field(default_factory=list)
    parts: list["_Section"] = field(default_factory=list)

    def blocks(self) -> Iterator[Block]:
        waiting = [self]
        while waiting:
            section = waiting.pop()
            if section.heading is not None:
                yield section.heading
            yield from section.own
            waiting += reversed(section.parts)

    def size(self) -> int:
        return sum(_size(block) for block in self.blocks())


def split(document: Document) -> tuple[LessonDraft, ...]:
    """The drafts, in the order of the document. Every block is in one of them: in its body or as its title."""
    written = document.format == "markdown"
    return tuple(
        _draft(title, blocks, document.title, written) for title, blocks in _pieces(_tree(document), document.title)
    )


def _tree(document: Document) -> _Section:
    root = _Section(document.title, 0)
    path = [root]
    for block in document.blocks:
        if block.kind != BlockKind.HEADING or block.level >= LABEL:
            path[-1].own.append(block)
            continue
        while len(path) > 1 and path[-1].level >= block.level:
            path.pop()
        section = _Section(_plain_title(block.text), block.level, block)
        path[-1].parts.append(section)
        path.append(section)
    return root


def _pieces(root: _Section, name: str) -> Iterator[tuple[str, list[Block]]]:
    """Title and blocks of each draft. A heading without any text goes to the draft that follows, as a label."""
    waiting: list[Block] = []
    last: tuple[str, list[Block]] | None = None
    for title, blocks in _cut(root, ""):
        if not any(block.kind != BlockKind.HEADING for block in blocks):
            waiting += blocks
            continue
        if last is not None:
            yield last
        last = title or name, waiting + blocks
        waiting = []
    if last is not None:
        yield last[0], last[1] + waiting
    elif waiting:
        yield _plain_title(waiting[0].text), waiting


def _cut(section: _Section, context: str) -> Iterator[tuple[str, list[Block]]]:
    title = _joined_title(context, section.title)
    blocks = list(section.blocks())
    if not section.level:
        yield from _cut_root(section)
    elif sum(map(_size, blocks)) <= LONGEST:
        yield title, blocks
    elif not section.parts:
        yield from _slices(title, blocks)
    else:
        head = [section.heading, *section.own] if section.heading else section.own
        yield from _groups(title, head, section.parts, context or section.title)


def _cut_root(root: _Section) -> Iterator[tuple[str, list[Block]]]:
    """The top of a document: each of its large parts is a lesson of its own, small ones are not torn apart."""
    top = min((part.level for part in root.parts), default=0)
    if root.size() <= LONGEST and not (top == 1 and len(root.parts) > 1):
        first = root.parts[0] if len(root.parts) == 1 and not root.own else None
        yield (first.title if first else root.title), list(root.blocks())
        return
    if top == 1:
        if root.own:
            yield from _slices(root.title, root.own)
        for part in root.parts:
            yield from _cut(part, "")
    elif root.parts:
        yield from _groups(root.title, root.own, root.parts, "")
    else:
        yield from _slices(root.title, root.own)


def _groups(
    title: str, head: list[Block], parts: Sequence[_Section], context: str
) -> Iterator[tuple[str, list[Block]]]:
    """A large section: its introduction and its parts, small neighbours together."""
    held: list[Block] = []
    titles: list[str] = []
    if sum(map(_size, head)) > LONGEST:
        yield from _slices(title, head)
    elif _weight(head) >= SHORTEST:
        yield title, head
    else:
        held = head
    for part in parts:
        size = part.size()
        if size > LONGEST:
            if _weight(held) >= SHORTEST:
                yield _group_title(context, titles, title), held
                held, titles = [], []
            pieces = list(_cut(part, context))
            pieces[0] = (pieces[0][0], held + pieces[0][1])
            held, titles = [], []
            yield from pieces
            continue
        if titles and sum(map(_size, held)) + size > LONGEST:
            yield _group_title(context, titles, title), held
            held, titles = [], []
        held = [*held, *part.blocks()]
        titles.append(part.title)
        if _weight(held) >= SHORTEST:
            yield _group_title(context, titles, title), held
            held, titles = [], []
    if held:
        yield _group_title(context, titles, title), held


def _group_title(context: str, titles: Sequence[str], otherwise: str) -> str:
    if not titles:
        return otherwise
    named = titles[0] if len(titles) == 1 else "、".join(titles) if sum(map(len, titles)) <= 24 else f"{titles[0]}等"
    return _joined_title(context, named)


def _slices(title: str, blocks: Sequence[Block]) -> Iterator[tuple[str, list[Block]]]:
    """Equal pieces of what has no headings; each after the first carries its number."""
    total = sum(map(_size, blocks))
    count = -(-total // LONGEST)
    if count < 2:
        yield title, list(blocks)
        return
    piece: list[Block] = []
    wanted, number, size = total / count, 1, 0
    for block in blocks:
        if piece and size + _size(block) / 2 > wanted * number and number < count:
            kept = next((n for n, found in enumerate(reversed(piece)) if found.kind != BlockKind.HEADING), 0)
            headings = piece[len(piece) - kept :]  # they belong to what follows
            yield f"{title}（{number}）", piece[: len(piece) - kept]
            piece, number = headings, number + 1
        piece.append(block)
        size += _size(block)
    yield (f"{title}（{number}）" if number > 1 else title), piece


# --- one draft -------------------------------------------------------------------------------------------


def _draft(title: str, blocks: Sequence[Block], name: str, written: bool) -> LessonDraft:
    body = body_of(_without_title(title, blocks), written=written)
    kind, reason = guess_kind(title, body)
    return LessonDraft(
        title=title,
        kind=kind,
        kind_reason=reason,
        platforms=guess_platforms(title, name, body),
        body=body,
        first_line=min(block.line for block in blocks),
        last_line=max(block.last_line for block in blocks),
        places=tuple(dict.fromkeys(block.place for block in blocks if block.place)),
        blocks=tuple(blocks),
    )


def _without_title(title: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks without the headings before the first text that say what the title says."""
    start = next((place for place, block in enumerate(blocks) if block.kind != BlockKind.HEADING), 0)
    said = {title, title.rpartition("：")[2], title.rpartition("（")[0], *title.split("：", 1)[:1]} - {""}
    head = [block for block in blocks[:start] if block.text.endswith("…") or _plain_title(block.text) not in said]
    return [*head, *blocks[start:]]


def _plain_title(text: str) -> str:
    """A heading as a title: without its number and its colon, and no longer than a title may be."""
    found = look(text)
    title = (found.text if found and found.text else text).strip(" \t：:*_#")
    title = title or text.strip()
    return title if len(title) <= TITLE else f"{title[: TITLE - 1]}…"


def _joined_title(context: str, title: str) -> str:
    """A part's title with what it is a part of, unless it says so itself."""
    if not context or context in title:
        return title
    joined = f"{context}：{title}"
    return joined if len(joined) <= TITLE else title


def _size(block: Block) -> int:
    return len(block.text) + sum(len(cell) for row in block.rows for cell in row)


def _weight(blocks: Sequence[Block]) -> int:
    """The size of the text alone; headings make no lesson."""
    return sum(_size(block) for block in blocks if block.kind != BlockKind.HEADING)
