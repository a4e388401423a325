"""The twenty checks of the codebook, in the order of every table and every file."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """``label`` is what a page shows; ``violation`` says whether a yes speaks against the agent."""

    name: str
    label: str
    violation: bool


CHECKS = (
    Check("greets", "问候", False),
    Check("empathises", "共情或致歉", False),
    Check("respectful", "称呼与语气得体", False),
    Check("asks_order", "核对订单", False),
    Check("asks_evidence", "请顾客举证", False),
    Check("offers_options", "给出选择", False),
    Check("seeks_consent", "征求意见", False),
    Check("gives_time", "给出时限", False),
    Check("closes_politely", "礼貌收尾", False),
    Check("review_inducement", "利诱好评", True),
    Check("offline_payment", "引导站外交易或联系", True),
    Check("privacy_leak", "泄露信息", True),
    Check("refuses_flatly", "生硬拒绝", True),
    Check("blames_customer", "指责顾客", True),
    Check("shirks", "推诿", True),
    Check("uncivil", "辱骂或威胁", True),
    Check("overpromises", "过度承诺", True),
    Check("denies_right", "否认应有权利", True),
    Check("misleads_reason", "误导操作", True),
    Check("perfunctory", "敷衍", True),
)
NAMES = tuple(check.name for check in CHECKS)
BY_NAME = {check.name: check for check in CHECKS}
VIOLATIONS = frozenset(check.name for check in CHECKS if check.violation)
