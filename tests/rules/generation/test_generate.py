import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes.rules.facts import Fact, FactType
from quizzes.rules.generation.gates import fingerprint, recompute
from quizzes.rules.generation.generate import generate
from quizzes.rules.generation.pool import is_dead
from quizzes.rules.generation.question import GeneratedQuestion
from quizzes.rules.questions import (
    Cloze,
    Matching,
    Multiple,
    Ordering,
    Single,
    TrueFalse,
    content_from_data,
    content_to_data,
)
from quizzes.rules.vocabulary import Flag, Kind, Platform
from tests.rules.generation import made
from tests.rules.generation.made import ON

quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def questions_of(*facts: Fact, seed: int = 1) -> list[GeneratedQuestion]:
    return list(generate(facts, seed=seed, on=ON).questions)


def of_form(form: str, *facts: Fact, seed: int = 1) -> list[GeneratedQuestion]:
    return [question for question in questions_of(*facts, seed=seed) if question.form == form]


def choices(question: GeneratedQuestion) -> list[list[str]]:
    """The groups of texts that stand beside one another."""
    match question.content:
        case Single(options) | Multiple(options):
            return [[option.text for option in options]]
        case Cloze(gaps):
            return [[option.text for option in gap] for gap in gaps]
        case Matching(pairs):
            return [[pair.left.text for pair in pairs], [pair.right.text for pair in pairs]]
        case Ordering(items):
            return [[item.text for item in items]]
    return []


# --- properties --------------------------------------------------------------------------------------------

@quick
@given(made.handfuls(), st.integers(0, 5), st.randoms())
def test_same_facts_and_seed_give_the_same_questions_in_any_order(facts, seed, shuffler):
    shuffled = list(facts)
    shuffler.shuffle(shuffled)

    assert generate(shuffled, seed=seed, on=ON) == generate(facts, seed=seed, on=ON)


@quick
@given(made.handfuls())
def test_every_key_is_found_again_from_the_facts(facts):
    by_key = {fact.key: fact for fact in facts}

    for question in questions_of(*facts):
        assert recompute(question, by_key, ON), question


@quick
@given(made.handfuls())
def test_slugs_fingerprints_and_options_are_distinct(facts):
    questions = questions_of(*facts)

    assert len({question.slug for question in questions}) == len(questions)
    assert len({fingerprint(question.stem, question.content) for question in questions}) == len(questions)
    for question in questions:
        for group in choices(question):
            assert len(set(group)) == len(group)


@quick
@given(made.handfuls())
def test_no_distractor_is_true_here_and_now(facts):
    by_key = {fact.key: fact for fact in facts}
    for question in questions_of(*facts):
        if question.form not in {"attribute_choice", "cloze", "set_choice"}:
            continue
        asked = by_key[question.facts[0]]
        true_here = {
            text
            for fact in facts
            if fact.attribute == asked.attribute and fact.subject == asked.subject and not is_dead(fact)
            if fact.holds_on(ON) and fact.shares_scope_with(asked)
            for text in (fact.value, *fact.accept, *fact.items)
        }
        content = question.content
        options = content.gaps[0] if isinstance(content, Cloze) else content.options
        assert not true_here & {option.text for option in options if not option.correct}


@quick
@given(made.handfuls())
def test_only_facts_in_force_are_asked_and_dead_ones_only_as_dead(facts):
    by_key = {fact.key: fact for fact in facts}

    for question in questions_of(*facts):
        for key in question.facts:
            assert by_key[key].holds_on(ON)
            if is_dead(by_key[key]):
                assert (question.form, question.content) == ("dead_rule", TrueFalse(False))


@quick
@given(made.handfuls())
def test_content_survives_storing(facts):
    for question in questions_of(*facts):
        stored = content_to_data(question.content)
        assert content_from_data(question.kind, stored, stem=question.stem) == question.content


# --- the whole run -----------------------------------------------------------------------------------------

