"""A product sheet becomes products; what is wrong with a row is told by its number."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.formats.found import Unreadable
from quizzes.formats.sheets import write_template
from quizzes.formats.sheets.cells import Row, Sheet
from quizzes.formats.sheets.opening import read_sheets
from quizzes.rules.vocabulary import Platform
from trainer.readers.product_sheet import (
    entries_of,
    looks_like_products,
    looks_like_questions,
    products_in,
    read_product_sheet,
)
from trainer.rules.products import ProductAttribute

HEADER = "商品名称,货号,上架日期,平台,价格（元）,重量(g),鞋面材质,库存"


def read(*lines: str, header: str = HEADER):
    return read_product_sheet("\n".join(["夏季新品资料", header, *lines]).encode(), "商品.csv")


def test_a_row_becomes_a_product_with_its_attributes():
    found = read("越野跑鞋,TR-20,2026/6/18,天猫、抖店,399,260,工程网布,8")

    (product,) = found.products
    assert (product.name, product.sku, product.shelf_on, product.row) == ("越野跑鞋", "TR-20", date(2026, 6, 18), 3)
    assert product.platforms == (Platform.TMALL, Platform.DOUYIN)
    assert product.attributes == (
        ProductAttribute("价格", "399", "元"),
        ProductAttribute("重量", "260", "g"),
        ProductAttribute("鞋面材质", "工程网布"),
        ProductAttribute("库存", "8"),
    )
    assert not found.problems
    assert [(notice.row, "库存" in notice.text) for notice in found.notices] == [(2, True)]


@pytest.mark.parametrize(
    "text",
    ["2026-06-18", "2026/6/18", "2026.6.18", "2026年6月18日", "20260618", "2026-06-18 10:00", "2026 年 6 月 18 日"],
)
def test_a_shelf_date_is_read_in_the_ways_people_write_it(text):
    assert read(f"鞋,A1,{text}").products[0].shelf_on == date(2026, 6, 18)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (",A1,2026-06-18", "没有商品名称"),
        ("鞋,,2026-06-18", "没有货号"),
        ("鞋,A1,", "没有上架日期"),
        ("鞋,A1,下个月", "下个月"),
        ("鞋,A1,2026-02-30", "2026-02-30"),
        ("鞋,A1,6/18", "6/18"),
        ("鞋,A1,2026-06-18,拼多多", "拼多多"),
        ("鞋" * 61 + ",A1,2026-06-18", "60 个字"),
        ("鞋,A0,2026-06-18", "前面已经有了"),
    ],
)
def test_a_row_that_is_not_complete_is_told_with_its_number(line, words):
    found = read("帽,A0,2026-06-18", line)

    assert [product.sku for product in found.products] == ["A0"]
    assert [problem.row for problem in found.problems] == [4]
    assert words in found.problems[0].text


def test_a_sheet_without_products_is_refused_in_words():
    with pytest.raises(Unreadable, match="商品名称"):
        read_product_sheet("题干,答案\n题,A".encode(), "x.csv")


def test_products_and_questions_are_told_apart():
    products = read_sheets(f"{HEADER}\n鞋,A1,2026-06-18".encode(), "a.csv")
    questions = read_sheets(write_template(), "b.xlsx")

    assert (looks_like_products(products), looks_like_questions(products)) == (True, False)
    assert (looks_like_products(questions), looks_like_questions(questions)) == (False, True)


def test_what_is_found_is_ready_to_be_saved():
    (entry,) = entries_of(read("越野跑鞋,TR-20,2026-06-18,,399,260,工程网布,8"), "商品资料表")

    assert (entry.sku, entry.source, entry.platforms) == ("TR-20", "商品资料表", (Platform.ALL,))
    assert [(fact.subject, fact.attribute.name) for fact in entry.facts] == [
        ("越野跑鞋", "价格"),
        ("越野跑鞋", "重量"),
        ("越野跑鞋", "鞋面材质"),
    ]


cells = st.sampled_from(["", "鞋", "A1", "2026-06-18", "是", "无", "1、2", "3.5cm", "http://x", "-", "¥9"]) | st.text(
    max_size=8
)


@given(st.lists(st.lists(cells, min_size=3, max_size=8), max_size=6))
def test_any_cells_become_products_or_problems(table):
    rows = [Row(number, tuple(line)) for number, line in enumerate(table, 2)]
    sheet = Sheet("商品", (Row(1, tuple(HEADER.split(","))), *rows))

    found = products_in([sheet])
    assert len(found.products) + len({problem.row for problem in found.problems}) == len(rows)
    entries_of(found, "表")
