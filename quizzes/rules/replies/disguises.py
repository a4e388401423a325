"""Spellings that mean something else: letters, emoji and look-alikes that stand for a word the rules watch."""

import re

# What a single sign stands for. Everything here is one character of the reply as it was typed.
SIGNS = {
    "⭐": "星", "🌟": "星", "★": "星", "☆": "星", "⭑": "星", "✩": "星",
    "🧧": "红包", "💰": "钱", "💴": "钱", "💵": "钱", "🤑": "钱",
    "➕": "加", "✚": "加", "＋": "加", "➖": "减",
    "🛰": "微信", "🐧": "qq", "📱": "手机", "☎": "电话", "📞": "电话",
    "🤫": "嘘", "🙂": "[微笑]", "😏": "[坏笑]",
    "薇": "微", "徽": "微", "溦": "微", "絨": "绒",
}  # fmt: skip

_GAP = r"[\s\-_.*/|·~,、。]{0,3}"


def _spaced(word: str) -> str:
    return _GAP.join(map(re.escape, word))


# Faces say in what tone something is meant; they are no words, so they are looked for in the reply as it was typed.
MOCKING = frozenset("🙄🤡😒🙃😏🙂🤭")
SORRY = frozenset("😭😢🥺😣😔😞😥🙏🙇")

# Tried in this order on the folded text (half width, simplified, lower case); a match becomes the word on the right.
WORDS = tuple(
    (re.compile(pattern), word)
    for pattern, word in (
        (rf"{_spaced('企微')}|企业{_GAP}v(?![a-z])|{_spaced('企业微信')}|企业{_GAP}wx", "企业微信"),
        (rf"{_spaced('微信')}|微{_GAP}[心芯伈訫]|威{_GAP}信", "微信"),
        (rf"[维卫]{_GAP}信号?(?=[a-z0-9:])|加{_GAP}[维卫]{_GAP}信", "微信"),
        (r"(?<![a-z])v(?=群|号)", "微信"),
        (r"(?<![a-z])(?:we ?chat|weixin|wx|vx|v信|v心|w信|wei信|微x|v{2})(?![a-z])", "微信"),
        (rf"(?<![a-z])v(?=\s?[:是])|(?<=小)v(?![a-z])|(?<=[加个我+店]){_GAP}v(?=[a-z]*\d|[^a-z]|$)", "微信"),
        (r"(?<!稍)微(?=[号聊:]|我[^们])|(?<=[加个作我])微(?=$|[^信观小妙不整调笑量博店弱薄])", "微信"),
        (rf"{_spaced('扣扣')}|(?<![a-z])q{_GAP}q(?![a-z])|企鹅号?|叩叩|球球号|(?<=加)[扣叩](?!除)", "qq"),
        (rf"(?<![a-z])zfb(?![a-z])|{_spaced('支付宝')}|支fu宝|z付宝|只付宝", "支付宝"),
        (rf"返{_GAP}xian|fan{_GAP}现|(?<![a-z])fx(?![a-z])|{_spaced('返现')}|返{_GAP}[钱$¥]", "返现"),
        (rf"{_spaced('好评')}|(?<![a-z])hp(?![a-z])|好平|好[坪苹]", "好评"),
        (r"(?<![\d十])[5五全满]{1,2}(?:颗|个|粒)?(?:小|大|金)?(?:心心|星星|星|分(?![钟之钱]))(?:好评)?", "五星"),
        (rf"{_spaced('红包')}|(?<![a-z])hb(?![a-z])|洪包", "红包"),
        (rf"{_spaced('私聊')}|(?<![a-z])sl(?![a-z])|丝聊|私(?=我)", "私聊"),
        (rf"{_spaced('转账')}|转帐|转zhang", "转账"),
        (rf"{_spaced('绿泡泡')}|绿色(?:软件|图标|app|聊天软件|那个)|(?<![a-z])lv泡泡", "微信"),
        (r"(?<![a-z])(?:tm|tmd|md|nm|sb|nc)(?![a-z])", "他妈"),
        (r"己经", "已经"),
        (r"定单", "订单"),
        (r"帐号", "账号"),
    )
)

# Digits as they are spoken or written on cheques; only a run of them that is as long as a number is read so.
SPOKEN = str.maketrans("零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖幺洞两", "00123456789123456789102")
_DIGIT = r"[零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖幺洞0-9]"
RUN = re.compile(rf"{_DIGIT}(?:[\s\-_.·]?{_DIGIT}){{6,}}")
