import pytest

from quizzes.formats.plain import read_text
from tests.formats.plain_cases import written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. 从哪天算起（A）\nA. 签收次日\nB. 签收当日", ["single 从哪天算起（ ） | *签收次日 | 签收当日"]),
        ("1、下面正确的有\nA、一 B、二 C、三\n答案：AC", ["multiple 下面正确的有 | *一 | 二 | *三"]),
        ("一、判断题\n1. 甲说。（√）\n2. 乙说\n答案：错误", ["true_false 甲说。（ ） | 对", "true_false 乙说 | 错"]),
        ("一、填空题\n1. 期限是____天，邮费（ ）元。\n答案：7；10/十", ["fill 期限是____天，邮费____元。 | 7 | 10~十"]),
    ],
)
def test_common_styles(text, expected):
    assert written(read_text(text)) == expected
