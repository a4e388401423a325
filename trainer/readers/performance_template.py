"""A workbook of monthly figures as the reader takes it: empty to be filled in, or with figures."""

from collections.abc import Iterable, Sequence
from io import BytesIO

HEADERS = (
    "账号", "姓名", "月份", "首次响应（秒）", "平均响应（秒）",
    "询单转化率（%）", "满意度（%）", "退款率（%）", "投诉率（%）",
)  # fmt: skip
NOTES = (
    "一个人一个月一行，从第 2 行写起。表头不要改；用不到的列可以空着，空着就是没有统计。",
    "账号和姓名写一个就行；有同名的人，请写账号。",
    "月份写成 2026-10。整张表都是同一个月，也可以不写，上传时选。",
    "首次响应、平均响应写秒数；写 1:20、1分20秒也看得懂。",
    "几个率写百分数：35 或 35% 都行。自己的表里写的是 0.35，也能导入：整列都是小数就按小数读，看不出来的会请您核对。",
    "这个月已经有的数据，再导入就是修改；一模一样的不会变。导入错了可以整份撤回。",
)


def write_performance_template(people: Iterable[tuple[str, str]]) -> bytes:
    """An empty sheet, with a line for each of ``people`` (account, name)."""
    return write_performance([(account, name) for account, name in people])


def write_performance(rows: Iterable[Sequence[str]]) -> bytes:
    """Lines in the order of ``HEADERS``, each as text."""
    from xlsxwriter import Workbook  # takes long to load, and only who writes sheets needs it

    stream = BytesIO()
    with Workbook(stream) as book:
        sheet = book.add_worksheet("绩效")
        head = book.add_format({"bold": True, "bg_color": "#E3EFED", "bottom": 1})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(HEADERS) - 1, 15)
        for column, header in enumerate(HEADERS):
            sheet.write_string(0, column, header, head)
        for number, row in enumerate(rows, 1):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text)
        notes = book.add_worksheet("填写说明")
        notes.set_column(0, 0, 100, book.add_format({"text_wrap": True, "valign": "top"}))
        for number, note in enumerate(NOTES):
            notes.write_string(number, 0, note)
    return stream.getvalue()
