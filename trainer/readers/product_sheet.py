"""A sheet of products: names, SKUs and shelf dates, and what else its columns say of each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from quizzes.formats.found import Unreadable
from quizzes.formats.sheets.cells import Row, Sheet
from quizzes.formats.sheets.headers import guess, word_of
from quizzes.formats.sheets.opening import read_sheets
from quizzes.rules.vocabulary import Platform
from trainer.readers.entries import ProductEntry
from trainer.rules.products import ProductAttribute, ProductRow, is_blank, not_asked, product_facts

FIRST_ROWS = 20
LONGEST_NAME, LONGEST_SKU, LONGEST_COLUMN = 60, 60, 40

_WORDS = {
    "name": "商品名称 产品名称 商品名 产品名 品名 名称 款名 商品标题 宝贝标题 产品 商品 productname name",
    "sku": "货号 sku 款号 商品编码 商家编码 商品货号 商品编号 产品编号 产品编码 skuid sku编码 "
    "商品id 款式编号 型号 编码 编号",
    "shelf": "上架日期 上架时间 上新日期 上新时间 上市日期 上市时间 开售日期 开售时间 发售日期 预计上架日期 "
    "计划上架日期 shelfdate 上架",
    "platform": "平台 适用平台 销售平台 上架平台 渠道 销售渠道",
}
NAMES, SKUS, DATES, PLATFORMS = (frozenset(words.split()) for words in _WORDS.values())

_DATE = re.compile(
    r"(20\d{2})\s?(?:[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?日?|(\d{2})(\d{2}))(?:[ T]\d{1,2}:.{0,8})?"
)
_UNIT = re.compile(r"(.{1,30}?)\s?(?:[（(]([^（）()]{1,8})[)）]|/([^/（）()]{1,4}))")
_PLATFORM_WORDS = {
    "天猫": Platform.TMALL, "淘宝": Platform.TAOBAO, "抖音": Platform.DOUYIN, "抖店": Platform.DOUYIN,
    "唯品会": Platform.VIP,
}  # fmt: skip


@dataclass(frozen=True)
class RowProblem:
    """What keeps a row, or a column where ``row`` is that of the header, from being loaded as it stands."""

    row: int
    text: str


@dataclass(frozen=True)
class ProductsFound:
    """The products that are complete, and what is wrong with the others; ``notices`` need no mending."""

    products: tuple[ProductRow, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    notices: tuple[RowProblem, ...] = ()


@dataclass(frozen=True)
class _Columns:
    """Where in a row what stands; ``others`` are attributes: place, name, unit."""

    header: int
    name: int
    sku: int
    shelf: int
    platform: int | None
    others: tuple[tuple[int, str, str], ...]


def read_product_sheet(data: bytes, filename: str) -> ProductsFound:
    """The products of every sheet that has a header for them. Raises ``Unreadable`` where there is none."""
    return products_in(read_sheets(data, filename))


def products_in(sheets: Sequence[Sheet]) -> ProductsFound:
    """As ``read_product_sheet`` for sheets that are open already."""
    products: list[ProductRow] = []
    problems: list[RowProblem] = []
    notices: list[RowProblem] = []
    known = [(sheet, columns) for sheet in sheets if not sheet.hidden and (columns := _columns(sheet))]
    if not known:
        raise Unreadable("没有在表格里找到商品。表头要有“商品名称”“货号”和“上架日期”，其他列会作为商品的参数。")
    for sheet, columns in known:
        of_sheet: list[ProductRow] = []
        skus = {product.sku for product in products}
        for found in _read(sheet, columns):
            if isinstance(found, RowProblem):
                problems.append(found)
            elif found.sku in skus:
                problems.append(RowProblem(found.row, f"货号“{found.sku}”前面已经有了，请删掉重复的一行，或改正货号。"))
            else:
                skus.add(found.sku)
                of_sheet.append(found)
        notices += [
            RowProblem(columns.header, f"“{name}”一列没有做成知识点：内容太长、经常变化，或者不适合提问。")
            for name in not_asked(of_sheet)
        ]
        products += of_sheet
    return ProductsFound(tuple(products), tuple(problems), tuple(notices))


def entries_of(found: ProductsFound, source: str) -> tuple[ProductEntry, ...]:
    """The products with their facts, as ``save_products`` takes them. ``source`` says where they come from."""
    facts = product_facts(found.products)
    return tuple(
        ProductEntry(product.sku, product.name, product.shelf_on, product.platforms, facts[product.sku], source)
        for product in found.products
    )


def looks_like_products(sheets: Sequence[Sheet]) -> bool:
    """Whether some sheet has the headers of products and none has those of questions."""
    return any(_columns(sheet) for sheet in sheets) and not looks_like_questions(sheets)


def looks_like_questions(sheets: Sequence[Sheet]) -> bool:
    """Whether some sheet has a header row with stems and answers."""
    mappings = [guess(sheet) for sheet in sheets if not sheet.hidden]
    return any(mapping.header is not None and mapping.is_read and mapping.sure for mapping in mappings)


# --- the header ------------------------------------------------------------------------------------------

def _columns(sheet: Sheet) -> _Columns | None:
    for row in sheet.rows[:FIRST_ROWS]:
        words = [word_of(text) for text in row.cells]
        name, sku, shelf = (_first(words, known) for known in (NAMES, SKUS, DATES))
        if name is None or sku is None or shelf is None:
            continue
        platform = _first(words, PLATFORMS)
        taken = {name, sku, shelf, platform}
        others = tuple(
            (place, *_named(text)) for place, text in enumerate(row.cells) if text and place not in taken
        )
        return _Columns(row.number, name, sku, shelf, platform, others)
    return None


def _first(words: Sequence[str], known: frozenset[str]) -> int | None:
    return next((place for place, word in enumerate(words) if word in known), None)


def _named(header: str) -> tuple[str, str]:
    """The name of a column and the unit that it gives: 重量（克）, 价格/元."""
    header = " ".join(header.split()).strip("*＊ ")
    found = _UNIT.fullmatch(header)
    if found and not re.search("必填|选填|可选|如|例", found[2] or ""):
        return found[1][:LONGEST_COLUMN], found[2] or found[3]
    return re.sub(r"[（(].*", "", header)[:LONGEST_COLUMN] or header[:LONGEST_COLUMN], ""


# --- the rows --------------------------------------------------------------------------------------------

def _read(sheet: Sheet, columns: _Columns) -> Iterator[ProductRow | RowProblem]:
    for row in sheet.filled_down():
        if row.number > columns.header:
            yield from _product(row, columns)


def _product(row: Row, columns: _Columns) -> Iterator[ProductRow | RowProblem]:
    """The product, or everything that is wrong with the row."""
    name, sku, shelf = (row.cell(place) for place in (columns.name, columns.sku, columns.shelf))
    wrong = [f"第 {place + 1} 列：{doubt.reason}" for place, doubt in row.doubts.items() if place != columns.shelf]
    if not name or not sku:
        wrong.append(f"没有{'商品名称' if not name else '货号'}，请补上，或删掉这一行")
    if len(name) > LONGEST_NAME or len(sku) > LONGEST_SKU:
        wrong.append(f"名称和货号最多 {LONGEST_NAME} 个字，请改短")
    shelf_on = _day(shelf)
    if shelf_on is None:
        said = f"上架日期“{shelf}”看不出是哪一天" if shelf else "没有上架日期"
        wrong.append(f"{said}，请写成 2026-06-18 的样子")
    platforms = _platforms(row.cell(columns.platform)) if columns.platform is not None else (Platform.ALL,)
    if platforms is None:
        wrong.append(f"不认识平台“{row.cell(columns.platform or 0)}”，请写天猫、淘宝、抖音、唯品会或通用")
    if wrong or shelf_on is None or platforms is None:
        yield from (RowProblem(row.number, f"{text}。") for text in wrong)
        return
    attributes = tuple(
        ProductAttribute(name, value, unit)
        for place, name, unit in columns.others
        if (value := row.cell(place)) and (not is_blank(value) or value == "无")
    )
    yield ProductRow(name, sku, shelf_on, attributes, row.number, platforms)


def _day(text: str) -> date | None:
    found = _DATE.fullmatch(text.strip())
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2] or found[4]), int(found[3] or found[5]))
    except ValueError:
        return None


def _platforms(text: str) -> tuple[Platform, ...] | None:
    """The platforms that a cell names; all where it is blank, ``None`` where it names another."""
    if not text or re.fullmatch("通用|全部|所有|不限|全平台|全渠道|各平台", text):
        return (Platform.ALL,)
    parts = [part for part in re.split(r"[、，,；;/\s]+", text) if part]
    found = [next((p for word, p in _PLATFORM_WORDS.items() if word in part), None) for part in parts]
    return tuple(dict.fromkeys(p for p in found if p)) if found and all(found) else None
