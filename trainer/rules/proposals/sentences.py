"""Facts that single sentences state: amounts and deadlines, what must and must not be, what a word means."""

import re
from collections.abc import Iterator

from quizzes.rules.facts import FactType
from trainer.rules.cleaning.shadow import shadow
from trainer.rules.proposals.proposal import FactProposal, Topic, as_subject, stands_alone

_SENTENCE = re.compile(r"[^。!?;\n]*[。!?;\n]*[\"')]*")
_CLAUSE = re.compile(r"[^,。!?;\n]+")
_UNIT = (
    r"个工作日|工作日|个小时|小时|分钟|秒钟?|毫秒|个自然日|自然日|天|日|个星期|星期|周|个月|个季度|季度|年|万元|元|块钱?|%|个百分点|次|分(?!钟|钱)|倍|件|条|"
    r"字|人|折|张|公斤|千克|kg|克|g(?![a-z])|斤|厘米|cm|毫米|mm|米|毫升|ml|升|个字|位|笔|单(?!独|一)|级"
)
_AMOUNT = re.compile(
    rf"(?P<bound>不得?超过|不能超过|不超出|不高于|最多|至多|最长|不少于|不低于|不得少于|不得低于|至少|最少|超过|大于|多于|高于|低于|少于|不足|"
    rf"满|>=|<=|≥|≤|>|<)?\s?(?<![\d.:/点-])(?P<number>\d{{1,9}}(?:\.\d{{1,4}})?)(?:\s?[-~至到]\s?(?P<upper>\d{{1,9}}(?:\.\d{{1,4}})?))?\s?"
    rf"(?P<unit>{_UNIT})(?!无理由)(?P<after>之?以?内|之?前|之?后|以上|以下|起)?"
)
_EVENT = re.compile(r"(?P<event>[㐀-鿿a-z0-9]{2,14}?)(?:之日起|起|之?后)(?:的)?$")
_HAPPENED = re.compile(
    r"(?P<event>(?:订单|买家|顾客|消费者|快递|商品)?"
    r"(?:签收|付款|收货|下单|发货|成交|拍下|揽收|支付|审核通过|审批通过|到货))$"
)
_TRIM = re.compile(r"^(?:并|且|但|则|就|请|可以?|必须|应当?|须|需要?|要|务必|客服需?)+")
_TAIL = re.compile(
    r"(?:必须|应当?|须|需要?|要|务必|尽量|一般|原则上|不得|不能|可以?|在|于|为|是|按|达到?|共|只|仅|均|都|每次|罚款|扣|奖励?|处罚|:)+$"
)
_MODAL_TAIL = re.compile(r"(?:则|均|都|也|就|绝|决|实在|但|暂|一律|并|且|坚|还)+$")
_LEAD = re.compile(r"^(?:\s|其中|此外|另外|同时|而且|并且|但是?|因此|所以|例如|比如|而|注意:?|注:)+")
_IF = re.compile(r"^(?:如果|如|若|当|因为?|由于|假如|一旦|只要|要是)")
_MUST_NOT = (
    r"不得(?!不|了|已|而知)|严禁|禁止|不准(?!确|时|备)|不许|不允许|不能(?!够|否|保证)|不可以?(?!或缺|能|避免|思议|分割|缺少)|切勿|切忌|请勿|"
    r"不支持(?=\S{2})|决不允许|一律不(?:得|能|可|准)"
)
_MUST = r"必须(?![的性])|务必|一律(?!不)|应当|不得不|一定要"
_MODAL = re.compile(rf"(?P<not>{_MUST_NOT})|(?P<must>{_MUST})")
_UNLESS = re.compile(
    r"除非(?P<case>[^,。;!?()]{2,40})|(?P<but>[^,。;!?()]{2,30}?)(?:的)?除外|"
    r"(?<!去)除(?!了)(?P<out>[^,。;!?()]{2,30}?)(?:以外|之外|外)(?=[,均一都不])"
)
_DEFINITION = re.compile(
    r"^(?:所谓的?)?\"?(?P<word>[^,。:;\"]{2,16}?)\"?(?:,)?(?:是指|指的是|就是指|的意思是|的定义是|是指的)"
    r"(?P<meaning>[^。!?\n]{4,120})"
)
_DOUBTS = (
    (re.compile(r"[?]|吗[。!]?$|是否|如何|怎么|什么时候"), "原句是问句"),
    (re.compile(r"例如|比如|譬如|举例|假如|假设"), "原句是举例"),
    (re.compile(r"不再|已取消|已废止|曾经|以前|过去|原来规定|旧规"), "原句像是旧规定"),
    (re.compile(r"大概|大约|左右|可能|也许|据说|听说|似乎|估计|差不多|建议|尽量|一般|原则上"), "原句不肯定"),
    (re.compile(r"不是|并非|并不|不意味着|不等于"), "原句是否定的，请看清说的是什么"),
    (re.compile(r"亲[,爱~]|您"), "像是对顾客说的话"),
)
_NEGATED = re.compile(r"不会|不予|无需|不需|不用|没有|无法|不必|不再")
_VERB = re.compile(r"(罚款|扣分?|奖励|休息|赔付?|补偿|屏蔽|延长|提前|每(?:天|周|月|年|半月|季度))\s?$")
_WEAK_UNITS = ("件", "次", "位", "个字", "笔", "张", "条", "级", "单", "人", "字", "分")
_QUOTED = re.compile(r"“[^”]{0,400}”|\"[^\"]{0,400}\"")
_BOUND_NAMES = (
    (re.compile(r"不得?超|不能超|不超出|不高于|最多|至多|最长|<=|≤"), "上限"),
    (re.compile(r"不少|不低|不得少|不得低|至少|最少|>=|≥"), "下限"),
    (re.compile(r"满"), "门槛"),
    (re.compile(r"超过|大于|多于|高于|>"), "超过的界限"),
    (re.compile(r"低于|少于|不足|<"), "不到的界限"),
)
_LONGEST_VALUE = 80
_PER = re.compile(r"(?:每|一|首|单|当)[㐀-鿿]{1,7}")  # 每月休息, 一分钟, 单次: names what is counted
_WHO = re.compile(r"客服|人员|店铺|商家|卖家|买家|顾客|客户|消费者|主管|员工|新人")


