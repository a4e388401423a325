import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.replies.masking import PHONE, mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("您的电话是13912345678对吗", f"您的电话是{PHONE}对吗"),
        ("打 139-1234-5678 找我", f"打 {PHONE} 找我"),
        ("订单3920184756102938已查", "订单0000000000000000已查"),
        ("运单SF1029384756到了", "运单000000000000到了"),
        ("身份证11010519491231002X", "身份证000000000000000000"),
        ("加我微信：abc_12345", "加我微信：000_00000".replace("_", "0")),
        ("发到zhou.min@shop.cn", "发到name@example.com"),
        ("王女士您好，李建国先生的件", "某女士您好，某先生的件"),
        ("住在和平路18号3栋201室", "某路00号0栋000室"),
        ("看 https://example.org/x?y=1 这里", "看 example.com 这里"),
        ("收件人：张小满，今天到", "收件人：某某某，今天到"),
        ("满 300 减 50，型号 YH-TB12", "满 300 减 50，型号 YH-TB12"),
        ("您好，我叫陈小美，为您服务", "您好，我叫某某某，为您服务"),
        ("48小时内到，退您30元", "48小时内到，退您30元"),
        ("周明（客服）说的", "某某（客服）说的"),
    ],
)
def test_what_names_a_person_is_masked_and_the_rest_stays(text, masked):
    assert mask(text, {"周明", ""}) == masked


@given(st.text(max_size=200))
def test_any_text_is_masked_and_masking_again_changes_nothing_more_that_is_a_number(text):
    once = mask(text)
    assert [one for one in mask(once) if one.isdigit()] == [one for one in once if one.isdigit()]
