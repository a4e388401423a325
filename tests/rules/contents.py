"""Questions of every kind for property tests, and answers to them, right and not."""

from decimal import Decimal

from hypothesis import strategies as st

from quizzes.rules.questions import (
    Cloze,
    Content,
    Fill,
    FreeText,
    Matching,
    Multiple,
    Numeric,
    Option,
    Ordering,
    Pair,
    Part,
    RubricLine,
    Single,
    TrueFalse,
)

WORDS = ["退货", "换货", "补发", "赔付", "登记", "安抚", "核实", "回访"]


@st.composite
def options(draw, one_correct=True, prefix="o"):
    count = draw(st.integers(2, 6))
    if one_correct:
        key = {draw(st.integers(0, count - 1))}
    else:
        key = draw(st.sets(st.integers(0, count - 1), min_size=1))
    return tuple(
        Option(f"{prefix}{i}", WORDS[i], i in key, "" if i in key else "KEY 不对") for i in range(count)
    )


@st.composite
def matchings(draw):
    count, extra = draw(st.integers(2, 5)), draw(st.integers(0, 2))
    pairs = tuple(Pair(Part(f"l{i}", WORDS[i]), Part(f"r{i}", f"办法{i}")) for i in range(count))
    return Matching(pairs, tuple(Part(f"x{i}", f"多余{i}") for i in range(extra)))


singles = options().map(Single)
multiples = options(one_correct=False).map(Multiple)
true_falses = st.booleans().map(TrueFalse)
fills = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(tuple), min_size=1, max_size=4
).map(lambda blanks: Fill(tuple(blanks)))
numerics = st.builds(
    Numeric,
    st.decimals(-10_000, 10_000, places=2),
    st.decimals(0, 10, places=2),
    st.sampled_from(["", "元", "%", "天", "KG"]),
)
orderings = st.integers(3, 7).map(lambda n: Ordering(tuple(Part(f"s{i}", WORDS[i]) for i in range(n))))
clozes = st.lists(st.integers(0, 9), min_size=1, max_size=4, unique=True).flatmap(
    lambda numbers: st.tuples(*(options(prefix=f"g{n}") for n in numbers)).map(Cloze)
)
free_texts = st.builds(
    FreeText,
    st.lists(st.builds(RubricLine, st.integers(1, 5), st.just("KEY 评分点")), min_size=1, max_size=4).map(
        tuple
    ),
    st.just("KEY 参考回答"),
)
contents = st.one_of(
    singles, multiples, true_falses, fills, numerics, matchings(), orderings, clozes, free_texts
)

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["o0", "s1", "l0"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=8,
)


def right_answer(content: Content):
    """The answer that earns everything; for free text, one that a person has to read."""
    match content:
        case Single(given):
            return next(option.id for option in given if option.correct)
        case Multiple(given):
            return [option.id for option in given if option.correct]
        case TrueFalse(answer):
            return answer
        case Fill(blanks):
            return [variants[-1] for variants in blanks]
        case Numeric(answer, _, unit):
            return f"{answer}{unit}"
        case Matching(pairs):
            return {pair.left.id: pair.right.id for pair in pairs}
        case Ordering(items):
            return [item.id for item in items]
        case Cloze(gaps):
            return [right_answer(Single(gap)) for gap in gaps]
        case FreeText():
            return "先道歉，再核实。"


@st.composite
def answers_to(draw, content: Content):
    """Some answer of the right shape: right, partly right, wrong or blank."""
    match content:
        case Single(given):
            return draw(st.none() | st.sampled_from([option.id for option in given]))
        case Multiple(given):
            return sorted(draw(st.sets(st.sampled_from([option.id for option in given]))))
        case TrueFalse():
            return draw(st.none() | st.booleans())
        case Fill(blanks):
            return [draw(st.sampled_from([*WORDS, ""])) for _ in blanks]
        case Numeric(answer, tolerance, unit):
            off = draw(st.decimals(-3, 3, places=2))
            return draw(st.sampled_from([f"{answer + off * tolerance}{unit}", "", "不知道", str(answer)]))
        case Matching(pairs, extra):
            rights = [pair.right.id for pair in pairs] + [part.id for part in extra]
            lefts = [pair.left.id for pair in pairs]
            return draw(st.dictionaries(st.sampled_from(lefts), st.sampled_from(rights)))
        case Ordering(items):
            return draw(st.just([]) | st.permutations([item.id for item in items]))
        case Cloze(gaps):
            return [draw(st.sampled_from(["", *(option.id for option in gap)])) for gap in gaps]
        case FreeText():
            return draw(st.sampled_from(["", "  ", "先道歉。"]))


with_answers = contents.flatmap(lambda content: st.tuples(st.just(content), answers_to(content)))

ONE_OF_EACH = (
    Single((Option("o0", "退货", True), Option("o1", "换货"))),
    Multiple((Option("o0", "退货", True), Option("o1", "换货", True), Option("o2", "拖着"))),
    TrueFalse(True),
    Fill((("七天", "7天"), ("签收",))),
    Numeric(Decimal(1000), Decimal("0.5"), "元"),
    Matching(
        (Pair(Part("l0", "急躁"), Part("r0", "先安抚")), Pair(Part("l1", "犹豫"), Part("r1", "给建议"))),
        (Part("x0", "不理会"),),
    ),
    Ordering((Part("s0", "道歉"), Part("s1", "核实"), Part("s2", "登记"))),
    Cloze(
        ((Option("a0", "七", True), Option("a1", "十")), (Option("b0", "签收", True), Option("b1", "下单")))
    ),
    FreeText((RubricLine(2, "道歉"), RubricLine(3, "给办法"))),
)
