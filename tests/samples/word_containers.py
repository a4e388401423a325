"""Word samples where text stands in containers, numbers come from styles and colour means nothing, or everything."""

from docx.oxml import OxmlElement
from docx.shared import RGBColor

from tests.samples.papers import Paper, Piece, bold, red
from tests.samples.words import LETTERS, Questions, lettered, letters


def red_words_in_stems(questions: Questions) -> bytes:
    """Every stem has a red word for emphasis, every right option is red, the others are black by name."""
    paper = Paper()
    paper.write("单选题", "Heading 2")
    for number, question in enumerate(questions, 1):
        stem = question["stem"]
        paper.write_marked(f"{number}. {stem[:2]}", (stem[2:5], red), stem[5:])
        for letter, option in zip(LETTERS, question["options"], strict=False):
            run = paper.write().add_run(f"{letter}. {option['text']}")
            run.font.color.rgb = RGBColor(0xFF, 0, 0) if option["correct"] else RGBColor(0, 0, 0)
    return paper.content()


def red_answer_lines(questions: Questions) -> bytes:
    """Key and explanation are written out and red; the first option of each question is bold by accident."""
    paper = Paper()
    for number, question in enumerate(questions, 1):
        paper.write(f"{number}、{question['stem']}")
        for letter, option in zip(LETTERS, question["options"], strict=False):
            text = f"{letter}、{option['text']}"
            paper.write_marked((text, bold) if letter == "A" else text)
        paper.write_marked((f"【答案】{letters(question)}", red))
        paper.write_marked((f"【解析】{question['explanation']}", red))
    return paper.content()


def numbered_by_style(questions: Questions) -> bytes:
    """The numbers come from the style List Number; the options are lettered by hand, two a line."""
    paper = Paper()
    paper.write("一、单项选择题", "Heading 2")
    for question in questions:
        paper.write(question["stem"], "List Number")
        options = lettered(question, "．")
        for place in range(0, len(options), 2):
            paper.write("\t".join(options[place : place + 2]))
    keys = " ".join(f"{number}.{letters(question)}" for number, question in enumerate(questions, 1))
    paper.write(f"参考答案：{keys}")
    return paper.content()


def numbered_and_red(questions: Questions) -> bytes:
    """Word numbers the questions and letters the options; the right ones are red and no letter is in the text."""
    paper = Paper()
    numbering = paper.new_list(question="%1.", option="%2.")
    for question in questions:
        paper.write_numbered(numbering, 0, question["stem"])
        for option in question["options"]:
            piece: Piece = (option["text"], red) if option["correct"] else option["text"]
            paper.write_numbered(numbering, 1, piece)
    return paper.content()


def paper_in_one_cell(questions: Questions) -> bytes:
    """The whole paper inside a frame: a table of one cell."""
    paper = Paper()
    lines = ["云杉电商客服部考试"]
    for number, question in enumerate(questions, 1):
        lines.append(f"{number}. {question['stem']}")
        lines += [*lettered(question), f"答案：{letters(question)}"]
    paper.write_table([["\n".join(lines)]])
    return paper.content()


def question_and_options_in_a_cell(questions: Questions) -> bytes:
    """A table 题号, 题目, 答案, where the options stand in the cell of the question."""
    paper = Paper()
    rows = [["题号", "题目", "答案"]]
    for number, question in enumerate(questions, 1):
        rows.append([str(number), "\n".join([question["stem"], *lettered(question)]), letters(question)])
    paper.write_table(rows)
    return paper.content()


def content_controls(questions: Questions) -> bytes:
    """Each paragraph stands in a content control, as forms and templates make them."""
    paper = Paper()
    for number, question in enumerate(questions, 1):
        for line in [f"{number}. {question['stem']}", *lettered(question), f"答案：{letters(question)}"]:
            paragraph = paper.write(line)._p
            control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
            control.append(OxmlElement("w:sdtPr"))
            control.append(content)
            paragraph.addprevious(control)
            content.append(paragraph)
    return paper.content()
