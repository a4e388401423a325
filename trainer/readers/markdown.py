"""A Markdown file → its headings, lists, tables and quotes. Emphasis and links stay as they are written."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from quizzes.formats.decoding import decode
from trainer.readers.html import words_of
from trainer.readers.limits import DEPTH, Pieces, stem_of
from trainer.rules.document import Block, BlockKind, Document

_FRONT_MATTER = re.compile(r"\A---\n(?:[^\n]*\n){0,200}?---(?=\n|\Z)")


def read_markdown(data: bytes, name: str) -> Document:
    """Raises ``Unreadable``. A block of fields at the head (front matter) is left out."""
    text = decode(data)
    pieces = Pieces()
    front = _FRONT_MATTER.match(text)
    if front:
        pieces.leave_out(1, front[0], "文件开头的字段")
        text = "\n" * front[0].count("\n") + text[front.end() :]
    parser = MarkdownIt("commonmark", {"maxNesting": DEPTH}).enable("table")
    for block in _blocks(parser.parse(text)):
        pieces.add(block)
    return pieces.document("markdown", stem_of(name))


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    lists: list[tuple[int, str] | None] = []  # the next number and its delimiter; ``None`` for bullets
    marker, quoted = "", 0
    position = 0
    while position < len(tokens):
        token = tokens[position]
        position += 1
        line, last = (token.map[0] + 1, token.map[1]) if token.map else (0, 0)
        match token.type:
            case "bullet_list_open":
                lists.append(None)
            case "ordered_list_open":
                lists.append((int(token.attrGet("start") or 1), token.markup or "."))
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                numbered = lists[-1]
                marker = f"{numbered[0]}{numbered[1]}" if numbered else "•"
                if numbered:
                    lists[-1] = (numbered[0] + 1, numbered[1])
            case "blockquote_open":
                quoted += 1
            case "blockquote_close":
                quoted -= 1
            case "heading_open":
                content = tokens[position].content
                yield Block(BlockKind.HEADING, content, line, level=int(token.tag[1]), last=last)
                position += 1
            case "inline":
                kind = BlockKind.LIST_ITEM if lists else BlockKind.QUOTE if quoted else BlockKind.PARAGRAPH
                text = token.content if kind == BlockKind.QUOTE else token.content.replace("\n", " ")
                yield Block(kind, text, line, level=len(lists), marker=marker, last=last)
                marker = ""
            case "table_open":
                end = next(i for i in range(position, len(tokens)) if tokens[i].type == "table_close")
                yield Block(BlockKind.TABLE, "", line, rows=_rows(tokens[position:end]), header=True, last=last)
                position = end + 1
            case "fence" | "code_block":
                for offset, code in enumerate(token.content.split("\n")):
                    yield Block(BlockKind.PARAGRAPH, code.strip(), line + offset)
            case "html_block":
                yield Block(BlockKind.PARAGRAPH, words_of(token.content), line, last=last)


def _rows(tokens: list[Token]) -> tuple[tuple[str, ...], ...]:
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(token.content)
    return tuple(map(tuple, rows))
