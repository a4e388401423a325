"""What a reply says, and what it only negates, quotes, supposes, passes on, warns of or asks.

Works on normalised text. A sentence ends at ``. ! ? \\n``, a clause also at ``, ; :`` and at a space between Chinese
words, which many people type instead of a comma.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """How a stretch of text is meant when it is not plainly said. The value is what pattern files write.

    Negated is denied before it is said (不能加微信), denied afterwards (微信加不了).
    """

    NEGATED = "negated"
    DENIED = "denied"
    QUOTED = "quoted"
    CONDITION = "condition"
    REPORTED = "reported"
    WARNED = "warned"
    QUESTION = "question"


_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*")
_CLAUSE = re.compile(r"[^,;:、~]+[,;:、~]*")
_BREAK = re.compile(r"(?<=[\u4e00-\u9fff\])]) (?=[\u4e00-\u9fff\[(])")

# "不", "没" and "别" also begin words that deny nothing, and "要不要" asks.
_NOT = re.compile(
    r"(?:(?:(?<=(.))不(?!\1)|(?<!.)不)"
    r"(?!好意思|客气|如|过|仅|但|只|管|光|论|错|知|少|懂|同|妨|久|瞒|然|明白|用担心|太|小心|满|容易|就|舒服|合适|喜欢|想要|够|急|行[不?])"
    r"|没有?(?!问题|关系|事|错|收到|拿到|到|办法|想到)|别(?!的|人|家|处|墨|扭|提多|看|担心|急|慌|着急|致|名)"
    r"|(?:怎么(?:会|能|可能)|哪(?:里|儿)?(?:会|能))(?=不|没)"  # 怎么会不退: whoever asks so denies the denial
    r"|勿|未(?!来)|无(?:需|法|须)|莫(?!非)|甭|禁止|拒绝|谢绝|杜绝|从不|绝不|严禁|免得|省得|避免|毋|唔好|唔使|冇)"
)
_AFTER = re.compile(
    r"^.{0,6}?(?:不(?:了|到|得|加|做|搞|接|收|行|能|可以|允许|让|会|给|动|成)|没有|违规|违法|禁止|免谈|都不|的不要|一律不)"
)
_REACH = 8  # how many characters a negation reaches forward within its clause

_CONDITION = re.compile(
    r"如果|要是|若(?!干)|假如|万一|一旦|除非|倘若|(?:真|确实|查实|确认)的?(?:是|有|丢|鉴).{0,6}(?:就|再|的话)|的话"
)
_HOLDS = re.compile(
    r"(?:(?:这|那)(?:样|么|种情况)?|您这个?|不喜欢|不(?:想)?要了?|不合适|(?:拆|用|穿|洗|戴)(?:了|过)|拆封)(?:了)?的话"
)
"""A condition that only names the case at hand: what follows (退不了) is meant all the same."""
_REPORTED = re.compile(
    r"有人|别人(?:说|告诉|私信)|谁(?:说|跟您说|让|叫)|对方(?:说|让|要|自称)|自称|冒充|听说|据说|所谓"
    r"|(?:卡片|短信|电话|链接)(?:上|里)?(?:说|写|让|是)|(?:上|前)(?:一|个|一个|一位|位)?(?:客服|同事)"
    r"|(?:之前|昨天|昨晚|前天|早上|上午|下午|刚才|那天)的?(?:同事|客服)|昨天(?:打|那|的)|别家|同行"
)
_YOUR_WORDS = re.compile(r"(?:您|你)(?:说|提到|反馈|讲)的")  # reported to the end of the clause: the next one answers
_WARNED = re.compile(
    r"骗子|诈骗|骗局|骗人的|假冒|冒充|千万别|千万不要|别信|别理|不要相信|别相信|都不要|小心|当心|谨防|警惕|拉黑|报警|96110"
    r"|违规|违法|违反|不允许|不让(?:做|搞|站外|这|发|加)?|不许|明令|禁止|严禁|红线|处罚"
    r"|没有?保障|不受保障|不安全|没有?担保|风险|维不了权|没法维权|追不回|查不到也|咱不(?:做|搞|干)|我们不(?:做|搞|干|接|收|会)"
    r"|不(?:搞|做|兴)(?:这|那|什么|返|好评|评价|的)?"
)
_QUESTION = re.compile(r"[?]|(?:吗|么|呢|吧|不|(?<=[了过有到好完])没有?|行不行|好不好|可不可以|是不是)[~!.,]*$")
_QUOTES = re.compile(r'"([^"\n]{1,40})"')


@dataclass(frozen=True)
class Clause:
    """``text[start:end]`` of the normalised reply, punctuation included; ``sentence`` counts from 0."""

    start: int
    end: int
    sentence: int


@dataclass(frozen=True)
class Reading:
    """A normalised text cut into clauses, with the stretches in which each scope holds."""

    text: str
    clauses: tuple[Clause, ...]
    scopes: tuple[tuple[Scope, int, int], ...]

    def scopes_of(self, start: int, end: int, inside: bool = False) -> frozenset[Scope]:
        """The scopes that hold for ``text[start:end]``: those whose stretch covers its middle.

        A negation has to stand before it: one inside is part of what the pattern looked for. Where the pattern looked
        for none, ``inside`` tells to count one that reaches the end, too (验证码千万别发).
        """
        last = max(end - 1, start)
        middle = (start + last) // 2
        found = {
            scope
            for scope, begin, close in self.scopes
            if begin <= middle < close and (scope is not Scope.NEGATED or begin < start)
        }
        if inside and any(
            scope is Scope.NEGATED and start <= begin <= last < close for scope, begin, close in self.scopes
        ):
            found.add(Scope.NEGATED)
        if self._denied_afterwards(start, end):
            found.add(Scope.DENIED)
        return frozenset(found)

    def clause_of(self, place: int) -> Clause:
        for clause in self.clauses:
            if clause.start <= place < clause.end:
                return clause
        return Clause(0, len(self.text), 0)

    def _denied_afterwards(self, start: int, end: int) -> bool:
        clause = self.clause_of(max(end - 1, start))
        return _AFTER.search(self.text[end : clause.end]) is not None


def read(text: str) -> Reading:
    """Cut ``text`` and mark its scopes; the time is proportional to its length."""
    clauses: list[Clause] = []
    scopes: list[tuple[Scope, int, int]] = []
    for number, sentence in enumerate(_SENTENCE.finditer(text)):
        start, end = sentence.span()
        if _WARNED.search(sentence.group()):
            scopes.append((Scope.WARNED, start, end))
        for first, last in _cuts(sentence.group()):
            clauses.append(Clause(start + first, start + last, number))
            scopes += _within(text, start + first, start + last)
        reported = _REPORTED.search(sentence.group())
        if reported:
            scopes.append((Scope.REPORTED, start + reported.start(), end))
    scopes += [(Scope.QUOTED, *match.span(1)) for match in _QUOTES.finditer(text)]
    return Reading(text, tuple(clauses) or (Clause(0, len(text), 0),), tuple(scopes))


def _cuts(sentence: str) -> list[tuple[int, int]]:
    found = []
    for match in _CLAUSE.finditer(sentence):
        start = match.start()
        for gap in _BREAK.finditer(match.group()):
            found.append((start, match.start() + gap.end()))
            start = match.start() + gap.end()
        found.append((start, match.end()))
    return found


def _within(text: str, start: int, end: int) -> list[tuple[Scope, int, int]]:
    clause = text[start:end]
    found = [
        (Scope.NEGATED, start + match.start(), min(start + match.end() + _REACH, end))
        for match in _NOT.finditer(clause)
    ]
    if _CONDITION.search(clause) and not _HOLDS.search(clause):
        found.append((Scope.CONDITION, start, end))
    yours = _YOUR_WORDS.search(clause)
    if yours:
        found.append((Scope.REPORTED, start + yours.start(), end))
    if _QUESTION.search(clause.rstrip()):
        found.append((Scope.QUESTION, start, end))
    return found
