"""One proposed fact, and what it takes for a phrase to be its subject."""

import re
from dataclasses import dataclass
from typing import Any

from quizzes.rules.facts import FactType
from trainer.rules.document import Block
from trainer.rules.outline import look

_LONGEST_SUBJECT = 20
_NO_START = re.compile(
    r"(?:如果|如|若|当|在|对|对于|因|因为|由于|由|并|且|并且|而且|但|但是|则|就|也|都|还|会|要|被|把|将|让|使|向|给|为|以|从|经|按|凭|除|"
    r"它|他|她|这|那|其|该|此|你|您|我|咱|大家|自己|所有|任何|一般|可以|可|能|需|需要|应|应该|尽量|每次|首先|然后|最后|同时|以便|以免|"
    r"的|地|得|了|着|过|吧|吗|呢|不|没|未|无|有|是|再|又|更|很|非常|等|及|和|与|或|即|第[一二三四五六七八九十]|来|去|到|说|做|"
    r"一|每|两|几|多|以上|以下|确保|具有|做好|提醒|而)"
)
_NO_END = re.compile(
    r"(?:的|地|得|了|着|在|和|与|或|及|并|且|都|就|也|要|会|能|对|把|被|将|给|向|为|以|从|说|做|还|再|一定|均|时|后|前|则|等不支持|各)$"
)
_PLACE_END = re.compile(r"(?:上面|上|里面|里|中|内|方面)$")
_SIGNS = re.compile(r"[，。、；：！？,.;:!?()（）“”\"《》【】\[\]…—~→*`|]")
_QUESTION = re.compile(r"(?:（[0-9]{1,3}）|\([0-9]{1,3}\)|[都]?有哪些|是什么|怎么做|是做什么的?)+$")
_NAME = re.compile(r"[㐀-鿿]|^[A-Za-z][A-Za-z0-9 ]+$")


@dataclass(frozen=True)
class FactProposal:
    """One statement as a fact, for a person to accept. ``evidence`` is the sentence on line ``line`` that says so.

    ``doubt`` says in Chinese what makes it questionable; empty where nothing does.
    """

    subject: str
    attribute: str
    value: str
    unit: str
    type: FactType
    line: int
    evidence: str
    doubt: str = ""

    def to_report(self) -> dict[str, Any]:
        """The public shape that ``load_content --dry-run --json`` prints."""
        return {"subject": self.subject, "attribute": self.attribute, "value": self.value, "unit": self.unit}


@dataclass(frozen=True)
class Topic:
    """What a block is about where its sentence does not say: the words before its colon, its heading, the title."""

    title: str
    heading: str = ""
    item: str = ""

    @property
    def name(self) -> str:
        return self.item or self.heading or _QUESTION.sub("", self.title)


def stands_alone(phrase: str) -> bool:
    """Whether ``phrase`` can be the subject of a sentence of its own, as far as its ends tell."""
    return (
        2 <= len(phrase) <= _LONGEST_SUBJECT
        and bool(_NAME.search(phrase))
        and not _SIGNS.search(phrase)
        and not _NO_START.match(phrase)
        and not _NO_END.search(phrase)
    )


def as_subject(phrase: str, topic: Topic) -> str:
    """``phrase`` where it stands alone, else what the block is about."""
    phrase = _PLACE_END.sub("", phrase.strip())
    return phrase if stands_alone(phrase) else topic.name


def name_of(block: Block) -> str:
    """A heading's words without number and colon."""
    found = look(block.text)
    return (found.text if found and found.text else block.text).strip(" ：:*")
