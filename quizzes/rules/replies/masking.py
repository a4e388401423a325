"""Taking personal data out of a text: before it leaves the site, and when its writer's name is taken off.

What a number or name *is* stays to be seen, because checks hang on it (a whole phone number is a leak): digits become
zeros, a phone number one that nobody has, a name 某 with its title.
"""

import re
from collections.abc import Iterable

from quizzes.rules.replies.patterns import lexicon

PHONE, NAME, ADDRESS, LINK = "13000000000", "某某", "name@example.com", "example.com"

_PHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
_MAIL = re.compile(r"[A-Za-z0-9_.+-]{1,40}@[A-Za-z0-9-]{1,40}(?:\.[A-Za-z0-9-]{1,20}){1,3}")
_LINK = re.compile(r"https?://[^\s\u4e00-\u9fff，。；、！？]+")
_LONG = re.compile(r"[\dA-Za-z]{0,6}\d{6,}[\dXx]?")
_DOOR = re.compile(r"\d{1,5}(?=(?:号楼|号院|弄|幢|栋|单元|室|号(?!线)))")
_ROAD = re.compile(r"[\u4e00-\u9fff]{2,8}(?P<kind>路|街|大道|巷|弄)(?=\d+号)")
_TO = re.compile(r"(?P<what>(?:收件人|收货人|联系人)[:：]?\s*)(?P<id>[\u4e00-\u9fff]{2,4})(?=$|[，,。；;、\s])")
_ACCOUNT = re.compile(
    r"(?P<what>(?:微信号?|薇信|威信|wechat|weixin|vx|wx|v信|QQ号?|支付宝(?:账号)?)[是为:： ]{0,3})"
    r"(?P<id>[A-Za-z0-9][\w-]{4,19})",
    re.IGNORECASE,
)
_SELF = re.compile(
    r"(?P<what>我(?:叫|是客服|是店长)|客服|姓名[是为:： ]?)(?P<id>[\u4e00-\u9fff]{2,3})(?=[,，。.!！、 ]|为您|$)"
)


def mask(text: str, names: Iterable[str] = ()) -> str:
    """``text`` without phone, order and identity numbers, addresses of every kind, accounts and people.

    ``names`` are people's whom the site knows.
    """
    for name in sorted({one.strip() for one in names if len(one.strip()) >= 2}, key=len, reverse=True):
        text = text.replace(name, NAME)
    text = _LINK.sub(LINK, _MAIL.sub(ADDRESS, text))
    text = _ROAD.sub(lambda found: "某" + found["kind"], text)
    text = _ACCOUNT.sub(lambda found: found["what"] + re.sub(r"\w", "0", found["id"]), text)
    text = _PHONE.sub(PHONE, text)
    text = _LONG.sub(lambda found: found[0] if found[0] == PHONE else re.sub(r"\w", "0", found[0]), text)
    text = _DOOR.sub(lambda found: "0" * len(found[0]), text)
    text = _named().sub(lambda found: "某" + found["title"], text)
    text = _TO.sub(lambda found: found["what"] + "某" * len(found["id"]), text)
    return _SELF.sub(lambda found: found["what"] + "某" * len(found["id"]), text)


def _named() -> re.Pattern[str]:
    words = lexicon()
    return re.compile(rf"(?:{words['surname']})[\u4e00-\u9fff]{{0,2}}?(?P<title>先生|女士|小姐|太太|阿姨|大爷|老师)")
