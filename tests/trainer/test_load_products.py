"""Loading a sheet of products: there at publication, off the shelf at a roll back."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.trainer import loading
from trainer.commands.load_confirming import NothingToLoad, confirm_load
from trainer.commands.load_entries import decide_entry
from trainer.commands.load_publishing import RolledBack, publish_load, roll_back_load
from trainer.models import Product
from trainer.queries.loads import load_counts
from trainer.rules.loads import Decision, Difference, EntryKind
from trainer.rules.vocabulary import ProductState

pytestmark = pytest.mark.django_db

SHEET = (
    "商品名称,货号,上架日期,材质,容量（毫升）,适用人群\n"
    "山行保温杯,BW-01,2099-12-01,316 不锈钢,500,成人\n"
    "暖风取暖器,QN-02,2099-12-05,阻燃塑料,0,成人\n"
    "没有货号的杯子,,2099-12-05,玻璃,300,儿童\n"
)


@pytest.fixture
def who(admin):
    return {"by": admin, "at": timezone.now()}


def read(admin, sheet=SHEET):
    return loading.read(sheet, by=admin, name="新品.csv", topic=None)


def test_products_come_in_with_publication(admin, who, client):
    load = read(admin)
    found = [(entry.kind, entry.line, entry.decision) for entry in load.entries.all()]
    assert found == [
        (EntryKind.PRODUCT, 2, Decision.TAKE),
        (EntryKind.PRODUCT, 3, Decision.TAKE),
        (EntryKind.HELD, 4, Decision.OPEN),
    ]
    client.force_login(admin)
    assert "山行保温杯" in client.get(reverse("trainer:load", args=[load.pk]) + "?tab=products").content.decode()

    confirm_load(load_id=load.pk, **who)
    assert not Product.objects.exists()
    publish_load(load_id=load.pk, **who)

    assert [(product.sku, product.state) for product in Product.objects.order_by("sku")] == [
        ("BW-01", ProductState.ACTIVE),
        ("QN-02", ProductState.ACTIVE),
    ]
    assert load.entries.exclude(product=None).count() == 2


def test_the_same_sheet_again_changes_nothing(admin, who):
    load = read(admin)
    confirm_load(load_id=load.pk, **who)
    publish_load(load_id=load.pk, **who)

    again = read(admin)

    products = again.entries.filter(kind=EntryKind.PRODUCT)
    assert set(products.values_list("difference", "decision")) == {(Difference.SAME, Decision.SKIP)}
    with pytest.raises(NothingToLoad):
        confirm_load(load_id=again.pk, **who)


def test_a_product_that_says_something_else_waits_for_a_person(admin, who):
    load = read(admin)
    confirm_load(load_id=load.pk, **who)
    publish_load(load_id=load.pk, **who)

    again = read(admin, SHEET.replace("2099-12-01", "2099-11-11"))

    entry = again.entries.get(decision=Decision.OPEN, kind=EntryKind.PRODUCT)
    assert (entry.data["sku"], entry.difference) == ("BW-01", Difference.CHANGED)
    decide_entry(entry_id=entry.pk, decision=Decision.TAKE, **who)
    confirm_load(load_id=again.pk, **who)
    publish_load(load_id=again.pk, **who)
    assert Product.objects.get(sku="BW-01").shelf_on.isoformat() == "2099-11-11"


def test_a_roll_back_takes_them_off_the_shelf_and_loading_again_puts_them_back(admin, who):
    load = read(admin)
    confirm_load(load_id=load.pk, **who)
    publish_load(load_id=load.pk, **who)
    assert roll_back_load(load_id=load.pk, **who) == RolledBack(products=2)
    assert set(Product.objects.values_list("state", flat=True)) == {ProductState.WITHDRAWN}

    again = read(admin)
    for entry in again.entries.filter(kind=EntryKind.PRODUCT):
        assert entry.difference == Difference.CHANGED
        decide_entry(entry_id=entry.pk, decision=Decision.TAKE, **who)
    confirm_load(load_id=again.pk, **who)
    publish_load(load_id=again.pk, **who)

    assert set(Product.objects.values_list("state", flat=True)) == {ProductState.ACTIVE}


def test_products_need_no_second_confirmation_and_later_ones_get_theirs(admin, who, client):
    load = read(admin)
    assert load_counts(load).waiting == 2
    confirm_load(load_id=load.pk, **who)
    load.refresh_from_db()
    assert (load_counts(load).waiting, load_counts(load).confirmed_products) == (0, 2)
    client.force_login(admin)
    page = client.get(reverse("trainer:load", args=[load.pk])).content.decode()
    assert "2 个商品不用再确认，发布时一起上架。" in page
    assert "再导入新选的" not in page

    publish_load(load_id=load.pk, **who)
    again = read(admin, SHEET.replace("2099-12-01", "2099-11-11").replace("QN-02", "QN-03"))
    confirm_load(load_id=again.pk, **who)
    publish_load(load_id=again.pk, **who)
    changed = again.entries.get(difference=Difference.CHANGED)
    decide_entry(entry_id=changed.pk, decision=Decision.TAKE, **who)
    again.refresh_from_db()
    assert load_counts(again).waiting == 1
    confirm_load(load_id=again.pk, **who)
    publish_load(load_id=again.pk, **who)
    assert str(Product.objects.get(sku="BW-01").shelf_on) == "2099-11-11"
