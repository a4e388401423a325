"""Facts out of a product sheet: readable questions with a right key, under keys that stay."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from quizzes.rules.facts import FactType
from quizzes.rules.generation.generate import generate
from quizzes.rules.plausible import right_answer
from trainer.rules.products import ProductAttribute, ProductRow, fact_key, near, product_facts, subject_of

COLUMNS = ("类目", "价格", "鞋面材质", "重量", "颜色", "是否防水", "鞋跟高", "库存")
SHOES = [
    ("云跑越野跑鞋", "TR-20", ["跑鞋", "399", "工程网布", "260g", "黑色、蓝色", "是", "3.5cm", "100"]),
    ("轻步缓震跑鞋", "RB-11", ["跑鞋", "329", "飞织面料", "215g", "白色、灰色", "否", "3cm", "20"]),
    ("街头板鞋", "BX-07", ["板鞋", "269", "头层牛皮", "380g", "白色", "否", "2.5cm", "3"]),
    ("城市马丁靴", "MD-01", ["靴子", "459", "疯马皮", "720g", "黑色、棕色", "是", "4cm", "8"]),
    ("沙滩凉鞋", "LX-33", ["凉鞋", "159", "EVA 发泡", "180g", "蓝色、绿色", "是", "2cm", "5"]),
    ("商务德比鞋", "DB-09", ["皮鞋", "529", "小牛皮", "430g", "黑色、棕色、酒红色", "否", "3.2cm", "2"]),
]


def products(shoes=SHOES):
    return [
        ProductRow(name, sku, date(2026, 6, 18), tuple(map(ProductAttribute, COLUMNS, values)), row)
        for row, (name, sku, values) in enumerate(shoes, 2)
    ]


def facts(shoes=SHOES):
    return [fact for facts in product_facts(products(shoes)).values() for fact in facts]


def test_six_shoes_give_questions_of_many_forms_that_all_pass_the_gates():
    made = generate(facts(), seed=1, on=date(2026, 6, 1))

    forms = Counter(question.form for question in made.questions)
    assert forms["attribute_choice"] >= 6 and forms["number_choice"] == 18 and forms["set_choice"] >= 5
    assert forms["matching"] >= 2 and forms["true_false"] >= 36
    assert {rejection.gate for rejection in made.rejected} <= {"material", "reading"}


@pytest.mark.parametrize(
    ("stem", "key"),
    [
        ("城市马丁靴的鞋面材质是什么？", "疯马皮"),
        ("沙滩凉鞋的重量是多少？", "180 克"),
        ("商务德比鞋的价格是多少？", "529 元"),
    ],
)
def test_the_key_is_what_the_sheet_says(stem, key):
    question = next(q for q in generate(facts(), seed=1, on=date(2026, 6, 1)).questions if q.stem == stem)

    assert [option.text for option in question.content.options if option.correct] == [key]
    assert len(question.content.options) == 4


def test_what_is_said_of_yes_and_no_reads_as_chinese():
    made = generate(facts(), seed=1, on=date(2026, 6, 1))
    said = {q.stem: right_answer(q.content) for q in made.questions if "防水" in q.stem}

    assert set(said) <= {f"{name}{verb}。" for name, *_ in SHOES for verb in ("防水", "不防水")}
    for name, _, values in SHOES:
        assert said.get(f"{name}防水。", values[5] == "是") == (values[5] == "是")


def test_a_column_is_asked_about_by_what_stands_in_it():
    found = {fact.attribute.name: fact for fact in product_facts(products())["TR-20"]}

    assert {name: fact.type for name, fact in found.items()} == {
        "类目": FactType.VALUE, "价格": FactType.NUMBER, "鞋面材质": FactType.VALUE, "重量": FactType.NUMBER,
        "颜色": FactType.SET, "是否防水": FactType.SET, "鞋跟高": FactType.NUMBER,
    }  # fmt: skip
    assert (found["鞋跟高"].number, found["鞋跟高"].unit) == (Decimal("3.5"), "厘米")
    assert found["鞋面材质"].attribute.siblings and not found["颜色"].attribute.siblings


def test_a_value_that_may_include_another_is_no_distractor():
    shoes = [(f"鞋{n}", f"S{n}", ["鞋", "1", text]) for n, text in enumerate(["四季", "春秋", "夏季", "冬季"])]

    assert not any(fact.attribute.siblings for fact in facts(shoes) if fact.attribute.name == "鞋面材质")


def test_keys_stay_when_the_sheet_is_loaded_again_with_more_products():
    before = {fact.key: (fact.subject, fact.value, fact.number) for fact in facts(SHOES[:4])}
    after = {fact.key: (fact.subject, fact.value, fact.number) for fact in facts()}

    assert before.items() <= after.items()
    assert len(after) == len(facts())


def test_keys_tell_skus_apart_that_look_alike():
    keys = [fact_key(sku, "颜色") for sku in ("TR-20", "TR 20", "tr-20", "红色", "绿色")]

    assert len(set(keys)) == 5
    assert all(len(key) <= 80 for key in [*keys, fact_key("长" * 60, "颜色"), fact_key("A" * 60, "颜色")])


def test_two_products_of_one_name_are_told_apart_by_their_sku():
    twice = [("跑鞋", "A1", ["鞋"]), ("跑鞋", "A2", ["靴"])]

    assert {fact.subject for fact in facts(twice)} == {"跑鞋（A1）", "跑鞋（A2）"}


def test_a_name_stands_in_a_sentence_without_loose_spaces():
    assert subject_of("男士  商务 德比鞋 Pro 2") == "男士商务德比鞋 Pro 2"


@pytest.mark.parametrize(
    ("number", "unit", "wrong"),
    [
        ("399", "元", ("359", "439", "319", "479")),
        ("3.5", "厘米", ("3.1", "3.9", "2.7", "4.3")),
        ("1", "个", ("2", "3")),
        ("95", "%", ("85", "75")),
        ("0.02", "千克", ("0.01", "0.03", "0.04")),
    ],
)
def test_wrong_numbers_are_near_and_possible(number, unit, wrong):
    assert near(Decimal(number), unit) == wrong
