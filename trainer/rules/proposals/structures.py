"""Facts that the form of a document states: tables, lists of steps, types of customers with signs and strategies."""

import re
from collections.abc import Iterator, Sequence

from quizzes.rules.facts import FactType
from trainer.rules.cleaning.shadow import shadow
from trainer.rules.document import Block, BlockKind
from trainer.rules.proposals.proposal import FactProposal, Topic, name_of, stands_alone

_FACTS_OF_TABLE = 300
_STEPS = range(3, 16)
_STEP_LENGTH = 60
_PROCESS = re.compile(r"流程|步骤|程序|顺序|操作方法|处理方法")
_ARROW = re.compile(r"\s*(?:—*→|-+>|➔|➜|⇒)\s*")
_SIGN_WORDS = (
    r"特征|特点|表现|心理|对策|应对(?:方法|策略|方式|技巧)?|策略|处理(?:方法|办法)|沟通(?:方法|技巧)|话术|忌讳|注意"
)
_SIGNS = re.compile(rf"(?:^|(?<=[。;,!:\s]))(?P<name>{_SIGN_WORDS})\s?[:]\s?")
_TYPE = re.compile(r"(?P<type>[㐀-鿿]{1,10}(?:型|类型?)(?:的)?(?:客户|顾客|买家|客人|消费者)?)\s?[:：]?$")
_AMOUNT = re.compile(r"(\d{1,9}(?:\.\d{1,4})?)\s?([^\d\s.,，、:：]{1,4})")


def from_table(block: Block) -> Iterator[FactProposal]:
    """Row × column of a table that has a header row; the first column names the subjects."""
    if len(block.rows) < 2 or not (block.header or _is_header(block.rows[0])):
        return
    header = block.rows[0]
    count = 0
    for offset, row in enumerate(block.rows[1:], 1):
        subject = " ".join(row[0].split()) if row else ""
        if not subject or len(subject) > 40:
            continue
        for attribute, cell in zip(header[1:], row[1:], strict=False):
            value = " ".join(cell.split())
            if not attribute.strip() or not value or count >= _FACTS_OF_TABLE:
                continue
            count += 1
            amount = _AMOUNT.fullmatch(value)
            yield FactProposal(
                subject,
                " ".join(attribute.split()),
                amount[1] if amount else value,
                amount[2] if amount else "",
                FactType.NUMBER if amount else FactType.VALUE,
                block.line + offset,
                "｜".join(cell for cell in row if cell),
            )


def _is_header(row: Sequence[str]) -> bool:
    """Short distinct words without digits: names of columns."""
    cells = [cell.strip() for cell in row]
    return len(set(cells)) == len(cells) >= 2 and all(
        cell and len(cell) <= 12 and not re.search(r"[0-9。；;]", cell) for cell in cells
    )


def from_type(block: Block, topic: Topic) -> Iterator[FactProposal]:
    """特征 and 对策 of a type of customer, named in the line itself or in the heading above."""
    plain = shadow(block.text)
    signs = list(_SIGNS.finditer(plain))
    if not signs:
        return
    names = (block.text[: signs[0].start()].rstrip(), topic.item, topic.heading)
    named = next((found for name in names if (found := _TYPE.search(name))), None)
    if not named:
        return
    for sign, following in zip(signs, [*signs[1:], None], strict=True):
        end = following.start() if following else len(block.text)
        value = block.text[sign.end() : end].strip(" 。；;，,")
        if value:
            name = block.text[sign.start("name") : sign.end("name")]
            yield FactProposal(named["type"], name, value, "", FactType.VALUE, block.line, block.text)


def from_steps(blocks: Sequence[Block], place: int, topic: Topic) -> Iterator[FactProposal]:
    """The list that begins at ``place`` as steps, where its heading or the line above calls it a process."""
    run: list[Block] = []
    for block in blocks[place : place + _STEPS.stop + 1]:
        number = re.match(r"[0-9]{1,3}", block.marker)
        if block.kind != BlockKind.LIST_ITEM or not number or int(number[0]) != len(run) + 1:
            break
        run.append(block)
    above = blocks[place - 1] if place else None
    named = name_of(above) if above is not None and above.kind != BlockKind.TABLE else topic.title
    subject = next((name for name in (named, topic.heading, topic.title) if _PROCESS.search(name)), "")
    if len(run) not in _STEPS or not subject:
        return
    yield _steps(_short(subject, topic), [_step(block.text) for block in run], blocks[place].line)


def from_arrows(block: Block, topic: Topic) -> Iterator[FactProposal]:
    """买家咨询→付款→发货 in one line."""
    parts = [part.strip(" ，,。；;") for part in _ARROW.split(block.text)]
    if len(parts) not in _STEPS or not all(0 < len(part) <= _STEP_LENGTH for part in parts):
        return
    head, colon, first = parts[0].rpartition("：" if "：" in parts[0] else ":")
    subject = head if colon and stands_alone(head) else topic.name
    yield _steps(subject, [first if colon else parts[0], *parts[1:]], block.line, block.text)


def _steps(subject: str, steps: Sequence[str], line: int, evidence: str = "") -> FactProposal:
    value = "；".join(steps)
    return FactProposal(subject, "步骤", value, "", FactType.STEPS, line, evidence or value)


def _step(text: str) -> str:
    """The name of a step: what stands before its colon, else its first sentence."""
    head = re.split(r"[:：]", text, maxsplit=1)[0]
    name = head if len(head) <= 16 and head != text else re.split(r"[。；;]", text, maxsplit=1)[0]
    return name if len(name) <= _STEP_LENGTH else f"{name[: _STEP_LENGTH - 1]}…"


def _short(name: str, topic: Topic) -> str:
    """A line such as 处理流程如下： as a subject."""
    short = re.sub(r"(?:具体|主要)?(?:如下|为|是)?[:：。]*$", "", name)
    short = re.split(r"[，,。；;]", short)[-1]
    return short if stands_alone(short) else topic.title
