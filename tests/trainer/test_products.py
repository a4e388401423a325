"""Products out of their sheets: lesson, questions and gate quiz, once."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from quizzes.commands.attempts import CannotStart, start_exam
from quizzes.models import AuditEntry, Question
from quizzes.rules.facts import Attribute, Fact, FactType
from quizzes.rules.vocabulary import Platform
from trainer.commands.products import save_products, set_gate
from trainer.models import LessonVersion, Product
from trainer.readers.entries import ProductEntry

pytestmark = pytest.mark.django_db

TRAIT = Attribute("product_trait", "参数", "{subject}是什么？", "{subject}是{value}。")
PARTS = ("内胆", "外壳", "杯盖", "密封圈", "提手", "杯底")


def trait(sku, number, value):
    return Fact(
        key=f"{sku.lower()}-{number}",
        type=FactType.VALUE,
        subject=f"保温杯 {sku} 的{PARTS[number]}材质",
        note=f"资料卡第 {number + 1} 行写的是这一种。",
        attribute=TRAIT,
        value=value,
        wrong=("普通铝合金", "钠钙玻璃", "碳纤维复合板"),
        scope=frozenset({Platform.ALL}),
    )


def entry(sku="BW05", values=("316 不锈钢", "304 不锈钢", "聚丙烯", "食品级硅胶", "尼龙织带", "天然橡胶"), **more):
    facts = tuple(trait(sku, number, value) for number, value in enumerate(values))
    said = {"name": f"保温杯 {sku}", "shelf_on": timezone.localdate() + timedelta(days=7), "platforms": (Platform.ALL,)}
    return ProductEntry(sku=sku, facts=facts, source="商品资料表", **{**said, **more})


def save(*entries, by=None):
    return save_products(entries=entries, by=by, at=timezone.now())


def test_a_product_has_a_lesson_to_read_questions_to_practise_and_a_quiz_to_pass(admin, trainee, now):
    saved = save(entry(), by=admin)

    product = Product.objects.get()
    version = LessonVersion.objects.get(lesson=product.lesson)
    questions = Question.objects.live().filter(current__lesson_key=product.lesson.slug)
    assert saved.created == ("BW05",)
    assert version.published_at and version.facts.count() == 6 and "316 不锈钢" in version.body
    assert product.lesson.owner == admin
    assert questions.count() >= 12
    attempt = start_exam(blueprint_id=product.blueprint_id, learner=trainee, at=timezone.now(), seed=1)
    assert {item.version.lesson_key for item in attempt.items.select_related("version")} == {product.lesson.slug}
    assert attempt.items.count() == 6  # six facts: no two questions of a paper rest on the same one
    assert attempt.pass_mark == Decimal(80)


def test_saving_twice_changes_nothing():
    save(entry())
    before = (LessonVersion.objects.count(), Question.objects.count(), AuditEntry.objects.count())

    saved = save(entry())

    assert saved.unchanged == ("BW05",)
    assert before == (LessonVersion.objects.count(), Question.objects.count(), AuditEntry.objects.count())


def test_another_fact_waits_as_a_draft_until_somebody_publishes_it():
    save(entry())

    saved = save(entry(values=("201 不锈钢", "304 不锈钢", "聚丙烯", "食品级硅胶", "尼龙织带", "天然橡胶")))

    newest = LessonVersion.objects.latest("number")
    assert saved.changed == ("BW05",)
    assert newest.published_at is None
    assert newest.facts.get(key="bw05-0").value == "201 不锈钢"


def test_another_shelf_date_holds_at_once_and_makes_no_draft():
    save(entry())
    later = timezone.localdate() + timedelta(days=30)

    saved = save(entry(shelf_on=later))

    assert saved.moved == ("BW05",)
    assert Product.objects.get().shelf_on == later
    assert LessonVersion.objects.count() == 1


def test_a_product_with_too_few_facts_has_no_quiz_until_it_has_more(now):
    save(entry(values=("316 不锈钢", "304 不锈钢")))
    product = Product.objects.get()

    assert product.blueprint is None
    assert set_gate(product=product, by=None, at=now) is None


def test_two_products_of_one_sheet_must_not_share_a_sku():
    with pytest.raises(ValueError, match="same SKU"):
        save(entry(), replace(entry(), name="另一只杯子"))


def test_a_gate_quiz_may_be_sat_twice_a_day(trainee, now):
    save(entry())
    quiz = Product.objects.get().blueprint_id
    first = start_exam(blueprint_id=quiz, learner=trainee, at=now, seed=1)

    with pytest.raises(CannotStart):
        start_exam(blueprint_id=quiz, learner=trainee, at=first.ends_at + timedelta(hours=11), seed=2)
    assert start_exam(blueprint_id=quiz, learner=trainee, at=first.ends_at + timedelta(hours=12), seed=3) != first


def test_the_same_name_in_another_spelling_is_another_lesson():
    save(entry("BW05"), entry("bw-05"), entry("杯子05"))

    assert Product.objects.values("lesson__slug").distinct().count() == 3


def test_many_products_of_one_sheet_are_saved_in_moderate_time(django_assert_max_num_queries):
    entries = [entry(f"BW{number:02}", values=tuple(f"材质 {number}-{n}" for n in range(6))) for number in range(20)]

    with django_assert_max_num_queries(1000):
        save(*entries)

    assert Product.objects.exclude(blueprint=None).count() == 20
