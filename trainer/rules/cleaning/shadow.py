"""A text as patterns look at it: Simplified, small letters, half-width signs, and every character in its place."""

from functools import cache

from opencc import OpenCC

_SIGNS = str.maketrans(
    "，：；！？（）［］｛｝／．～＊＋－＝＃％＆｜—–　“”「」『』",
    ",:;!?()[]{}/.~*+-=#%&|-- \"\"\"\"\"\"",
)


class _Characters(dict[int, str]):
    """Each character's plain form, found out once."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = char.translate(_SIGNS)
        if plain == char and code > 0x2E7F:
            plain = _converter().convert(char)
        lower = plain.lower()
        self[code] = lower if len(lower) == 1 else char
        return self[code]


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


_CHARACTERS = _Characters()


def shadow(text: str) -> str:
    """As long as ``text``: what is found at a place of the shadow stands at the same place of the text."""
    return text.translate(_CHARACTERS)


def compact(text: str) -> str:
    """The shadow without white space, for comparing whole lines."""
    return "".join(shadow(text).split())