def sentences(text: str) -> Iterator[tuple[str, str]]:
    """Each sentence with its shadow, in which it is looked at."""
    plain = shadow(text)
    for found in _SENTENCE.finditer(plain):
        sentence = text[found.start() : found.end()].strip()
        if sentence:
            yield sentence, shadow(sentence)


def from_sentence(sentence: str, plain: str, line: int, topic: Topic) -> Iterator[FactProposal]:
    """Every fact that one sentence states. The words are those of the sentence, not of its shadow."""
    doubt = _doubt(sentence, plain)
    yield from _definition(sentence, plain, line, doubt)
    for found in _CLAUSE.finditer(plain):
        start, end = found.start(), found.end()
        yield from _amounts(sentence, plain, (start, end), line, topic, doubt)
        yield from _rules(sentence, plain, (start, end), line, topic, doubt)
    yield from _exceptions(sentence, plain, line, topic, doubt)


def _doubt(sentence: str, plain: str) -> str:
    found = next((reason for pattern, reason in _DOUBTS if pattern.search(plain)), "")
    if found:
        return found
    spoken = _QUOTED.search(sentence)
    return "出自引号里的话，可能是话术" if spoken and len(spoken[0]) * 2 > len(sentence) else ""


def _amounts(
    sentence: str, plain: str, clause: tuple[int, int], line: int, topic: Topic, doubt: str
) -> Iterator[FactProposal]:
    for found in _AMOUNT.finditer(plain, *clause):
        before = _LEAD.sub("", sentence[clause[0] : found.start()].strip())
        after = sentence[found.end() : clause[1]].strip()
        unit, limit = sentence[found.start("unit") : found.end("unit")], found["after"] or ""
        verb = _VERB.search(plain, clause[0], found.start())
        if after[:1] in (":", "：") or not (found["bound"] or limit or verb or unit not in _WEAK_UNITS):
            continue
        value = f"{found['number']}-{found['upper']}" if found["upper"] else found["number"]
        odd = doubt or ("句中有否定，请看清说的是什么" if _NEGATED.search(before) else "")
        if limit.endswith("内"):
            subject, attribute, kind = _deadline(before, after, topic)
        else:
            subject, attribute = _quantity(before, after, found["bound"] or "", verb[1] if verb else "", unit, topic)
            attribute += {"以上": "（以上）", "以下": "（以下）", "起": "（起）"}.get(limit, "")
            kind = FactType.NUMBER
        yield FactProposal(subject, attribute, value, unit, kind, line, sentence, odd)


