"""Loading a bank of 10,000 questions from one workbook: read, preview, confirm as drafts; its time and its memory."""

import io
import multiprocessing
import os
import random
import re
import resource
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

from bench.figures import Figure

QUESTIONS = 10_000
WHERE = ("天猫", "淘宝", "抖音", "唯品会")
WHO = [
    "新客", "老客", "会员", "送礼的顾客", "企业采购", "学生", "宝妈", "老年顾客", "海外顾客", "团购群主",
    "直播间顾客", "急用的顾客",
]  # fmt: skip
WHAT = [
    "收到的鞋左右脚尺码不同", "保温杯内胆有划痕", "羽绒服跑绒", "耳机左边没有声音", "面霜过敏起疹",
    "快递显示签收却没收到", "赠品少了一件", "发票抬头写错", "优惠券没有抵扣", "预售定金想退", "地址写错已经发货",
    "想改成另一种颜色", "包裹外箱被压扁", "生鲜化冻", "安装师傅没有上门", "充电器发热", "床品有异味", "眼镜腿断裂",
    "拉链拉不上", "说明书是外文", "订单一直没有发货", "两件只到了一件", "价格第二天降了", "质疑不是正品",
]  # fmt: skip
DO = [
    "先道歉再核实订单", "请顾客拍照留证", "联系仓库查出库录像", "请快递核实签收人", "登记在售后表里",
    "给出退换两个方案", "说明审核要多久", "转给主管并说明经过", "约定回电话的时间", "补发并告知单号",
    "按差价退到原路", "解释规则的来由", "提醒保管好原包装", "安抚以后再问细节",
]  # fmt: skip
WHY = [
    "先处理心情再处理事情", "证据不全就无法判断责任", "顾客最想知道什么时候有结果", "口头承诺要写进备注",
    "规则以平台当天的为准",
]  # fmt: skip


def measure() -> Iterator[Figure]:
    context = multiprocessing.get_context("spawn")
    theirs, ours = context.Pipe(duplex=False)
    with NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(workbook())
        file.flush()
        process = context.Process(target=_load, args=(ours, os.environ["DATABASE_URL"], file.name))
        process.start()
        ours.close()  # so that a process that dies is not waited for
        reading, confirming, loader, reader = theirs.recv()
        process.join()
    yield Figure("loading 10,000 questions of an .xlsx, end to end", reading + confirming, "s", most=20, places=1)
    yield Figure("  of it reading and preview", reading, "s", most=15, places=1)
    yield Figure("  of it confirming as drafts", confirming, "s", most=10, places=1)
    yield Figure("  resident memory of the process that loads", loader, "MB", most=300)
    yield Figure("  resident memory of the process that reads", reader, "MB", most=300)


def workbook(count: int = QUESTIONS) -> bytes:
    """A sheet in the shape of the template: mixed kinds, every question another one."""
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    with Workbook(stream, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("试题")
        sheet.write_row(0, 0, ["题型", "题干", "选项A", "选项B", "选项C", "选项D", "答案", "解析", "难度"])
        for number in range(count):
            sheet.write_row(number + 1, 0, _row(number))
    return stream.getvalue()


def _row(number: int) -> list[str]:
    rng = random.Random(number)
    who, what, also = rng.choice(WHO), *rng.sample(WHAT, 2)
    asked = rng.choice(["最先做什么", "应当怎么做", "不能做什么"])
    stem = f"{rng.choice(WHERE)}的{who}说{what}，还提到{also}，这时候客服{asked}？"
    steps = [f"{one}，然后{other}" for one, other in zip(rng.sample(DO, 4), rng.sample(DO, 4), strict=True)]
    why = f"{rng.choice(WHY)}（第 {number} 题）。"
    match number % 5:
        case 0:
            stem = f"{who}说{what}，{steps[0]}，符合第 {number} 条规定。"
            return ["判断题", stem, *[""] * 4, rng.choice("对错"), why, "1"]
        case 1:
            return ["多选题", stem, *steps, "ABD", why, "3"]
        case 2:
            return ["填空题", f"{who}说{what}，要在____小时内{steps[1]}。", *[""] * 4, str(number), why, "2"]
        case _:
            return ["单选题", stem, *steps, rng.choice("ABCD"), why, "2"]


def _load(pipe, url: str, path: str) -> None:
    os.environ |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "trainer.settings", "READ_FILES_APART": "1"}
    import django

    django.setup()
    from uuid import uuid4

    from django.utils import timezone

    from quizzes.commands.topics import ensure_topic
    from trainer.commands.load_confirming import confirm_load
    from trainer.commands.load_reading import read_load
    from trainer.commands.loads import LoadOptions, Upload, start_load
    from trainer.models import User

    by, now = User.objects.get_or_create(username="loader")[0], timezone.now()
    options = LoadOptions(topic=ensure_topic(name="一万题", by=by, at=now))
    data = Path(path).read_bytes()
    started = time.perf_counter()
    load = start_load(token=uuid4(), uploads=[Upload("题库.xlsx", data)], options=options, by=by, at=now)
    read_load(load_id=load.pk)
    read = time.perf_counter()
    confirm_load(load_id=load.pk, by=by, at=now)
    confirmed = time.perf_counter()
    loaded = load.entries.exclude(question=None).count()
    if loaded < 0.99 * QUESTIONS:  # a few repeat another one
        raise SystemExit(f"{loaded} of {QUESTIONS} questions came in: {load.files.get().error}")
    # What getrusage says of this process begins with the size of the one that started it.
    own = int(re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[1])
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    pipe.send((read - started, confirmed - read, own / 1024, child / 1024))
