"""What questions that were read are against the bank and against each other."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from quizzes.formats.found import FoundQuestion
from quizzes.models import Question, ScenarioVersion
from quizzes.rules.duplicates import BankIndex, Entry, Match, entry_of
from quizzes.rules.facts import Fact
from quizzes.rules.generation.gates import fingerprint
from quizzes.rules.questions import content_from_data
from quizzes.rules.vocabulary import Kind, QuestionState
from trainer.models import LessonVersion, Product
from trainer.queries.facts_in_force import facts_of
from trainer.queries.scenarios import known_names
from trainer.readers.scenario_text import Fault, read_scenario_text
from trainer.rules.changes import substance
from trainer.rules.loaded_scenarios import LoadedScenario, Part
from trainer.rules.loads import Difference, key_of
from trainer.rules.products import ProductRow, product_facts
from trainer.rules.vocabulary import ProductState

PART = 500


@dataclass(frozen=True)
class Compared:
    """``twin`` is the id of the question in the bank that it was compared with, ``fingerprint`` how it reads, and
    ``reason`` what a person has to look at."""

    difference: Difference
    fingerprint: str
    twin: int | None = None
    reason: str = ""

    @property
    def slug(self) -> str:
        """That of a new question: the same for all that read the same, whichever load brings them in."""
        return f"loaded-{self.fingerprint[:16]}"


def compare_questions(questions: Sequence[FoundQuestion]) -> list[Compared]:
    """One answer for each question, in their order. Retired questions of the bank count as not there."""
    prints = [fingerprint(question.stem, question.content) for question in questions]
    twins = _twins(set(prints))
    seen: dict[str, int] = {}
    compared = []
    for question, print_ in zip(questions, prints, strict=True):
        if print_ in seen:
            reason = f"和第 {seen[print_]} 行的题一样。"
            compared.append(Compared(Difference.DUPLICATE, print_, reason=reason))
        elif print_ in twins:
            pk, key, explanation = twins[print_]
            same = key == (question.kind, key_of(question.content)) and question.explanation in ("", explanation)
            compared.append(Compared(Difference.SAME if same else Difference.CHANGED, print_, pk))
        else:
            compared.append(Compared(Difference.NEW, print_))
        seen.setdefault(print_, question.line)
    return compared


def compare_nearly(questions: Sequence[FoundQuestion]) -> list[Compared]:
    """As ``compare_questions``; new ones that only resemble something, in the bank or before them, say what."""
    compared = compare_questions(questions)
    if all(one.difference != Difference.NEW for one in compared):
        return compared
    bank = BankIndex(_bank())
    for number, (question, one) in enumerate(zip(questions, compared, strict=True)):
        if one.difference != Difference.NEW:
            continue
        entry = entry_of(-1 - number, question.stem, question.content, question.platform)
        if matches := bank.find(entry):
            compared[number] = _near(one, matches[0], questions)
        bank.add(entry)
    return compared


def _near(one: Compared, match: Match, questions: Sequence[FoundQuestion]) -> Compared:
    other = "题库里的一道题" if match.id > 0 else f"第 {questions[-1 - match.id].line} 行的题"
    how = f"很像，{match.differs}，请看是不是两道题" if match.differs else "几乎一样，请看要不要留两道"
    return replace(
        one, difference=Difference.NEAR, twin=match.id if match.id > 0 else None, reason=f"和{other}{how}。"
    )


def _bank() -> Iterator[Entry]:
    rows = Question.objects.exclude(state=QuestionState.RETIRED).exclude(current=None).order_by("pk")
    said = rows.values_list("pk", "current__kind", "current__stem", "current__content", "current__platform")
    for pk, kind, stem, content, platform in said.iterator(chunk_size=PART):
        yield entry_of(pk, stem, content_from_data(Kind(kind), content, stem=stem), platform)


def compare_lessons(drafts: Sequence[tuple[str, str]]) -> list[tuple[Difference, str]]:
    """For each title and body: whether a lesson of that title says the same, and its slug; ``""`` where none is."""
    titles = {title for title, _ in drafts}
    there = LessonVersion.objects.filter(title__in=titles, lesson__retired_at=None).order_by("number")
    newest = {title: (slug, body) for title, slug, body in there.values_list("title", "lesson__slug", "body")}
    seen: set[tuple[str, str]] = set()
    compared = []
    for title, body in drafts:
        slug, said = newest.get(title, ("", ""))
        if (title, body) in seen:
            compared.append((Difference.DUPLICATE, ""))
        elif not slug:
            compared.append((Difference.NEW, ""))
        else:
            compared.append((Difference.SAME if said.strip() == body.strip() else Difference.CHANGED, slug))
        seen.add((title, body))
    return compared


def compare_products(products: Sequence[ProductRow]) -> list[Difference]:
    """Whether each is on the shelf by its SKU, and with the same name, shelf date, platforms and facts."""
    skus = [product.sku for product in products]
    there = {product.sku: product for product in Product.objects.filter(sku__in=skus).select_related("lesson")}
    facts = product_facts(products)
    compared = []
    for row in products:
        found = there.get(row.sku)
        if found is None:
            compared.append(Difference.NEW)
            continue
        newest = found.lesson.versions.order_by("-number").first()
        said = facts_of(newest) if newest else []
        active = found.state == ProductState.ACTIVE
        same = active and (found.name, found.shelf_on, found.platforms) == (row.name, row.shelf_on, list(row.platforms))
        same = same and _known(said) == _known(facts[row.sku])
        compared.append(Difference.SAME if same else Difference.CHANGED)
    return compared


def compare_scenario(found: LoadedScenario) -> tuple[Difference, tuple[Fault, ...]]:
    """What a scenario, or its transcripts, are against the newest version of that slug; and the lessons and facts it
    names that are not there."""
    faults: tuple[Fault, ...] = ()
    if found.part == Part.SCENARIO:
        lessons, facts = known_names()
        faults = read_scenario_text(found.text, lessons=lessons, facts=facts).faults
    newest = ScenarioVersion.objects.filter(scenario__slug=found.slug).order_by("-number").first()
    if newest is None:
        return Difference.NEW, faults
    said = newest.text if found.part == Part.SCENARIO else newest.golden_text
    return Difference.SAME if said == found.text else Difference.CHANGED, faults


def _known(facts: Iterable[Fact]) -> dict[str, tuple]:
    return {fact.key: substance(fact) for fact in facts}


def _twins(prints: set[str]) -> dict[str, tuple[int, tuple, str]]:
    """Id, kind with key, and explanation of the questions that read like one of ``prints``."""
    found = {}
    ordered = sorted(prints)
    there = Question.objects.exclude(state=QuestionState.RETIRED).order_by("-pk")  # of twins the oldest stands
    for start in range(0, len(ordered), PART):
        rows = there.filter(current__fingerprint__in=ordered[start : start + PART]).values_list(
            "pk", "current__fingerprint", "current__kind", "current__stem", "current__content", "current__explanation"
        )
        for pk, print_, kind, stem, content, explanation in rows:
            key = key_of(content_from_data(Kind(kind), content, stem=stem))
            found[print_] = (pk, (Kind(kind), key), explanation)
    return found
