"""Reading 10,000 questions from one .xlsx, and finding duplicates among 10,000: CPU time, unblurred by neighbours."""

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook

from bench.figures import Figure
from quizzes.formats.sheets.opening import read_sheets
from quizzes.formats.sheets.reading import guess_mappings, questions_in
from quizzes.rules.duplicates import BankIndex, Entry

ROWS, TRIES = 10_000, 3
HEADERS = ("题型", "题干", "选项A", "选项B", "选项C", "选项D", "答案", "解析", "难度", "知识点")
_LIST = (
    "退货 换货 顾客 签收 物流 破损 少件 发票 客服 回复 赔付 平台 规则 举证 质检 优惠 价格 订单 地址 修改 催单 拦截 "
    "超时 预售 定金 尾款 赠品 差评 申诉 安抚 升级 登记 核实 回访 凭证 照片 视频 运费 保险 退回"
)
WORDS = _LIST.split()


def measure() -> Iterator[Figure]:
    data = workbook(random.Random(1))
    opening = _best(lambda: read_sheets(data, "题库.xlsx"))
    yield Figure("rows of a sheet parsed per second", ROWS / opening, "rows/s", least=20_000)
    sheets = read_sheets(data, "题库.xlsx")
    reading = _best(lambda: questions_in(sheets, guess_mappings(sheets)))
    yield Figure("10,000 rows of a sheet to questions", opening + reading, "s", most=1, places=2)
    yield Figure("memory for reading 10,000 questions from .xlsx", _memory(data), "MB", most=300)
    bank = [_entry(number, random.Random(number)) for number in range(ROWS)]
    started = time.process_time()
    index = BankIndex(bank)
    found = sum(bool(index.find(Entry(ROWS + entry.id, f"请问{entry.stem}", entry.options))) for entry in bank)
    took = time.process_time() - started
    yield Figure("10,000 questions against 10,000 for duplicates", took, "s", most=10, places=1)
    assert found == ROWS


def workbook(rng: random.Random) -> bytes:
    stream = BytesIO()
    with Workbook(stream) as book:
        sheet = book.add_worksheet("题库")
        sheet.write_row(0, 0, HEADERS)
        for row in range(1, ROWS + 1):
            entry = _entry(row, rng)
            key = rng.choice("ABCD")
            sheet.write_row(row, 0, ["单选题", f"{entry.stem}（ ）", *entry.options, key, entry.stem, 3, "售后"])
    return stream.getvalue()


def _entry(number: int, rng: random.Random) -> Entry:
    stem = f"{''.join(rng.choices(WORDS, k=8))}第 {number} 单该怎么处理"
    return Entry(number, stem, tuple("".join(rng.choices(WORDS, k=4)) + str(n) for n in range(4)))


def _best(work: Callable[[], object]) -> float:
    took = []
    for _ in range(TRIES):
        started = time.process_time()
        work()
        took.append(time.process_time() - started)
    return min(took)


def _memory(data: bytes) -> int:
    """The most that a process of its own holds, in MB."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "questions.xlsx"
        path.write_bytes(data)
        command = [sys.executable, "-m", "bench.sheets", str(path)]
        done = subprocess.run(command, capture_output=True, check=True, text=True)
    return int(done.stdout)


if __name__ == "__main__":
    sheets = read_sheets(Path(sys.argv[1]).read_bytes(), "questions.xlsx")
    assert len(questions_in(sheets, guess_mappings(sheets)).questions) == ROWS
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
