"""Question banks in Word: what only Word says: numbers, colours, tables."""

import pytest
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from quizzes.formats.word import docx_lines, read_docx
from tests.formats.plain.cases import written
from tests.formats.word_files import bold, content, highlighted, paper, red, underlined

# --- what stands out -------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", [red, bold, underlined, highlighted])
def test_the_options_that_stand_out_are_the_key(mark):
    data = paper(
        [("一、选择题", bold)],
        "1. 甲？",
        "A. 一",
        [("B. 二", mark)],
        "C. 三",
        "2. 乙？",
        ["A. ", ("一", mark)],
        [("B", mark), ". 二"],
        "C. 三",
    )
    assert written(read_docx(data)) == ["single 甲？ | 一 | *二 | 三", "multiple 乙？ | *一 | *二 | 三"]


def test_options_that_all_stand_out_say_nothing():
    data = paper("1. 甲？", [("A. 一", bold)], [("B. 二", bold)])
    assert written(read_docx(data)) == ["held - # 没有找到答案，请补上"]


def test_all_options_are_right_where_red_is_how_the_file_marks_its_keys():
    right = [("A. 一", red)], [("B. 二", red)]
    data = paper("1. 甲？", right[0], "B. 二", "2. 乙？", "A. 一", right[1], "3. 丙？", *right)
    assert written(read_docx(data))[2] == "multiple 丙？ | *一 | *二"


def test_a_written_key_beats_bold_words_and_is_held_against_red_ones():
    data = paper("1. 甲？", [("A. 一", bold)], "B. 二", "答案：B", "2. 乙？", [("A. 一", red)], "B. 二", "答案：B")
    first, second = written(read_docx(data))
    assert first == "single 甲？ | 一 | *二"
    assert second == "held single 乙？ | 一 | *二 # 选项里标红或加亮的和写出的答案不一致，请核对"


def test_underlined_spaces_are_gaps_and_underlined_words_are_answers():
    data = paper(
        "一、填空题",
        ["1. 期限是", ("      ", underlined), "天。"],
        "答案：7",
        ["2. 期限是", (" 7 ", underlined), "天。"],
    )
    assert written(read_docx(data)) == ["fill 期限是____天。 | 7", "fill 期限是____天。 | 7"]


def test_an_underlined_letter_is_the_key():
    data = paper(["1. 正确的是", (" B ", underlined), "。"], "A. 一", "B. 二")
    assert written(read_docx(data)) == ["single 正确的是____。 | 一 | *二"]


# --- numbers ---------------------------------------------------------------------------------------------


def numbered(document, levels, *, restart=False):
    """A list of its own in the document; gives its number. ``levels`` are format and pattern by depth."""
    numbering = document.part.numbering_part.element
    abstract_id = str(900 + len(numbering.findall(qn("w:abstractNum"))))
    inner = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for depth, (form, pattern) in enumerate(levels)
    )
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract_id}">{inner}</w:abstractNum>')
    numbering.insert(0, abstract)
    return numbering.add_num(int(abstract_id)).numId


def item(document, number_id, depth, text):
    properties = document.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = depth
    properties.get_or_add_numId().val = number_id


def test_word_numbers_questions_and_options_by_itself():
    document = Document()
    number_id = numbered(document, [("decimal", "%1."), ("upperLetter", "%2.")])
    for stem, key in (("甲？", "B"), ("乙？", "A")):
        item(document, number_id, 0, stem)
        item(document, number_id, 1, "一")
        item(document, number_id, 1, "二")
        document.add_paragraph(f"答案：{key}")
    assert written(read_docx(content(document))) == ["single 甲？ | 一 | *二", "single 乙？ | *一 | 二"]


