"""Regular expressions that an admin may write: no matching time may grow faster than the text.

Only what Python's own parser understands is looked at. A repetition must have an end of at most ``MOST``, must not
stand inside another one, and the repetitions of one pattern together must leave few ways to match the same place.
"""

import re
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

MOST = 60
WAYS = 250_000
LONGEST = 6_000  # characters, words of the lexicon included

_REPEATS = {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}
_LOOKS = {codes.ASSERT, codes.ASSERT_NOT}


class BadPattern(ValueError):
    """A pattern that cannot be used; the message says why and what to write instead."""


def compiled(expression: str) -> re.Pattern[str]:
    """``expression`` ready for use. Raises ``BadPattern`` when it is wrong, empty or could take too long."""
    if len(expression) > LONGEST:
        raise BadPattern(f"太长了：最多 {LONGEST} 个字符，拆成几条写。")
    try:
        tree = parser.parse(expression)
        pattern = re.compile(expression)
    except (re.error, RecursionError, OverflowError) as error:
        raise BadPattern(f"正则表达式写错了：{error}。") from error
    if _ways(tree, inside=False) > WAYS:
        raise BadPattern("可以伸缩的部分太多，匹配会很慢：少写几处 .{0,n}，或把 n 改小。")
    if pattern.fullmatch("") is not None:
        raise BadPattern("空的句子也会匹配：至少写一个必须出现的字。")
    return pattern


def _ways(tree: Any, inside: bool) -> int:
    """In how many ways the repetitions of ``tree`` can be taken, at most."""
    ways = 1
    for code, value in tree:
        if code in _REPEATS:
            least, most, inner = value
            if most > MOST:
                raise BadPattern(f"*、+ 和没有上限的重复不能用：写成 {{0,n}}，n 不超过 {MOST}。")
            if inside and most > 1:
                raise BadPattern("重复里面又有重复，匹配会很慢：展开写。")
            ways *= (most - least + 1 if most > 1 else 1) * _ways(inner, inside or most > 1)
        elif code is codes.BRANCH:
            ways *= max(_ways(branch, inside) for branch in value[1])
        elif code is codes.SUBPATTERN:
            ways *= _ways(value[-1], inside)
        elif code in _LOOKS:
            ways *= _ways(value[1], inside)
        elif code in (codes.GROUPREF, codes.GROUPREF_EXISTS):
            raise BadPattern("不能引用前面的分组（\\1）：把词写全。")
    return ways
