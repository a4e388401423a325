"""Questions written down in any mixture of styles are read back as they were."""

from hypothesis import given
from hypothesis import strategies as st

from quizzes.formats.plain import read_text
from tests.formats.plain.cases import written

WORDS = [
    "核实订单信息",
    "联系快递查询",
    "安抚顾客情绪",
    "登记补发申请",
    "说明退货流程",
    "转交主管处理",
    "提醒保留包装",
    "回访确认结果",
]
STEMS = [
    "顾客收到破损商品时，客服首先要",
    "关于 7 天无理由退货，做法正确的是",
    "在 APP 上申请 3.5 元运费补偿，应当",
    "遇到 A类投诉，下列处理合适的是",
]
LETTERS = "ABCDEFGH"

numbers = st.sampled_from(["{}. ", "{}、", "{}．", "第{}题 ", "{}）", "（{}）", "题目{}："])
option_marks = st.sampled_from(["{}. ", "{}、", "{}．", "{}) ", "({}) ", "{}：", "（{}）"])
layouts = st.sampled_from(["\n", "    ", "\t"])
key_places = st.sampled_from(["bracket", "line", "same line", "end", "end by number in a row", "end by order"])
labels = st.sampled_from(["答案：{}", "【答案】{}", "正确答案：{}", "参考答案: {}", "答案 {}"])


@st.composite
def choices(draw):
    """A stem, its options and which of them are right."""
    stem = draw(st.sampled_from(STEMS))
    texts = draw(st.lists(st.sampled_from(WORDS), min_size=2, max_size=8, unique=True))
    right = draw(st.sets(st.integers(0, len(texts) - 1), min_size=1, max_size=len(texts)))
    return stem, texts, sorted(right)


@given(st.lists(choices(), min_size=2, max_size=6), numbers, option_marks, layouts, key_places, labels, st.booleans())
def test_choices_in_any_style(questions, number, mark, layout, place, label, explained):
    lines, keys, expected = [], [], []
    for position, (stem, texts, right) in enumerate(questions, 1):
        stem = f"{stem}（第 {position} 种情形）"
        key = "".join(LETTERS[index] for index in right)
        keys.append(key)
        hole = f"（ {key} ）" if place == "bracket" else "（ ）"
        lines.append(f"{number.format(position)}{stem}{hole}。")
        written_options = [mark.format(LETTERS[index]) + text for index, text in enumerate(texts)]
        lines.append(layout.join(written_options))
        if place == "line":
            lines.append(label.format(key))
        if place == "same line":
            lines[-1] += f"  【答案】{key}"
        if explained and place in ("line", "bracket"):
            lines += ["解析：这样做符合规定，", "也让顾客放心。"]
        kind = "single" if len(right) == 1 else "multiple"
        shown = [("*" if index in right else "") + text for index, text in enumerate(texts)]
        reason = " | (这样做符合规定，也让顾客放心。)" if explained and place in ("line", "bracket") else ""
        expected.append(" | ".join([f"{kind} {stem}（ ）。", *shown]) + reason)
    if place == "end":
        lines += ["参考答案", *(f"{position}. {key}" for position, key in enumerate(keys, 1))]
    if place == "end by number in a row":
        lines += ["参考答案：" + " ".join(f"{position}.{key}" for position, key in enumerate(keys, 1))]
    if place == "end by order":
        lines += ["参考答案", " ".join(keys)]
    assert written(read_text("\n".join(lines))) == expected


verdict_words = st.sampled_from(
    [("√", "×"), ("对", "错"), ("正确", "错误"), ("T", "F"), ("是", "否"), ("Y", "N"), ("✓", "✗")]
)


@given(st.lists(st.booleans(), min_size=1, max_size=8), verdict_words, st.sampled_from(["bracket", "line", "end"]))
def test_true_and_false_in_any_words(verdicts, words, place):
    lines, expected, keys = ["二、判断题（每题1分，共10分）"], [], []
    for position, verdict in enumerate(verdicts, 1):
        word = words[0] if verdict else words[1]
        keys.append(f"{position}.{word}")
        hole = f"（{word}）" if place == "bracket" else "（  ）"
        lines.append(f"{position}. 第 {position} 种说法符合规定。{hole}")
        if place == "line":
            lines.append(f"答案：{word}")
        expected.append(f"true_false 第 {position} 种说法符合规定。（ ） | {'对' if verdict else '错'}")
    if place == "end":
        lines += ["参考答案", "  ".join(keys)]
    assert written(read_text("\n".join(lines))) == expected


blanks = st.lists(
    st.lists(
        st.sampled_from(["七天", "7 天", "签收次日", "48 小时", "商家", "买家"]), min_size=1, max_size=2, unique=True
    ),
    min_size=1,
    max_size=3,
)


@given(
    st.lists(blanks, min_size=1, max_size=4),
    st.sampled_from(["____", "（ ）", "（    ）", "＿＿＿", "________"]),
    st.sampled_from("/｜或"),
)
def test_gaps_in_any_style(questions, gap, variant):
    lines, expected = ["三、填空题"], []
    for position, gaps in enumerate(questions, 1):
        lines.append(
            f"{position}. 规则 {position} 写明"
            + "".join(f"第{'甲乙丙'[n]}项为{gap}，" for n in range(len(gaps)))
            + "不得更改。"
        )
        lines.append("答案：" + "；".join(variant.join(texts) for texts in gaps))
        stem = f"规则 {position} 写明" + "".join(f"第{'甲乙丙'[n]}项为____，" for n in range(len(gaps))) + "不得更改。"
        expected.append(" | ".join([f"fill {stem}", *("~".join(texts) for texts in gaps)]))
    assert written(read_text("\n".join(lines))) == expected
