"""From a sheet of products to the quiz that people pass before they serve them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from quizzes.models import Question
from trainer.commands.products import save_products
from trainer.models import Product
from trainer.readers.product_sheet import entries_of, read_product_sheet
from trainer.rules.vocabulary import ProductState

pytestmark = pytest.mark.django_db

SHEET = """商品名称,货号,上架日期,鞋面材质,重量（克）,颜色,价格（元）,是否防水
云跑越野跑鞋,TR-20,{day},工程网布,260,黑色、蓝色,399,是
轻步缓震跑鞋,RB-11,{day},飞织面料,215,白色、灰色,329,否
街头板鞋,BX-07,{day},头层牛皮,380,白色,269,否
城市马丁靴,MD-01,{day},疯马皮,720,黑色、棕色,459,是
"""


def entries():
    day = timezone.localdate() + timedelta(days=7)
    return entries_of(read_product_sheet(SHEET.format(day=day).encode(), "新品.csv"), "新品资料表")


def test_a_sheet_becomes_products_with_questions_and_a_gate():
    saved = save_products(entries=entries(), by=None, at=timezone.now())

    assert saved.created == ("TR-20", "RB-11", "BX-07", "MD-01")
    for product in Product.objects.filter(state=ProductState.ACTIVE):
        assert product.blueprint is not None
        assert Question.objects.live().filter(current__lesson_key=product.lesson.slug).count() >= 8


def test_the_same_sheet_again_changes_nothing():
    save_products(entries=entries(), by=None, at=timezone.now())
    before = Question.objects.count()

    assert len(save_products(entries=entries(), by=None, at=timezone.now()).unchanged) == 4
    assert Question.objects.count() == before
