r"""GIFT's escapes (``\=``, ``\n`` …) and the marks that say how a text is formatted (``[html]`` …)."""

import re

from quizzes.formats.markup import MARKUP, html_to_text, lines_to_text, text_to_html

# While a question is taken apart, what was escaped is a control character that the file cannot hold.
ESCAPED = {"\\": "\x01", "~": "\x02", "=": "\x03", "#": "\x04", "{": "\x05", "}": "\x06", ":": "\x07", "n": "\x08"}
MEANT = str.maketrans({mark: "\n" if char == "n" else char for char, mark in ESCAPED.items()})
WRITTEN = str.maketrans({"\n" if char == "n" else char: f"\\{char}" for char in ESCAPED})
MARK = re.compile(r"\s*\[(html|plain|markdown|moodle)\]", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")


def hidden(text: str) -> str:
    """The text with each escaped character hidden; what is left of GIFT's signs means something."""
    return re.sub(r"\\([\\~=#{}:n])", lambda found: ESCAPED[found[1]], CONTROL.sub("", text))


def meant(text: str) -> str:
    """The plain text that a piece of a question stands for, without looking at marks."""
    return lines_to_text(text.translate(MEANT))


def marked(text: str) -> tuple[str, str]:
    """The format that a text names at its beginning (empty where none), and the rest."""
    found = MARK.match(text)
    return (found[1].lower(), text[found.end() :]) if found else ("", text)


class Reading:
    """Turns the pieces of one question into texts, in the format that the question names for all of them."""

    def __init__(self, format: str):
        self.format = format
        self.media: list[str] = []
        self.whole = True

    def text(self, piece: str) -> str:
        format, rest = marked(piece)
        return self._shown(rest, format or self.format)

    def plain(self, piece: str) -> str:
        """A short answer or the right side of a pair: plain, unless a mark says otherwise."""
        format, rest = marked(piece)
        return self._shown(rest, format) if format else meant(piece)

    def _shown(self, piece: str, format: str) -> str:
        text = meant(piece)
        if format in ("plain", "markdown") or (format != "html" and not MARKUP.search(text)):
            return text
        rendered = html_to_text(text if format == "html" else text.replace("\n", "<br>"))
        self.media += rendered.media
        self.whole = self.whole and rendered.whole
        return rendered.text


# --- writing -------------------------------------------------------------------------------------------------

def escaped(text: str) -> str:
    return CONTROL.sub("", lines_to_text(text)).translate(WRITTEN)


def written(text: str) -> str:
    """A text of a question, marked as plain where it could be taken for markup, a mark, a weight or a comment."""
    text = lines_to_text(text)
    risky = "<" in text or "&" in text or text.startswith(("[", "%", "/", "$"))
    return f"[plain]{escaped(text)}" if risky else escaped(text)


def written_short(text: str) -> str:
    """A short answer: other systems read no markup in it."""
    text = lines_to_text(text)
    return f"[plain]{escaped(text)}" if text.startswith(("[", "%")) else escaped(text)


def written_left(text: str) -> str:
    """The left side of a pair, in which an arrow would end it."""
    return f"[html]{escaped(text_to_html(text))}" if "->" in text else written(text)
