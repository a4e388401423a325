"""More Word samples: what layout, revision and weight do to a question bank."""

from tests.samples.papers import Paper, Piece, bold, highlighted, red, underlined
from tests.samples.words import LETTERS, Questions, is_true, lettered, letters

SIGN = {True: "√", False: "×"}


def bold_options(questions: Questions) -> bytes:
    """The right options are bold and so is every heading; true and false are given in words below."""
    paper = Paper(footer="2")
    paper.write_marked(("淘宝客服测试题", bold))
    paper.write_marked(("一、选择题（加粗项为答案）", bold))
    for number, question in enumerate((q for q in questions if q["kind"] != "true_false"), 1):
        paper.write(f"{number}、{question['stem']}")
        for letter, option in zip(LETTERS, question["options"], strict=False):
            paper.write_marked(f"{letter}．", (option["text"], bold) if option["correct"] else option["text"])
    paper.write_marked(("二、判断题", bold))
    for number, question in enumerate((q for q in questions if q["kind"] == "true_false"), 1):
        stem = question["stem"].removesuffix("（ ）")
        paper.write_marked(f"{number}、{stem}", (f"（{SIGN[is_true(question)]}）", red))
    return paper.content()


def red_letter_only(questions: Questions) -> bytes:
    """Only the letter of the right option is red, the options stand two a line."""
    paper = Paper()
    for number, question in enumerate(questions, 1):
        paper.write(f"{number}. {question['stem']}")
        pieces: list[Piece] = []
        for place, (letter, option) in enumerate(zip(LETTERS, question["options"], strict=False)):
            pieces += [(letter, red) if option["correct"] else letter, f".{option['text']}"]
            if place % 2 or place == len(question["options"]) - 1:
                paper.write_marked(*pieces)
                pieces = []
            else:
                pieces.append("\t")
    return paper.content()


def underlined_gaps(questions: Questions) -> bytes:
    """Fill questions whose answers stand underlined in the sentence."""
    paper = Paper()
    paper.write("填空题（横线上为答案）", "Heading 2")
    for number, question in enumerate(questions, 1):
        parts = question["stem"].split("____")
        pieces: list[Piece] = [f"{number}. {parts[0]}"]
        for variants, part in zip(question["answers"], parts[1:], strict=True):
            pieces += [(f" {'/'.join(variants)} ", underlined), part]
        paper.write_marked(*pieces)
    return paper.content()


def line_breaks(questions: Questions) -> bytes:
    """A whole question in one paragraph, its lines parted by Shift+Enter; the key in the same paragraph."""
    paper = Paper(header="客服部 题库")
    for number, question in enumerate(questions, 1):
        lines = [f"{number}. {question['stem']}", *lettered(question), f"答案：{letters(question)}"]
        paper.write("\n".join(lines))
    return paper.content()


def tracked_changes(questions: Questions) -> bytes:
    """Revisions that nobody has accepted: the inserted key counts, the deleted one does not."""
    paper = Paper()
    for number, question in enumerate(questions, 1):
        paper.write(f"{number}. {question['stem']}")
        for line in lettered(question):
            paper.write(line)
        key = letters(question)
        paper.write_revised("答案：", deleted="A" if key != "A" else "B", inserted=key)
    return paper.content()


def lists_begin_anew(questions: Questions) -> bytes:
    """Automatic numbers that begin anew in each section, lettered options written by hand, sections numbered 一、."""
    paper = Paper(header="云杉电商 客服培训资料", footer="- 1 -")
    sections = paper.new_list(question="%1、", first="chineseCounting")
    titles = {"single": "单选题（每题 3 分）", "multiple": "多选题（每题 4 分）", "true_false": "判断题"}
    for kind, title in titles.items():
        paper.write_numbered(sections, 0, title)
        numbering = paper.new_list(question="（%1）")
        for question in (q for q in questions if q["kind"] == kind):
            key = letters(question) if kind != "true_false" else SIGN[is_true(question)]
            paper.write_numbered(numbering, 0, question["stem"].replace("（ ）", f"（ {key} ）"))
            if kind != "true_false":
                paper.write("    ".join(lettered(question, ".")))
    return paper.content()


def a_table_each(questions: Questions) -> bytes:
    """A little table for each question: 题干, 选项, 答案, 解析, one under the other."""
    paper = Paper()
    paper.write("唯品会试题卡片", "Heading 1")
    for number, question in enumerate(questions, 1):
        paper.write(f"第 {number} 张")
        options = "\n".join(lettered(question))
        rows = [["题干", question["stem"]], ["选项", options]]
        paper.write_table([*rows, ["答案", letters(question)], ["解析", question["explanation"]]])
    return paper.content()


def keys_in_a_table(questions: Questions) -> bytes:
    """The keys stand at the end in a table of numbers above letters."""
    paper = Paper(footer="第 2 页")
    paper.write("一、单项选择题（每小题 5 分，共 50 分）")
    for number, question in enumerate(questions, 1):
        paper.write(f"{number}．{question['stem']}")
        for line in lettered(question, "．"):
            paper.write(line)
    paper.write("参考答案")
    for start in range(0, len(questions), 5):
        row = questions[start : start + 5]
        paper.write_table(
            [["题号", *(str(start + place) for place in range(1, len(row) + 1))], ["答案", *map(letters, row)]]
        )
    return paper.content()


def options_in_a_borderless_table(questions: Questions) -> bytes:
    """Options laid out two by two in a table, the key highlighted in the bracket."""
    paper = Paper()
    for number, question in enumerate(questions, 1):
        before, after = question["stem"].split("（ ）")
        paper.write_marked(f"{number}. {before}（", (letters(question), highlighted), f"）{after}")
        cells = lettered(question)
        cells += [""] * (len(cells) % 2)
        paper.write_table([cells[place : place + 2] for place in range(0, len(cells), 2)])
    return paper.content()
