"""A rule that changed and products about to go on the shelf, for the demo: made with the site's own commands."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from quizzes.commands.attempts import start_exam, submit_attempt
from quizzes.commands.saving import Given, save_answers
from quizzes.models import Attempt, Blueprint
from quizzes.rules.facts import Attribute, Fact, FactType
from quizzes.rules.plausible import right_answer
from quizzes.rules.vocabulary import Platform
from trainer.commands.changes import publish_change
from trainer.commands.products import save_products
from trainer.commands.rechecks import start_recheck
from trainer.models import LessonVersion, Product, Recheck, User
from trainer.readers.entries import ProductEntry
from trainer.rules.vocabulary import ChangeKind

CLIENT = "demo"
TRAIT = Attribute("demo_product_trait", "商品参数", "{subject}是什么？", "{subject}是{value}。")
PARTS: dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    "YH-TB12": (
        ("容量", "1.2 升", ("0.8 升", "1.5 升", "2 升")),
        ("内胆材质", "316 不锈钢", ("201 不锈钢", "普通铝合金", "钠钙玻璃")),
        ("杯盖材质", "食品级聚丙烯", ("碳纤维", "天然橡胶", "黄铜")),
        ("质保期限", "180 天", ("30 天", "60 天", "终身")),
        ("适用水温", "100℃ 以下", ("40℃ 以下", "60℃ 以下", "150℃ 以下")),
        ("清洗方式", "手洗", ("洗碗机清洗", "高温蒸煮", "酒精浸泡")),
    ),
    "YH-LX03": (
        ("面料", "聚酯纤维", ("真皮", "帆布", "羊毛")),
        ("容积", "28 升", ("12 升", "18 升", "40 升")),
        ("净重", "0.9 千克", ("0.3 千克", "1.8 千克", "2.6 千克")),
        ("防水等级", "防泼水", ("可水下使用", "不防水", "防暴雨")),
        ("质保期限", "一年", ("七天", "一个月", "三年")),
        ("适用电脑尺寸", "15.6 英寸以内", ("13 英寸以内", "17.3 英寸以内", "不能放电脑")),
    ),
    "YH-DD07": (
        ("光源", "LED", ("荧光灯管", "卤素灯", "白炽灯")),
        ("供电方式", "USB-C 充电", ("两节五号电池", "太阳能", "只能插电")),
        ("续航时间", "8 小时", ("1 小时", "3 小时", "48 小时")),
        ("亮度档位", "三档", ("一档", "五档", "无级")),
        ("质保期限", "一年", ("七天", "一个月", "三年")),
        ("灯罩材质", "磨砂亚克力", ("玻璃", "宣纸", "不锈钢")),
    ),
}
NAMES = {"YH-TB12": "大容量保温壶", "YH-LX03": "通勤双肩包", "YH-DD07": "充电台灯"}
SHELVES = {"YH-TB12": -3, "YH-LX03": 2, "YH-DD07": 6}  # days from today
PASSED = {"YH-TB12": ("liujing", "wangrui", "zhaoyi", "tangwei"), "YH-LX03": ("liujing",), "YH-DD07": ()}


WARRANTY = "质保期限"
CHANGED = "YH-TB12"  # its warranty was made longer yesterday
RECHECKED = "liujing"


@transaction.atomic
def add_demo_changes(*, people: Mapping[str, User], at: datetime, seed: int) -> None:
    """Products about to go on the shelf, who may serve them, and one whose warranty has changed since.

    The same seed and day make the same. Saved products are left alone: a second run adds nothing.
    """
    if Product.objects.filter(sku__in=PARTS).exists():
        return
    rng = Random(f"{seed}:changes")  # noqa: S311 - repeatable, not secret
    today = timezone.localdate(at)
    noon = timezone.localtime(at).replace(hour=11, minute=0, second=0, microsecond=0)
    entries = [_entry(sku, today + timedelta(days=SHELVES[sku])) for sku in PARTS]
    save_products(entries=entries, by=people["admin"], at=noon - timedelta(days=10))
    for sku, names in PASSED.items():
        quiz = Blueprint.objects.get(product__sku=sku).pk
        for hours, name in enumerate(names):
            began = noon - timedelta(days=5, hours=-hours)
            attempt = start_exam(blueprint_id=quiz, learner=people[name], at=began, seed=rng.randrange(2**31))
            _answer(attempt, began + timedelta(minutes=6))
    _change(people, noon - timedelta(days=1), today, rng)


def _entry(sku: str, shelf_on: date, **changed: str) -> ProductEntry:
    facts = tuple(
        Fact(
            key=f"{sku.lower()}-{number}",
            type=FactType.VALUE,
            subject=f"{NAMES[sku]}的{part}",
            note="以商品资料表为准（样例商品，虚构）。",
            attribute=TRAIT,
            value=changed.get(part, value),
            wrong=wrong,
            scope=frozenset({Platform.ALL}),
        )
        for number, (part, value, wrong) in enumerate(PARTS[sku], 1)
    )
    return ProductEntry(sku, NAMES[sku], shelf_on, (Platform.ALL,), facts, "样例商品资料表（虚构）")


def _change(people: Mapping[str, User], at: datetime, today: date, rng: Random) -> None:
    entry = _entry(CHANGED, today + timedelta(days=SHELVES[CHANGED]), **{WARRANTY: "365 天"})
    save_products(entries=[entry], by=people["admin"], at=at)
    draft = LessonVersion.objects.get(lesson__product__sku=CHANGED, published_at=None)
    publish_change(
        version_id=draft.pk,
        kind=ChangeKind.RULE,
        note="保温壶的质保期限从 180 天延长到 365 天。",
        due_on=today + timedelta(days=4),
        by=people["admin"],
        at=at + timedelta(minutes=10),
    )
    recheck = Recheck.objects.get(version=draft, learner=people[RECHECKED])
    began = at + timedelta(hours=4)
    attempt = start_recheck(recheck_id=recheck.pk, learner=recheck.learner, at=began, seed=rng.randrange(2**31))
    _answer(attempt, began + timedelta(minutes=4))


def _answer(attempt: Attempt, at: datetime) -> None:
    """Every question rightly, and handed in."""
    given = [
        Given(item.pk, 1, right_answer(item.version.parsed())) for item in attempt.items.select_related("version")
    ]
    save_answers(attempt_id=attempt.pk, learner_id=attempt.learner_id, given=given, client=CLIENT, at=at)
    submit_attempt(attempt_id=attempt.pk, at=at + timedelta(seconds=30))
