"""scheme.yaml and interview.yaml of a curriculum folder → the assessment scheme and the bank of interview prompts."""

from collections import Counter
from collections.abc import Sequence, Set
from decimal import Decimal
from typing import Any

from quizzes.rules.dialogue.scenario import Dimension
from quizzes.rules.vocabulary import Flag
from trainer.readers.entries import PromptEntry, SchemeEntry
from trainer.readers.lesson_files import read_slug
from trainer.readers.yaml_lines import Fields
from trainer.rules.assessment import POINTS, Need
from trainer.rules.vocabulary import Figure, Method, Tier

BOUNDS = (Tier.EXCELLENT, Tier.GOOD, Tier.FAIR)
LEAST_PROMPTS = 4


def read_scheme(fields: Fields, *, topics: Set[str]) -> SchemeEntry:
    """What it says, in the shape that ``SchemeVersion.data`` keeps; whether it holds together is for the rules."""
    entry = SchemeEntry(
        note=fields.text("note", longest=300),
        data={
            "dimensions": fields.rows("dimensions", lambda row: _dimension(row, topics)),
            "figures": fields.rows("figures", _figure),
        },
        line=fields.line,
    )
    fields.no_others()
    return entry


def _dimension(fields: Fields, topics: Set[str]) -> dict[str, Any]:
    named = fields.texts("topics", required=False)
    for topic in named:
        if topic not in topics:
            fields.wrong("topics", f"topics.yaml 里没有“{topic}”")
    row = {
        "key": (fields.choice("key", Dimension) or Dimension.ATTITUDE).value,
        "weight": fields.integer("weight", least=1, most=100),
        "meaning": fields.text("meaning", longest=200),
        "methods": _methods(fields),
        "topics": list(named),
        "figures": [figure.value for figure in fields.choices("figures", Figure, default=())],
        "anchors": list(fields.texts("anchors", least=POINTS, most=POINTS, longest=200)),
    }
    fields.no_others()
    return row


def _methods(fields: Fields) -> dict[str, str]:
    inner = Fields(
        fields.get("methods"), file=fields.file, problems=fields.problems, where="methods", line=fields.line
    )
    chosen = {method: inner.choice(method, Need) for method in Method if method in inner.raw}
    inner.no_others()
    return {method.value: need.value for method, need in chosen.items() if need}


def _figure(fields: Fields) -> dict[str, Any]:
    tiers = Fields(fields.get("tiers"), file=fields.file, problems=fields.problems, where="tiers", line=fields.line)
    row = {
        "key": (fields.choice("key", Figure) or Figure.FIRST_REPLY).value,
        "unit": fields.text("unit", longest=10),
        "better": fields.text("better"),
        "definition": fields.text("definition", longest=300),
        "formula": fields.text("formula", longest=200),
        "tiers": {tier.value: str(tiers.decimal(tier, most=Decimal(86_400))) for tier in BOUNDS},
        "flag": (fields.choice("flag", Flag) or Flag.VERIFY).value,
        "source": fields.text("source", longest=300),
    }
    if row["better"] not in ("lower", "higher"):
        fields.wrong("better", "写 lower（越低越好）或 higher（越高越好）")
    tiers.no_others()
    fields.no_others()
    return row


def read_prompts(rows: Sequence[Fields]) -> tuple[PromptEntry, ...]:
    """The bank, which must have enough for a second interview in every dimension it has any for."""
    prompts = tuple(_prompt(fields) for fields in rows)
    counts = Counter(prompt.dimension for prompt in prompts)
    for fields, prompt in zip(rows, prompts, strict=True):
        if (count := counts.pop(prompt.dimension, LEAST_PROMPTS)) < LEAST_PROMPTS:
            fields.wrong("dimension", f"“{prompt.dimension}”只有 {count} 道题，至少要 {LEAST_PROMPTS} 道")
    return prompts


def _prompt(fields: Fields) -> PromptEntry:
    entry = PromptEntry(
        slug=read_slug(fields, ""),
        dimension=fields.choice("dimension", Dimension) or Dimension.ATTITUDE,
        text=fields.text("text", longest=300),
        listen=fields.text("listen", longest=300),
        line=fields.line,
    )
    fields.no_others()
    return entry
