import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.outside.masking import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("请打 13800138000 找我", "请打 ［手机号］ 找我"),
        ("+86 138-0013-8000", "［手机号］"),
        ("订单 2026112600012345678 没发货", "订单 ［单号］ 没发货"),
        ("快递 SF1234567890123", "快递 ［单号］"),
        ("身份证 11010519491231002X", "身份证 ［证件号］"),
        ("发到 a.b@example.com", "发到 ［邮箱］"),
        ("看 https://example.com/x?y=1 这里", "看 ［链接］ 这里"),
        ("收件人：张小满，今天到", "收件人：［姓名］，今天到"),
        ("请寄到 中山路12号3栋502室", "请寄到 ［地址］"),
        ("一共 59 元，3 天内到，48 小时发货", "一共 59 元，3 天内到，48 小时发货"),
        ("满 300 减 50，型号 YH-TB12", "满 300 减 50，型号 YH-TB12"),
    ],
)
def test_personal_data_is_masked_and_nothing_else(text, masked):
    assert mask(text) == masked


@given(st.text(alphabet="收件人姓名：张三李四路号栋室0123456789 -@.xAX，a/:htps", max_size=60))
def test_masking_twice_is_masking_once(text):
    assert mask(mask(text)) == mask(text)