def curriculum(size: int) -> list[Fact]:
    """A curriculum in miniature: ``size`` facts, their types about as frequent as in the real one."""
    rng = random.Random(7)
    types = [made.value] * 55 + [made.rule] * 23 + [made.a_set] * 11 + [made.steps] * 6 + [made.number] * 3
    types += [made.window, made.money]
    facts = []
    for number in range(size):
        make, key = types[rng.randrange(len(types))], f"k{number}"
        fact = make(key, topic=f"t{number % 12}", subject=f"第 {number} 号事项的处理")
        if fact.type == FactType.VALUE:
            wrong = (f"错法{number}", f"旧法{number}", f"土法{number}")
            fact = replace(fact, value=f"办法{number}", wrong=wrong)
        facts.append(fact)
    return facts


def test_five_hundred_and_fifty_facts_give_enough_questions_of_enough_forms():
    generated = generate(curriculum(550), seed=1, on=ON)

    assert len(generated.questions) >= 950
    assert len({question.form for question in generated.questions}) >= 15
    assert {question.facts[0] for question in generated.questions} == {f"k{n}" for n in range(550)}


def test_one_more_fact_leaves_most_questions_as_they_are():
    facts = curriculum(120)
    before = {question.slug: question for question in generate(facts[:-1], seed=1, on=ON).questions}
    after = {question.slug: question for question in generate(facts, seed=1, on=ON).questions}

    changed = [slug for slug in before if after.get(slug) != before[slug]]

    assert len(changed) <= len(before) // 50


def test_another_seed_gives_other_questions_under_the_same_slugs():
    one, other = ({q.slug: q for q in questions_of(*curriculum(60), seed=seed)} for seed in (1, 2))

    assert len(one.keys() & other.keys()) > 0.9 * len(one)
    assert one != other


def test_a_changed_fact_gives_the_next_version_of_the_same_question():
    (before,) = of_form("attribute_choice", made.wrong_item())
    (after,) = of_form("attribute_choice", made.wrong_item(value="店铺"))

    assert after.slug == before.slug
    assert after.content != before.content


def test_what_the_bank_has_is_not_made_again():
    first = generate([made.wrong_item()], seed=1, on=ON)
    known = [fingerprint(question.stem, question.content) for question in first.questions]

    again = generate([made.wrong_item()], seed=1, on=ON, existing=known)

    assert again.questions == ()
    assert {rejection.gate for rejection in again.rejected} == {"duplicate"}


def test_two_facts_with_one_key_are_refused():
    with pytest.raises(ValueError, match="same key"):
        generate([made.wrong_item(), made.wrong_item()], seed=1, on=ON)


def test_a_question_carries_what_its_fact_says_about_itself():
    fact = made.wrong_item(scope=frozenset({Platform.VIP}), topic="vip")

    (question,) = of_form("attribute_choice", fact)

    assert question.stem == "【唯品会】错发的商品寄回，运费由谁承担？"
    assert question.explanation == "错发的商品寄回，运费由商家承担。发错是店铺的责任。"
    assert (question.kind, question.topic, question.platform) == (Kind.SINGLE, "vip", Platform.VIP)
    assert (question.lesson, question.facts, question.as_of) == ("wrong-item-lesson", ("wrong-item",), ON)
    assert question.slug.startswith("attribute-choice-wrong-item-")


def test_a_fact_of_two_platforms_makes_questions_for_all():
    fact = made.wrong_item(scope=frozenset({Platform.TMALL, Platform.TAOBAO}))

    (question,) = of_form("attribute_choice", fact)

    assert question.stem.startswith("【天猫、淘宝】")
    assert question.platform == Platform.ALL


# --- staleness ---------------------------------------------------------------------------------------------

@pytest.mark.parametrize(
    "now",
    [
        made.wrong_item(value="平台", wrong=("商家", "买家", "快递公司")),
        made.wrong_item(subject="漏发的商品补寄"),
        made.wrong_item(valid_to=date(2026, 5, 31)),
        made.wrong_item(attribute=None),
        made.wrong_item(flag=Flag.SHOP_POLICY),
    ],
    ids=["value", "subject", "expired", "attribute gone", "no longer a platform rule"],
)
def test_recompute_notices_that_the_fact_has_changed(now):
    (question,) = of_form("attribute_choice", made.wrong_item())

    assert recompute(question, {"wrong-item": made.wrong_item()}, ON)
    assert not recompute(question, {"wrong-item": now}, ON)


def test_recompute_raises_for_a_fact_that_is_gone():
    (question,) = of_form("attribute_choice", made.wrong_item())

    with pytest.raises(KeyError):
        recompute(question, {}, ON)
