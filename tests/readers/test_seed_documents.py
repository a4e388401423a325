"""The raw documents behind the curriculum, where they lie beside the checkout; they are not ours to commit."""

import re
from pathlib import Path

import pytest

from quizzes.rules.text import plain_characters
from trainer.readers.drafts import read_document
from trainer.rules.outline import look

SEEDS = sorted((Path(__file__).parents[3] / "shared" / "seeds").glob("*.txt"))
pytestmark = pytest.mark.skipif(not SEEDS, reason="there is no shared/seeds beside the checkout")
each_seed = pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])

# Words of sites, slide templates and page furniture; none may be left in any draft.
FURNITURE = """
    原创力 book118 网友上传 版权申诉 举报电话 下载权益 VIP文档 文档评论 侵犯您的权益 自行甄别 部分预览 ppt课件 PPT课件
    下载文档可以自由编辑 千里之行 金石可镂 第1页 共2页 #2楼 演讲人 CATALOGUE 目录 創意嶺 创意岭 小編 小编 ai.de1919
    175-8598 1454722008 人工智能工具 稿源 閱讀: 推薦閱讀 推荐阅读 HOME CONTACT 首頁 專注品牌 讓品牌有溫度
    本文目 百度百科
    爱汇网 感谢您的阅读 杭州電商 客服經典語錄 希望能幫到你 自己用的課件
"""
PINYIN = re.compile(r"(?<=[㐀-鿿])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǘǚǜ]{1,6}\)")


def words(text):
    """Letters, digits and characters alone."""
    return "".join(re.findall(r"[^\W_]+", text))


def drafted(read):
    return words("\n".join(f"{lesson.title}\n{lesson.body}" for lesson in read.lessons))


@each_seed
@pytest.mark.parametrize("simplify", [False, True])
def test_no_site_boilerplate_and_no_footer_is_left_in_a_draft(path, simplify):
    read = read_document(path.read_bytes(), path.name, simplify=simplify)

    text = "\n".join(f"{lesson.title}\n{lesson.body}" for lesson in read.lessons)
    assert [found for found in FURNITURE.split() if found in text] == []
    assert not [line for line in text.split("\n") if re.fullmatch(r"[\s\d*.·/-]*", line) and line.strip()]


@each_seed
def test_every_character_of_every_line_is_in_a_draft_or_listed_as_removed(path):
    read = read_document(path.read_bytes(), path.name)
    kept, titles = drafted(read), [words(lesson.title) for lesson in read.lessons]
    titles += [part for lesson in read.lessons for part in map(words, re.split(r"[：、（]", lesson.title))]

    assert [
        (line, part)
        for line, text in read.source.lines()
        for part in without_removed(text, [entry for entry in read.removed if entry.line == line])
        if not (part in kept or any(part.startswith(t) and part[len(t) :] in kept for t in titles))
    ] == []


def without_removed(text, removed):
    """The words of a line between what was removed from it; a heading's number may go into no title."""
    for entry in removed:
        pinyin = entry.reason == "字后面的拼音"
        for piece in entry.text.split() if pinyin else [entry.text]:
            assert words(piece) in words(text)
            pattern = r"\s*".join(map(re.escape, piece.replace(" ", "")))
            text = re.sub(pattern, "" if pinyin else "\n", text, count=1)
    text = plain_characters(text)
    numbered = look(text)
    if numbered and numbered.level and len(numbered.text) <= 26:
        text = numbered.text
    return [part for part in map(words, text.split("\n")) if part]


@each_seed
def test_what_was_read_can_be_put_back_entry_by_entry(path):
    data = path.read_bytes()
    first = read_document(data, path.name)
    entries = {entry.id: entry for entry in first.removed}
    assert len(entries) == len(first.removed)

    chosen = [entry for entry in first.removed if entry.reason != "字后面的拼音"][:: max(len(entries) // 12, 1)]
    for entry in chosen:
        again = read_document(data, path.name, keep={entry.id})

        assert entry.id not in {other.id for other in again.removed}
        assert words(entry.text) in drafted(again)


@each_seed
def test_pinyin_after_a_character_is_gone_but_nowhere_else(path):
    read = read_document(path.read_bytes(), path.name, simplify=True)

    left = [found for lesson in read.lessons for found in PINYIN.findall(lesson.body)]
    doubts = [doubt for doubt in read.flagged if "拼音" in doubt.reason or "编码" in doubt.reason]
    assert len(left) <= len(doubts)  # what is no reading of the character before it is shown to a person


@each_seed
def test_drafts_have_sensible_titles_and_sizes(path):
    read = read_document(path.read_bytes(), path.name, simplify=True)

    for lesson in read.lessons:
        assert 2 <= len(lesson.title) <= 60
        assert not re.search(r"[。！!;；]|课件|^\d+[.、]|[:：]$|\.pptx?$", lesson.title)
        assert len(lesson.body) <= 2_000
        assert lesson.kind_reason
        assert lesson.first_line <= lesson.last_line
    assert sum(len(lesson.body) < 80 for lesson in read.lessons) <= 1