def _deadline(before: str, after: str, topic: Topic) -> tuple[str, str, FactType]:
    """Subject, attribute and type of “… N 天内 …”: what has to be done, and from what on the time counts."""
    action = _TRIM.sub("", after)
    plain = shadow(before)
    event = _EVENT.search(plain) or _HAPPENED.search(plain)
    if event:
        name = re.split(r"[在应须需]", before[event.start("event") : event.end("event")])[-1]
        return as_subject(action, topic), f"{_TRIM.sub('', name)}后的期限", FactType.WINDOW
    if _IF.fullmatch(plain):
        return topic.name, f"{after[:16]}的时限" if after else "时限", FactType.NUMBER
    lead = _TAIL.sub("", before)
    if stands_alone(lead) and lead != before and not _WHO.search(lead):
        return lead, f"{action}的时限" if len(action) <= 8 else "时限", FactType.NUMBER
    subject = lead if stands_alone(lead) and not stands_alone(action) else as_subject(action or lead, topic)
    return subject, "时限", FactType.NUMBER


def _quantity(before: str, after: str, bound: str, verb: str, unit: str, topic: Topic) -> tuple[str, str]:
    """Subject and attribute of an amount that is no deadline."""
    lead = _TAIL.sub("", before)
    named = next((name for pattern, name in _BOUND_NAMES if bound and pattern.search(bound)), "")
    if named == "门槛" and stands_alone(after):
        lead = after
    attribute = named or verb or ("金额" if unit[-1:] in "元块" else "数值")
    if not named and _PER.fullmatch(lead):
        attribute = lead
    return as_subject(lead, topic), attribute


def _rules(
    sentence: str, plain: str, clause: tuple[int, int], line: int, topic: Topic, doubt: str
) -> Iterator[FactProposal]:
    found = _MODAL.search(plain, *clause)
    if not found or _AMOUNT.match(plain, found.start()):
        return
    before = _MODAL_TAIL.sub("", _LEAD.sub("", sentence[clause[0] : found.start()].strip()))
    value = sentence[found.end() : clause[1]].strip("：:)） ")
    if len(value) < 2 or len(value) > _LONGEST_VALUE or (found[0][:2] in ("不能", "不可") and _IF.match(before)):
        return
    attribute = "不得" if found["not"] else "必须"
    if attribute == "不得" and found[0] == "不支持":
        attribute = "不支持"
    subject = as_subject(before, topic)
    if before and subject != before and not stands_alone(before):
        value = f"{before}，{attribute}{value}" if 2 < len(before) <= 30 else value
    yield FactProposal(subject, attribute, value, "", FactType.RULE, line, sentence, doubt)


def _exceptions(sentence: str, plain: str, line: int, topic: Topic, doubt: str) -> Iterator[FactProposal]:
    for found in _UNLESS.finditer(plain):
        start, end = next(found.span(name) for name in ("case", "but", "out") if found[name])
        case = sentence[start:end].strip()
        head = sentence[: found.start()].strip("，, ")
        if not head and found["out"]:
            head = re.split(r"由|均|都|一律|应|须|不", sentence[found.end() :].strip("，, "))[0]
        subject = as_subject(re.split(r"[,，。；;：:]", head)[0], topic)
        yield FactProposal(subject, "例外", case, "", FactType.RULE, line, sentence, doubt)


def _definition(sentence: str, plain: str, line: int, doubt: str) -> Iterator[FactProposal]:
    found = _DEFINITION.match(plain)
    word = sentence[found.start("word") : found.end("word")].strip() if found else ""
    if found and stands_alone(word):
        meaning = sentence[found.start("meaning") : found.end("meaning")].strip("：: ，,;；")
        yield FactProposal(word, "定义", meaning, "", FactType.VALUE, line, sentence, doubt)
