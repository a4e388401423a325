"""One spelling for texts that read the same: typed answers are compared and duplicates found with it."""

import re
import unicodedata
from functools import cache

from opencc import OpenCC

# Text copied out of a PDF often holds radicals for whole characters. NFKC maps the Kangxi block and two
# of the supplement; these are the others that are read as a character of their own.
RADICALS = str.maketrans(
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


class _Visible(dict[int, int | None]):
    """Each character as it is, those that are not seen as nothing; every one looked up once."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.category(chr(code)) in _INVISIBLE else code
        return self[code]


_VISIBLE = _Visible()

# Forms that mean the same as the plain character: Kangxi radicals and compatibility ideographs, full-width letters
# and digits, joined letters. Full-width punctuation is how Chinese is written, so it is none of them.
_COMPATIBLE = re.compile(
    r"[\u2f00-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\ufb00-\ufb06]"
)
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
_SPACES = re.compile(r"[\xa0\u1680\u2000-\u200a\u202f\u205f]")


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def fold(text: str) -> str:
    """``text`` in the one spelling that is compared.

    Full and half width, Traditional and Simplified, upper and lower case, radicals and characters, and
    variants of a punctuation mark become one. White space, control and zero-width characters go, and so
    does punctuation that only ends the sentence, unless there is nothing else.
    """
    text = unicodedata.normalize("NFKC", _visible(text)).translate(RADICALS).translate(_PUNCTUATION)
    text = _to_simplified().convert(_visible(text)).casefold()
    text = unicodedata.normalize("NFKC", text)
    return text.rstrip(".,;!") or text


def plain_characters(text: str) -> str:
    """``text`` as it would be typed: radicals as characters, full-width letters and digits as plain ones.

    Zero-width and control characters go (tabs and line ends stay), odd spaces become plain ones. Punctuation,
    Traditional characters and everything else stay as they are.
    """
    text = _SPACES.sub(" ", _UNSEEN.sub("", text))
    return _COMPATIBLE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text).translate(RADICALS)


def _visible(text: str) -> str:
    return text.translate(_VISIBLE)
