"""What the tests of loading share: a file of questions, and a load that was read."""

from uuid import uuid4

from django.utils import timezone

from tests.factories.quizzes import TopicFactory
from trainer.commands.load_reading import read_load
from trainer.commands.loads import LoadOptions, Upload, start_load
from trainer.models import Load

# Two keys that contradict each other, the first one proposed; and one without any key, of which nothing is proposed.
UNSURE = "13. 第 13 位顾客说要投诉，第一句怎么回？（B）\nA. 随便投诉\nB. 先道歉并问清情况\n答案：A\n"
KEYLESS = "31. 顾客问第 31 单为什么没发货，先做什么？\nA. 查物流\nB. 让顾客等\n"


def question(number: int, answer: str = "A") -> str:
    return (
        f"{number}. 第 {number} 种情况下，客服应当怎么做？\n"
        f"A. 先道歉，再核实第 {number} 笔订单\nB. 不理会第 {number} 位顾客\nC. 让第 {number} 位顾客找快递\n"
        f"答案：{answer}\n解析：先处理心情，再处理第 {number} 件事情。\n"
    )


def text(questions: int = 3, unsure: int = 0) -> str:
    held = (UNSURE.replace("13", str(20 + number)) for number in range(unsure))
    return "\n".join([*(question(number) for number in range(1, questions + 1)), *held])


def read(content: str | bytes, *, by, name="题库.txt", **options) -> Load:
    """A load of one file, read."""
    data = content.encode() if isinstance(content, str) else content
    options.setdefault("topic", TopicFactory())
    load = start_load(
        token=uuid4(), uploads=[Upload(name, data)], options=LoadOptions(**options), by=by, at=timezone.now()
    )
    read_load(load_id=load.pk)
    load.refresh_from_db()
    return load
