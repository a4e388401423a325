"""What was read in a file, as the entries of its load."""

import hashlib
import json
from collections.abc import Iterator
from heapq import merge
from typing import Any

from quizzes.formats.found import FoundQuestion, to_data
from trainer.models import LoadEntry, LoadFile
from trainer.queries.load_differences import (
    Compared,
    compare_lessons,
    compare_nearly,
    compare_products,
    compare_scenario,
)
from trainer.readers.files import FileRead
from trainer.readers.loaded_scenarios import held
from trainer.rules.loaded_lessons import draft_to_data
from trainer.rules.loaded_products import product_to_data
from trainer.rules.loads import Difference, EntryKind, first_decision


def entries_of(file: LoadFile, read: FileRead) -> Iterator[LoadEntry]:
    """Unsaved entries in the order of the file's lines, made one by one: there may be very many."""
    found = (_questions(read), _held(read), _lessons(read), _products(read), _scenarios(read), _removed(read))
    rows = merge(*found, key=lambda row: row["line"])
    for position, row in enumerate(rows, 1):
        yield LoadEntry(
            load_id=file.load_id,
            file=file,
            position=position,
            found=_hash(row["kind"], row.get("text", ""), row.get("data")),
            decision=first_decision(row["kind"], row.get("difference", Difference.NEW)),
            **row,
        )


def _questions(read: FileRead) -> Iterator[dict[str, Any]]:
    compared = compare_nearly(read.questions)
    for question, result in zip(read.questions, compared, strict=True):
        yield _question(question, result)


def _held(read: FileRead) -> Iterator[dict[str, Any]]:
    for one in read.held:
        yield {
            "kind": EntryKind.HELD,
            "line": one.line,
            "text": one.text,
            "reason": one.reason,
            "data": to_data(one.proposal) if one.proposal else None,
        }


def _question(question: FoundQuestion, compared: Compared) -> dict[str, Any]:
    return {
        "kind": EntryKind.QUESTION,
        "line": question.line,
        "data": to_data(question),
        "difference": compared.difference,
        "twin_id": compared.twin,
        "reason": compared.reason,
        "slug": compared.slug,
    }


def _lessons(read: FileRead) -> Iterator[dict[str, Any]]:
    document = read.document
    if document is None:
        return
    compared = compare_lessons([(draft.title, draft.body) for draft in document.lessons])
    for draft, facts, (difference, slug) in zip(document.lessons, document.facts, compared, strict=True):
        doubts = [doubt for doubt in document.flagged if draft.first_line <= doubt.line <= draft.last_line]
        yield {
            "kind": EntryKind.LESSON,
            "line": draft.first_line,
            "reason": "\n".join(f"第 {doubt.line} 行：{doubt.reason}（{doubt.text[:60]}）" for doubt in doubts),
            "data": {**draft_to_data(draft, document.source_of(draft), facts), "slug": slug},
            "difference": difference,
        }


def _products(read: FileRead) -> Iterator[dict[str, Any]]:
    if read.products is None:
        return
    products = read.products.products
    for product, difference in zip(products, compare_products(products), strict=True):
        yield {
            "kind": EntryKind.PRODUCT,
            "line": product.row,
            "data": product_to_data(product),
            "difference": difference,
        }
    for notice in read.products.notices:
        yield {"kind": EntryKind.REMOVED, "line": notice.row, "reason": notice.text, "data": {"id": ""}}


def _scenarios(read: FileRead) -> Iterator[dict[str, Any]]:
    for scenario in read.scenarios:
        difference, faults = compare_scenario(scenario)
        if not faults:
            yield {"kind": EntryKind.SCENARIO, "line": 1, "data": scenario.to_data(), "difference": difference}
        for one in held(faults, scenario.text):
            yield {"kind": EntryKind.HELD, "line": one.line, "text": one.text, "reason": one.reason}


def _removed(read: FileRead) -> Iterator[dict[str, Any]]:
    for removed in read.removed:
        yield {
            "kind": EntryKind.REMOVED,
            "line": removed.line,
            "text": removed.text,
            "reason": removed.reason,
            "data": {"id": removed.id},
        }


def _hash(*parts: Any) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
