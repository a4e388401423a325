"""The Chinese template for download: an example of every kind, choices to pick from, and how to fill it in."""

from io import BytesIO
from typing import TYPE_CHECKING

from quizzes.formats.sheets.kinds import MAYBE_ONE, NAMES
from quizzes.formats.sheets.writing import AFTER, BEFORE, PLATFORM_NAMES, lay_out, option_name
from quizzes.rules.vocabulary import MAX_DIFFICULTY, MIN_DIFFICULTY

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

OPTIONS = 8
HEADERS = (*BEFORE, *(option_name(place) for place in range(1, OPTIONS + 1)), *AFTER)
QUESTIONS_SHEET, NOTES_SHEET = "试题", "填写说明"
LAST_ROW = 5_000  # choices can be picked down to here

# Each row by header; what is not named stays blank.
EXAMPLES: tuple[dict[str, str], ...] = (
    {
        "题型": "单选题", "题干": "顾客申请七天无理由退货，第 1 天从哪天算起？",
        "选项A": "付款当天", "选项B": "签收当天", "选项C": "签收次日", "选项D": "发货次日", "答案": "C",
        "解析": "签收次日算第 1 天。", "分值": "2", "难度": "2", "知识点": "退换货", "平台": "天猫", "标签": "期限",
        "编号": "example-single",
    },
    {
        "题型": "多选题", "题干": "登记补发时，要核对下面哪些信息？",
        "选项A": "订单号", "选项B": "收货地址", "选项C": "银行卡密码", "选项D": "缺少的配件", "答案": "ABD",
        "解析": "客服任何时候都不问密码。", "分值": "3", "难度": "2", "知识点": "补发",
    },
    {
        "题型": "判断题", "题干": "可以请顾客加微信，把差价转过来。", "答案": "错误",
        "解析": "付款一律在平台内完成。", "分值": "1", "难度": "1", "知识点": "服务红线", "平台": "通用",
    },
    {
        "题型": "填空题", "题干": "七天无理由退货从签收____起算，一共____天。", "答案": "次日/第二天；7/七",
        "解析": "两个空的答案用“；”隔开，同一个空的几种写法用 / 隔开。", "分值": "2", "难度": "3", "知识点": "退换货",
    },
    {
        "题型": "数值题", "题干": "一件 200 元的商品有欺诈行为，按退一赔三，应另赔多少元？",
        "答案": "600±0", "单位": "元",
        "解析": "200 元的三倍是 600 元，高于 500 元的最低额。", "分值": "2", "难度": "3", "知识点": "赔付",
    },
    {
        "题型": "配对题", "题干": "把顾客类型和首要对策连起来。",
        "选项A": "急躁型 = 先安抚情绪", "选项B": "犹豫型 = 给出明确建议", "选项C": "砍价型 = 讲清商品价值",
        "选项D": "（无）= 转给平台处理", "分值": "3", "难度": "3", "知识点": "顾客类型",
    },
    {
        "题型": "排序题", "题干": "顾客来投诉少件，按先后排出处理步骤。",
        "选项A": "核对订单和发货记录", "选项B": "回访是否收到", "选项C": "道歉并安抚", "选项D": "登记补发",
        "答案": "CADB", "解析": "先处理心情，再处理事情。", "分值": "4", "难度": "3", "知识点": "补发",
    },
    {
        "题型": "选词填空题", "题干": "商品发错了，退回的运费由____承担，客服要在____小时内回复。",
        "选项A": "买家 / 商家 / 平台", "选项B": "24 / 48 / 72", "答案": "商家；24",
        "解析": "发错是店铺的责任。", "分值": "2", "难度": "2", "知识点": "退换货",
    },
    {
        "题型": "简答题", "题干": "顾客收到破损的商品，情绪激动，请写出你的第一句回复。",
        "答案": "非常抱歉让您收到这样的商品，麻烦您拍张照片，我马上为您安排补发或退款。", "分值": "5", "难度": "4",
        "知识点": "话术", "评分点": "2 分：先道歉\n3 分：给出办法并说清下一步",
    },
)  # fmt: skip

NOTES = (
    "一行一道题，从“试题”表的第 2 行写起；前面几行是示例，写完请删掉。表头不要改，用不到的列可以空着。",
    "题型：从下拉里选。不写题型时，按选项和答案判断；判断不出来的会请您核对。",
    "题干：不用写题号。填空题和选词填空题的空写成四条下划线 ____。",
    "单选题、多选题：一个选项一列；答案写字母，多选写成 ABD。只有一个正确项的多选题，题型写“不定项选择题”。",
    "判断题：答案写“正确”或“错误”，选项空着。",
    "填空题：几个空的答案用“；”隔开，同一个空的几种写法用 / 隔开，例如：次日/第二天；7/七。",
    "数值题：答案写数，可以带误差，例如 600±5；单位写在“单位”一列。",
    "配对题：每个选项写一对，例如：急躁型 = 先安抚情绪。多出来的右项写成：（无）= 转给平台处理。答案空着。",
    "排序题：选项按展示的次序写，答案按正确的先后写字母，例如 CADB。",
    "选词填空题：选项A 写第一个空的备选词，选项B 写第二个空的，词之间用 / 隔开；答案按空写正确的词，用“；”隔开。",
    "简答题：答案写参考答案；评分点一行一条，写成“2 分：先道歉”。",
    "分隔符本身是答案的一部分时，在它前面加一个反斜杠，例如 km\\/h。",
    "难度：1 很容易，5 很难。平台：适用于各平台的写“通用”。标签之间用空格或逗号隔开。",
    "编号可以不写。写了编号，下次导入同一个编号就是修改这道题。",
)


def write_template() -> bytes:
    """The template as .xlsx; ``read_sheet`` reads its examples."""
    from xlsxwriter import Workbook  # takes long to load, and only who writes sheets needs it

    stream = BytesIO()
    with Workbook(stream) as book:
        sheet = book.add_worksheet(QUESTIONS_SHEET)
        lay_out(book, sheet, HEADERS)
        for row, example in enumerate(EXAMPLES, 1):
            for header, text in example.items():
                sheet.write_string(row, HEADERS.index(header), text)
        _offer(sheet, "题型", [*NAMES.values(), MAYBE_ONE])
        _offer(sheet, "难度", [str(step) for step in range(MIN_DIFFICULTY, MAX_DIFFICULTY + 1)])
        _offer(sheet, "平台", list(PLATFORM_NAMES.values()))
        notes = book.add_worksheet(NOTES_SHEET)
        notes.set_column(0, 0, 110, book.add_format({"text_wrap": True, "valign": "top"}))
        for row, note in enumerate(NOTES):
            notes.write_string(row, 0, note)
    return stream.getvalue()


def _offer(sheet: "Worksheet", header: str, choices: list[str]) -> None:
    column = HEADERS.index(header)
    sheet.data_validation(
        1, column, LAST_ROW, column,
        {"validate": "list", "source": choices, "error_title": header, "error_message": "请从下拉列表里选一项。"},
    )  # fmt: skip
