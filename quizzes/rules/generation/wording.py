"""Facts put into Chinese: the sentence that states one, and the frame that says where it holds."""

import re
from decimal import Decimal
from functools import partial

from quizzes.rules.facts import Attribute, Bound, CountsFrom, Fact, FactType, Formula
from quizzes.rules.vocabulary import Flag, Platform

PLATFORM_NAMES: dict[Platform, tuple[str, ...]] = {
    # The first is the one that we write; any of them in a text names the platform.
    Platform.TMALL: ("天猫",),
    Platform.TAOBAO: ("淘宝",),
    Platform.DOUYIN: ("抖音", "抖店", "飞鸽"),
    Platform.VIP: ("唯品会",),
}
BOUND_WORDS = {
    Bound.AT_MOST: "不超过",
    Bound.AT_LEAST: "至少",
    Bound.MORE_THAN: "超过",
    Bound.LESS_THAN: "少于",
}
# A text with one of these says by itself that the number is a limit; a second bound word would stutter.
LIMIT_WORDS = re.compile(
    "时限|期限|限额|上限|下限|最[多少长短早晚高低]|至少|超过|少于|不到|不足|以[上下内]|之内"
)
HAN = "[\u4e00-\u9fff]"
SHOP = "按本店规定，"
VERIFY = "（以来源所载为准，平台规则可能已调整）"


def plain(text: str) -> str:
    """The text without the stop at its end, ready to stand inside another sentence."""
    return text.strip().rstrip("。．；;，,、")


def sentence(text: str) -> str:
    """The text with exactly one mark at its end."""
    text = plain(text)
    return text if re.search(r"[！？…!?]$|[。！？…!?][”’]$", text) else f"{text}。"


def fill(template: str, fact: Fact, value: str = "") -> str:
    """An attribute's template with the fact's subject and a value in it."""
    text = template
    for name, said in (("{subject}", plain(fact.subject)), ("{value}", plain(value))):
        text = text.replace(f"“{name}”", quoted(said))
        text = re.sub(f"(.?){re.escape(name)}(.?)", partial(_spaced, said), text)
    return re.sub(r"([。！？…]”)。", r"\1", text)  # a quotation that ends a sentence ends ours as well


def _spaced(value: str, place: re.Match[str]) -> str:
    """A value in its place, a space between Chinese characters and the digits or letters next to them."""
    before, after = place[1], place[2]
    text = before + value
    if re.match(rf"{HAN}[0-9A-Za-z]", before + value[:1]):
        text = f"{before} {value}"
    return f"{text} {after}" if re.match(rf"[0-9A-Za-z%]{HAN}", value[-1:] + after) else text + after


def ask(fact: Fact) -> str:
    return fill(_attribute(fact).ask, fact)


def state(fact: Fact, value: str) -> str:
    return fill(_attribute(fact).state, fact, value)


def _attribute(fact: Fact) -> Attribute:
    if fact.attribute is None:
        raise ValueError(f"知识点“{fact.key}”没有属性")
    return fact.attribute


def number(value: Decimal) -> str:
    """Without trailing zeros or an exponent: ``3``, ``0.5``, ``20000``."""
    return format(value.normalize(), "f")


def quantity(value: Decimal | str, unit: str) -> str:
    """A number with its unit, spaced as the curriculum does: ``5 天``, ``50%``."""
    text = value if isinstance(value, str) else number(value)
    return f"{text}{unit}" if unit.startswith(("%", "％", "‰")) else f"{text} {unit}".rstrip()


def bound_word(fact: Fact) -> str:
    """What must stand before the number so that the sentence says which side of it is meant."""
    frame = fact.subject + (fact.attribute.state if fact.attribute else "")
    return "" if LIMIT_WORDS.search(frame) else BOUND_WORDS.get(fact.bound, "")


def bounded(fact: Fact, value: Decimal) -> str:
    """``value`` as the fact's number would be told: ``至少 5 天``."""
    return " ".join(filter(None, [bound_word(fact), quantity(value, fact.unit)]))


