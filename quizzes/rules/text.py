"""One spelling for texts that read the same: typed answers are compared and duplicates found with it."""

import unicodedata
from functools import cache

from opencc import OpenCC

# Text copied out of a PDF often holds radicals for whole characters. NFKC maps the Kangxi block and two
# of the supplement; these are the others that are read as a character of their own.
_RADICALS = str.maketrans(
    "⺄⺊⺒⺓⺛⺜⺝⺞⺠⺧⺩⺫⺬⺮⺷⺻⺽⻁⻄⻅⻆⻇⻉⻊⻋⻏⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲",
    "乙卜巳幺旡日月歹民牛王目示竹羊聿臼虎西见角角贝足车阝长长门雨青韦页风飞食首马骨鬼鱼鸟卤麦黄黾齐齐齿齿龙龙龟龟",
)

_PUNCTUATION = str.maketrans(
    {
        **dict.fromkeys("“”„‟〝〞「」『』﹁﹂﹃﹄‘’‚‛`´′″'", '"'),
        **dict.fromkeys("‐‑‒–—―−﹣─━", "-"),
        **dict.fromkeys("〜∼˜", "~"),
        **dict.fromkeys("•・‧∙⋅", "·"),
        **dict.fromkeys("【〔〖[", "("),
        **dict.fromkeys("】〕〗]", ")"),
        **dict.fromkeys("《〈", "<"),
        **dict.fromkeys("》〉", ">"),
        "。": ".",
        "、": ",",
    }
)

_INVISIBLE = {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"}


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def fold(text: str) -> str:
    """``text`` in the one spelling that is compared.

    Full and half width, Traditional and Simplified, upper and lower case, radicals and characters, and
    variants of a punctuation mark become one. White space, control and zero-width characters go, and so
    does punctuation that only ends the sentence, unless there is nothing else.
    """
    text = unicodedata.normalize("NFKC", _visible(text)).translate(_RADICALS).translate(_PUNCTUATION)
    text = _to_simplified().convert(_visible(text)).casefold()
    text = unicodedata.normalize("NFKC", text)
    return text.rstrip(".,;!") or text


def _visible(text: str) -> str:
    return "".join(char for char in text if unicodedata.category(char) not in _INVISIBLE)