def test_a_list_that_restarts_begins_with_a_again():
    document = Document()
    first = numbered(document, [("upperLetter", "%1、")])
    numbering = document.part.numbering_part.element
    family = numbering.num_having_numId(first).abstractNumId.val
    for number, key in ((1, "A"), (2, "B")):
        document.add_paragraph(f"{number}. 问题{number}？")
        own = numbering.add_num(family)
        own.add_lvlOverride(0).add_startOverride(1)
        item(document, own.numId, 0, "一")
        item(document, own.numId, 0, "二")
        document.add_paragraph(f"答案：{key}")
    assert written(read_docx(content(document))) == ["single 问题1？ | *一 | 二", "single 问题2？ | 一 | *二"]


@pytest.mark.parametrize(
    ("form", "marks"), [("chineseCounting", "一二"), ("decimalEnclosedCircle", "①②"), ("lowerLetter", "ab")]
)
def test_other_formats_of_numbers(form, marks):
    document = Document()
    number_id = numbered(document, [(form, "%1、")])
    item(document, number_id, 0, "甲")
    item(document, number_id, 0, "乙")
    assert [line.text for line in docx_lines(content(document))] == [f"{marks[0]}、 甲", f"{marks[1]}、 乙"]


# --- tables ----------------------------------------------------------------------------------------------


def table(*rows) -> bytes:
    document = Document()
    made = document.add_table(0, len(rows[0]))
    for row in rows:
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.text = text
    return content(document)


def test_a_table_with_a_question_in_each_row():
    data = table(
        ["序号", "题型", "题目", "选项", "答案", "解析"],
        ["1", "单选题", "甲？", "A. 一\nB. 二", "B", "因为"],
        ["2", "判断题", "乙。", "", "对", ""],
        ["3", "多选题", "丙？", "一\n二\n三", "一\n三", ""],
    )
    assert written(read_docx(data)) == [
        "single 甲？ | 一 | *二 | (因为)",
        "true_false 乙。 | 对",
        "multiple 丙？ | *一 | 二 | *三",
    ]


def test_a_table_for_one_question():
    data = table(["题目", "甲？"], ["A", "一"], ["B", "二"], ["答案", "B"], ["解析", "因为"])
    assert written(read_docx(data)) == ["single 甲？ | 一 | *二 | (因为)"]


def test_options_in_the_cells_of_a_table_and_a_table_of_keys():
    document = Document()
    for number in (1, 2):
        document.add_paragraph(f"{number}. 问题{number}？")
        cells = document.add_table(1, 2).rows[0].cells
        cells[0].text, cells[1].text = "A. 一", "B. 二"
    document.add_paragraph("参考答案")
    keys = document.add_table(2, 3)
    for row, texts in zip(keys.rows, (["题号", "1", "2"], ["答案", "B", "A"]), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    assert written(read_docx(content(document))) == ["single 问题1？ | 一 | *二", "single 问题2？ | *一 | 二"]


# --- the rest of a file ----------------------------------------------------------------------------------


def test_page_headers_and_footers_are_no_questions():
    document = Document()
    document.sections[0].header.paragraphs[0].text = "1. 页眉？（A）"
    document.sections[0].footer.paragraphs[0].text = "第 1 页"
    document.add_paragraph("1. 甲。（√）")
    assert written(read_docx(content(document))) == ["true_false 甲。（ ） | 对"]


def test_breaks_inside_a_paragraph_and_text_boxes_are_lines():
    document = Document()
    paragraph = document.add_paragraph("1. 甲？")
    paragraph.add_run().add_break()
    paragraph.add_run("A. 一")
    paragraph.add_run().add_break()
    paragraph.add_run("B. 二")
    box = OxmlElement("w:txbxContent")
    box.append(Document().add_paragraph("答案：B")._p)
    shape = OxmlElement("w:pict")
    shape.append(box)
    paragraph.add_run()._r.append(shape)
    found = read_docx(content(document))
    assert written(found) == ["single 甲？ | 一 | *二"]
    assert found.questions[0].line == 1


def test_deleted_text_is_not_read():
    document = Document()
    paragraph = document.add_paragraph("1. 甲。（√）")
    gone = OxmlElement("w:del")
    gone.append(Document().add_paragraph("错字").runs[0]._r)
    paragraph._p.append(gone)
    assert written(read_docx(content(document))) == ["true_false 甲。（ ） | 对"]