def listed(items: tuple[str, ...]) -> str:
    items = tuple(plain(item) for item in items)
    return ("；" if any(re.search("[、，；]", item) for item in items) else "、").join(items)


def formula_text(formula: Formula, base: str) -> str:
    match formula.kind:
        case "multiple_with_minimum":
            text = f"{base}的 {number(formula.times)} 倍"
            if formula.minimum:
                text += f"，不足 {number(formula.minimum)} 元的按 {number(formula.minimum)} 元算"
            return text + ("，另外退还货款" if formula.plus_refund else "")
        case "percent_cap":
            return f"{base}的 {number(formula.percent)}%，这是上限"
        case "add":
            return f"{base}再加 {number(formula.surcharge)} 元"
    raise ValueError(f"No such formula: {formula.kind!r}")


def statement(fact: Fact) -> str:
    """The whole fact as one sentence that is true where and while it holds."""
    match fact.type:
        case FactType.VALUE:
            return state(fact, fact.value)
        case FactType.NUMBER:
            return state(fact, bounded(fact, fact.number or Decimal(0)))
        case FactType.SET:
            return state(fact, listed(fact.items))
        case FactType.RULE:
            return f"{plain(fact.subject)}：{sentence(fact.value)}"
        case FactType.STEPS:
            return f"{plain(fact.subject)}，次序是：{' → '.join(plain(step) for step in fact.steps)}。"
        case FactType.WINDOW:
            start = f"{fact.event}次日" if fact.counts_from == CountsFrom.NEXT_DAY else f"{fact.event}时"
            return f"从{start}算起，{quantity(fact.number or Decimal(0), fact.unit)}内{plain(fact.action)}。"
        case FactType.MONEY:
            if fact.formula is None:
                raise ValueError(f"知识点“{fact.key}”没有算法")
            return f"{plain(fact.subject)}，{fact.result}是{formula_text(fact.formula, fact.base)}。"


def nested(text: str) -> str:
    """The text ready to stand inside quotation marks: its own become the inner ones."""
    return text.replace("“", "‘").replace("”", "’")


def quoted(text: str) -> str:
    """The text in quotation marks, once: a text that is one quotation stays as it is."""
    if re.fullmatch("“[^“”]*”", text):
        return text
    return f"“{nested(text)}”"


def explain(*parts: str) -> str:
    """The reasons in one paragraph, each ended, none said twice."""
    told: list[str] = []
    for part in parts:
        if part.strip() and not any(plain(part) in earlier for earlier in told):
            told.append(sentence(part))
    return "".join(told)


def platform_mark(fact: Fact, text: str) -> str:
    """``【天猫】`` where the fact holds on some platforms only and the text does not name them."""
    if Platform.ALL in fact.scope:
        return ""
    missing = [p for p in PLATFORM_NAMES if p in fact.scope and not any(n in text for n in PLATFORM_NAMES[p])]
    if not missing:
        return ""
    return f"【{'、'.join(names[0] for p, names in PLATFORM_NAMES.items() if p in fact.scope)}】"


def shop_prefix(text: str, *facts: Fact) -> str:
    return SHOP if any(fact.flag == Flag.SHOP_POLICY for fact in facts) and "本店" not in text else ""


def verify_suffix(*facts: Fact) -> str:
    return VERIFY if any(fact.flag == Flag.VERIFY for fact in facts) else ""


def frame(text: str, *facts: Fact) -> str:
    """The stem with what the reader must know about where and how surely it holds."""
    return f"{platform_mark(facts[0], text)}{shop_prefix(text, *facts)}{text}{verify_suffix(*facts)}"


def unframe(stem: str) -> str:
    """The text that ``frame`` was given."""
    text = re.sub(r"^【[^】]*】", "", stem)
    return text.removeprefix(SHOP).removesuffix(VERIFY)
