"""A GIFT file cut into its questions, with the comments and the category that belong to each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

LINE_END = re.compile(r"\r\n|\r|\n")
BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
CATEGORY = re.compile(r"\s*\$CATEGORY\s*:(.*)", re.IGNORECASE)
MOODLE_COMMENT = re.compile(r"//\s*question: \d+\s+name: ")  # it repeats the title
LABEL = re.compile(r"\[([a-z]{1,12}):((?:\\.|[^\[\]\\])*)\]")
IN_LABEL = str.maketrans({"\\": "\\\\", "[": "\\[", "]": "\\]", "\n": "\\n"})


ANSWERS = re.compile(r"(?<!\\)\{\s*(?:[=~#]|(?:T|F|TRUE|FALSE)\s*[}#])", re.IGNORECASE)


def looks_like_gift(text: str) -> bool:
    """Whether a text without a telling name is GIFT: answers in braces begin as only GIFT begins them."""
    return ANSWERS.search(text) is not None


@dataclass
class Block:
    """The lines of one question as they stand. ``labels`` are the bracketed notes of its comments."""

    category: str
    line: int = 0
    lines: list[str] = field(default_factory=list)
    labels: list[tuple[str, str]] = field(default_factory=list)
    comments: list[tuple[int, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()


def blocks(text: str) -> Iterator[Block]:
    """The blocks in order; one that holds only comments has no lines.

    A blank line ends a question, but not between its braces, if the next brace closes them.
    """
    lines = LINE_END.split(text)
    following = _next_braces(lines)
    block = Block("")
    is_open = False
    for index, line in enumerate(lines):
        bare = line.strip()
        if bare.startswith("//"):
            labels = LABEL.findall(bare)
            block.labels += [(name, _unescaped(value)) for name, value in labels]
            if not labels and not MOODLE_COMMENT.match(bare):
                block.comments.append((index + 1, bare.removeprefix("//").strip()))
        elif found := CATEGORY.fullmatch(line):
            yield block
            block, is_open = Block(found[1].strip()), False
        elif not bare and not (is_open and following[index] == "}"):
            yield block
            block, is_open = Block(block.category), False
        else:
            block.line = block.line or index + 1
            block.lines.append(line)
            for brace in _braces(line):
                is_open = brace == "{"
    yield block


def _braces(line: str) -> list[str]:
    return [found for found in BRACE.findall(line) if found in ("{", "}")]


def _next_braces(lines: list[str]) -> list[str]:
    """For each line the first brace in it or after it; a title or category counts as an opening one."""
    following = [""] * (len(lines) + 1)
    for index in range(len(lines) - 1, -1, -1):
        bare = lines[index].strip()
        if bare.startswith("::") or CATEGORY.fullmatch(lines[index]):
            following[index] = "{"
        else:
            braces = [] if bare.startswith("//") else _braces(lines[index])
            following[index] = braces[0] if braces else following[index + 1]
    return following


def label(name: str, value: str) -> str:
    """A note in brackets as a comment has it."""
    return f"[{name}:{value.translate(IN_LABEL)}]"


def _unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], value, flags=re.DOTALL)
