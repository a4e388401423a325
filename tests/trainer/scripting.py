"""What the tests of scripts write."""

GOOD = "亲，让您着急了，我马上查这笔订单的物流，五分钟内回您。"
PAID_PRAISE = "亲，给个五星好评晒图，截图发我返现 5 元红包哦。"
FIELDS = {
    "title": "查物流", "category": "logistics", "situation": "aftersale", "asked": "到哪里了", "good": GOOD, "bad": "",
    "bad_check": "", "why": "", "on_tmall": True, "on_taobao": True, "on_douyin": True, "on_vip": True,
}  # fmt: skip
