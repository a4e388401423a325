"""Personal data out of a text before it leaves the house."""

import re

# Each with what stands in its place. Order matters: the longer number first.
MASKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "［邮箱］"),
    (re.compile(r"https?://\S+"), "［链接］"),
    (re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])"), "［证件号］"),
    (re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"), "［手机号］"),
    (re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{0,4}\d{9,}(?!\d)"), "［单号］"),
    (re.compile(r"((?:收件人|收货人|联系人|姓名|我叫)[:：]?\s*)[一-鿿]{2,4}(?=$|[，,。；;、\s])"), r"\1［姓名］"),
    (re.compile(r"[一-鿿]{2,8}(?:路|街|大道|巷|弄)\d+号(?:[一-鿿\w-]{0,12}(?:室|楼|栋|单元|号))?"), "［地址］"),
)


def mask(text: str) -> str:
    """``text`` with personal data replaced by what it is. Masking twice is masking once.

    Telephone, order and identity numbers, e-mail addresses, links, street addresses, and names where one is announced
    (收件人：…).
    """
    for pattern, instead in MASKS:
        text = pattern.sub(instead, text)
    return text
