"""Facts that a draft seems to state, proposed to the person who reviews it. Nothing is taken for a fact unseen."""

import re
from collections.abc import Iterator, Sequence

from trainer.rules.document import Block, BlockKind
from trainer.rules.proposals.proposal import FactProposal, Topic, name_of, stands_alone
from trainer.rules.proposals.sentences import from_sentence, sentences
from trainer.rules.proposals.structures import from_arrows, from_steps, from_table, from_type

__all__ = ["FactProposal", "propose"]

_MOST = 200  # proposals of one lesson; nobody would look at more
_ITEM_TOPIC = re.compile(r"([^：:，,。；;]{2,20})[：:]\s?(?=\S)")
_LONGEST_SENTENCE = 300


def propose(title: str, blocks: Sequence[Block]) -> tuple[FactProposal, ...]:
    """The facts in the order of the blocks of one lesson, each once."""
    found: dict[tuple[str, str, str], FactProposal] = {}
    for proposal in _proposals(title, blocks):
        found.setdefault((proposal.subject, proposal.attribute, proposal.value), proposal)
        if len(found) >= _MOST:
            break
    return tuple(found.values())


def _proposals(title: str, blocks: Sequence[Block]) -> Iterator[FactProposal]:
    own = title.rpartition("：")[2] or title
    heading = ""
    in_list = False
    for place, block in enumerate(blocks):
        if block.kind == BlockKind.HEADING:
            heading, in_list = name_of(block), False
            continue
        if block.kind == BlockKind.TABLE:
            yield from from_table(block)
            continue
        item = _ITEM_TOPIC.match(block.text)
        named = item[1].strip() if item and stands_alone(item[1].strip()) and not item[1].endswith("指") else ""
        topic = Topic(own, heading if stands_alone(heading) else "", named)
        if block.kind == BlockKind.LIST_ITEM and not in_list:
            yield from from_steps(blocks, place, topic)
        in_list = block.kind == BlockKind.LIST_ITEM
        yield from from_arrows(block, topic)
        of_type = list(from_type(block, Topic(own, heading, named)))
        yield from of_type
        text = block.text[item.end() :] if item and named else block.text
        for sentence, plain in sentences(text):
            if len(sentence) <= _LONGEST_SENTENCE and not of_type:
                yield from from_sentence(sentence, plain, block.line, topic)
