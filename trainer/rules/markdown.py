"""Lesson bodies: Markdown to HTML that is safe to show, to plain text, and to a table of contents."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline.state_inline import Scanned, StateInline
from markdown_it.token import Token

# The word in ``> [!词]`` and the class that the page styles it by.
CALLOUTS = {
    "反例": "callout-wrong",
    "正解": "callout-right",
    "注意": "callout-note",
    "旧规": "callout-outdated",
    "待核": "callout-verify",
    "本店": "callout-shop",
}
OUTLINE_FROM = 3  # a shorter body needs no table of contents
_MARKER = re.compile(rf"\[!({'|'.join(CALLOUTS)})\][ \t]*\n?")

_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
_BLOCKS = {"blockquote", "div", "hr", "li", "ol", "p", "pre", "table", "tbody", "td", "th", "thead", "tr", "ul"}
_TAGS = {"a", "br", "code", "em", "strong"} | _BLOCKS | _HEADINGS
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "div": {"tabindex"}, **{tag: {"id"} for tag in _HEADINGS}}
_CLASSES = {"div": {"callout", "table-scroll", *CALLOUTS.values()}, "p": {"callout-title"}}


@dataclass(frozen=True)
class Heading:
    """A heading of a body: its level (2 to 6), the id it has in the rendered page, and its text."""

    level: int
    anchor: str
    text: str


def render(text: str) -> str:
    """The body as HTML with no script, style, event handler or foreign scheme in it.

    Raw HTML in ``text`` is shown as text. ``> [!注意]`` and its kin become ``div.callout`` with a title.
    """
    return nh3.clean(
        _markdown().render(text),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )


def plain(text: str) -> str:
    """The body's words only: one line a block, a callout's word before what it holds."""
    lines = []
    for token in _markdown().parse(text):
        if token.type == "inline":
            lines.append(_words(token))
        elif token.type in ("fence", "code_block"):
            lines.append(token.content.strip())
    return "\n".join(line for line in lines if line)


def headings(text: str) -> list[Heading]:
    """Every heading of the body, in its order."""
    tokens = _markdown().parse(text)
    return [
        Heading(int(token.tag[1]), str(token.attrGet("id")), _words(tokens[index + 1]))
        for index, token in enumerate(tokens)
        if token.type == "heading_open"
    ]


def outline(text: str) -> list[Heading]:
    """The table of contents: the headings, or nothing where there are too few to need one."""
    found = headings(text)
    return found if len(found) >= OUTLINE_FROM else []


class _State(StateInline):
    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:
        """CommonMark's flanking rule, with a Chinese neighbour counted like a space.

        Chinese puts no space around an emphasis, so ``**注意：**先看`` must close between ``：`` and ``先``.
        """
        end = start
        while end < self.posMax and self.src[end] == self.src[start]:
            end += 1
        before = self.src[start - 1] if start > 0 else " "
        after = self.src[end] if end < self.posMax else " "
        left = not isWhiteSpace(ord(after)) and (not _is_punctuation(after) or _lets_flank(before))
        right = not isWhiteSpace(ord(before)) and (not _is_punctuation(before) or _lets_flank(after))
        return Scanned(
            left and (canSplitWord or not right or _is_punctuation(before)),
            right and (canSplitWord or not left or _is_punctuation(after)),
            end - start,
        )


class _Inline(ParserInline):
    def parse(self, src, md, env, tokens):
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _is_punctuation(char: str) -> bool:
    return isMdAsciiPunct(ord(char)) or isPunctChar(char)


def _lets_flank(char: str) -> bool:
    return isWhiteSpace(ord(char)) or _is_punctuation(char) or _is_wide(char)


def _is_wide(char: str) -> bool:
    return char != "" and unicodedata.east_asian_width(char) in "WF"


@cache
def _markdown() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    inline = _Inline()
    inline.ruler.enableOnly(parser.inline.ruler.get_active_rules())
    inline.ruler2.enableOnly(parser.inline.ruler2.get_active_rules())
    parser.inline = inline
    parser.core.ruler.before("inline", "callouts", _callouts)
    parser.core.ruler.push("anchors", _anchors)
    parser.core.ruler.push("join_lines", _join_lines)
    parser.add_render_rule("table_open", _open_table)
    parser.add_render_rule("table_close", _close_table)
    return parser


def _callouts(state: StateCore) -> None:
    """Make each quotation that begins with ``[!词]`` a callout, and its word the title."""
    tokens: list[Token] = []
    rest = iter(enumerate(state.tokens))
    opened: list[bool] = []
    for index, token in rest:
        tokens.append(token)
        if token.type == "blockquote_open":
            found = _marker_after(state.tokens, index)
            opened.append(found is not None)
            if found is None:
                continue
            token.tag = "div"
            token.attrSet("class", f"callout {CALLOUTS[found[1]]}")
            tokens += _title(found[1], token)
            first = [next(rest)[1] for _ in range(3)]  # the paragraph that held the word
            first[1].content = first[1].content[found.end() :]
            tokens += first if first[1].content else []
        elif token.type == "blockquote_close" and opened.pop():
            token.tag = "div"
    state.tokens = tokens


def _marker_after(tokens: list[Token], index: int) -> re.Match[str] | None:
    first = tokens[index + 1 : index + 3]
    return _MARKER.match(first[1].content) if [t.type for t in first] == ["paragraph_open", "inline"] else None


def _title(word: str, quotation: Token) -> list[Token]:
    opening = Token("paragraph_open", "p", 1, level=quotation.level + 1, block=True)
    opening.attrSet("class", "callout-title")
    words = Token("inline", "", 0, level=quotation.level + 2, content=word, children=[], block=True)
    return [opening, words, Token("paragraph_close", "p", -1, level=quotation.level + 1, block=True)]


def _anchors(state: StateCore) -> None:
    """Number the headings, and keep the first level for the page's own title."""
    count = 0
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h2" if token.tag == "h1" else token.tag
        if token.type == "heading_open":
            count += 1
            token.attrSet("id", f"section-{count}")


def _open_table(renderer, tokens, index, options, env) -> str:
    # The page must not become wider than a phone; a box that scrolls must be reachable by keyboard.
    return '<div class="table-scroll" tabindex="0"><table>\n'


def _close_table(renderer, tokens, index, options, env) -> str:
    return "</table></div>\n"


def _join_lines(state: StateCore) -> None:
    """A line end between two Chinese characters is no space."""
    for token in state.tokens:
        children = token.children or []
        for before, child, after in zip(children, children[1:], children[2:], strict=False):
            if child.type == "softbreak" and _is_wide(before.content[-1:]) and _is_wide(after.content[:1]):
                child.type, child.content = "text", ""


def _words(inline: Token) -> str:
    parts = [
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in inline.children or []
        if child.type in ("text", "code_inline", "softbreak", "hardbreak")
    ]
    return "".join(parts).strip()
