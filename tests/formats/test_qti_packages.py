"""Packages of QTI: found whole, in order, once; what is broken or built to hurt is told."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.formats.building import MOST_SOURCE
from quizzes.formats.found import Unreadable
from quizzes.formats.qti import read_qti, write_qti
from tests.formats.fuzz import damaged, repeated, swallow
from tests.formats.qti_files import (
    ENTRY,
    choice,
    classic,
    classic_item,
    declared,
    equal,
    item,
    lid,
    manifest,
    material,
    package,
    wins,
)

ONE = item(declared("A"), choice("核实", "拒绝"), identifier="one")
TWO = item(declared("B"), choice("核实", "拒绝"), identifier="two")


def names(data: bytes) -> list[str]:
    found = read_qti(data)
    assert not found.held
    return [question.name for question in found.questions]


def test_items_come_in_the_order_of_the_manifest_then_those_it_forgets():
    files = {"items/b.xml": TWO, "items/a.xml": ONE, "more/c.xml": ONE.replace('"one"', '"three"'), "style.css": "p{}"}
    files["imsmanifest.xml"] = manifest("items/a.xml", "items/b.xml")
    assert names(package(files)) == ["one", "two", "three"]


def test_folders_and_names_written_in_other_ways_are_found():
    assert names(package({"包/题 一.xml": ONE, "包/imsmanifest.xml": manifest("%E9%A2%98%20%E4%B8%80.xml")})) == ["one"]
    assert names(package({"items/a.xml": ONE})) == ["one"]
    classic_one = classic_item("", material("x") + lid({"1": "a", "2": "b"}), wins(equal("1")))
    assert names(package({"res1.dat": classic(classic_one)})) == ["g1"]


def test_several_items_in_one_file():
    assert names(f"<items>{ONE}{TWO}</items>".encode()) == ["one", "two"]


def test_an_item_that_is_packed_twice_is_read_once():
    found = read_qti(package({"a.xml": ONE, "b.xml": ONE}))
    assert len(found.questions) == 1 and found.removed[0].reason == "同一道题在包里重复了"


def test_what_the_manifest_says_of_an_item():
    lom = (
        "<metadata><lom xmlns='http://ltsc.ieee.org/xsd/LOM'><general><identifier><entry>r-1</entry></identifier>"
        "<keyword><string>case</string></keyword><keyword><string>platform:vip</string></keyword></general>"
        "<educational><difficulty><source>LOMv1.0</source><value>difficult</value></difficulty></educational>"
        "<classification><purpose><value>discipline</value></purpose><taxonPath><taxon><entry><string>退货</string></entry>"
        "</taxon></taxonPath></classification></lom></metadata>"
    )
    data = package({"question.xml": ONE, "imsmanifest.xml": manifest("question.xml", metadata=lom)})
    (one,) = read_qti(data).questions
    assert (one.tags, one.platform, one.difficulty, one.topic) == (("case",), "vip", 4, "退货")


def test_a_broken_file_in_a_package_costs_that_file_only():
    found = read_qti(package({"a.xml": ONE, "b.xml": "<broken", "c.xml": TWO}))
    assert len(found.questions) == 2
    assert "包里的文件“b.xml”读不了" in found.held[0].reason


def test_a_broken_manifest_costs_only_what_it_says():
    found = read_qti(package({"a.xml": ONE, "imsmanifest.xml": "<manifest"}))
    assert [question.name for question in found.questions] == ["one"]
    assert "包里的目录“imsmanifest.xml”读不了" in found.held[0].reason


def test_more_parts_than_anybody_answers_are_held():
    many = [str(n) for n in range(501)]
    options = "".join(f'<simpleChoice identifier="c{n}">{n}</simpleChoice>' for n in many)
    body = f'<choiceInteraction responseIdentifier="RESPONSE">{options}</choiceInteraction>'
    for data in (
        item(declared("c1"), body).encode(),
        item(declared("a", identifier="R", base="string"), ENTRY.format("R") * 501).encode(),
        classic(classic_item("", material("x") + lid(dict(zip(many, many, strict=True))))),
        classic(classic_item("", material("x") + "".join(lid({"1": "a"}, ident=n) for n in many))),
    ):
        found = read_qti(data)
        assert not found.questions and "超过 500 个" in found.held[0].reason


def test_what_is_held_names_its_file():
    found = read_qti(package({"a.xml": item(declared(), choice("核实", "拒绝"))}))
    assert found.held[0].reason.endswith("（在包里的“a.xml”）") and found.held[0].text == "先做什么？\n核实\n拒绝"


def test_a_held_source_is_cut_where_it_is_very_long():
    found = read_qti(item(declared(), choice("核" * 9000, "拒绝")).encode())
    assert len(found.held[0].text) == MOST_SOURCE


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b"<q>" + b" " * 20_000_000 + b"</q>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (package({"readme.txt": "x"}), "没有找到 QTI 题目"),
        (package({"a.xml": "<html/>"}), "没有找到 QTI 题目"),
        (b"<html/>", "没有找到 QTI 题目"),
        (package({"../a.xml": ONE}), "包外"),
        (package({"a.zip": b"PK"}), "还有压缩包"),
        (bomb(), "炸弹"),
        (package({"a.xml": ONE})[:-20], "没有下载完整"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版的 Office"),
        (b'<!DOCTYPE q [<!ENTITY x "y">]><q>&x;</q>', "实体"),
        (b"", "空的"),
    ],
)
def test_what_is_no_package_or_built_to_hurt_is_refused(data, words):
    with pytest.raises(Unreadable, match=words):
        read_qti(data)


def test_what_is_written_says_no_time_and_no_system():
    with zipfile.ZipFile(io.BytesIO(write_qti([]))) as archive:
        assert [(entry.filename, entry.date_time) for entry in archive.infolist()] == [
            ("imsmanifest.xml", (1980, 1, 1, 0, 0, 0))
        ]


CLASSIC = classic(
    classic_item(
        "",
        material("<p>一</p>") + lid({"1": "a", "2": "b"}),
        wins(f"<or>{equal('1')}<not>{equal('2')}</not></or>"),
    )
)
MODERN = item(
    declared("a", base="string", mapping='<mapEntry mapKey="a" mappedValue="1"/>'),
    f"<p>一{ENTRY.format('RESPONSE')}</p>",
).encode()


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    swallow(lambda: read_qti(data))


@pytest.mark.parametrize("sample", [CLASSIC, MODERN, f"<x>{ONE}{TWO}</x>".encode(), package({"a.xml": ONE})])
def test_damaged_files_are_read_or_refused(sample):
    @given(damaged(sample))
    def check(data):
        swallow(lambda: read_qti(data))

    check()


NAMES = (
    *("p", "div", "feedbackInline", "rubricBlock", "hottext", "simpleChoice", "inlineChoice", "gapText"),
    *("simpleMatchSet", "simpleAssociableChoice", "choiceInteraction", "orderInteraction", "matchInteraction"),
    *("gapMatchInteraction", "inlineChoiceInteraction", "associateInteraction", "sliderInteraction"),
    *("hottextInteraction", "extendedTextInteraction"),
)
LEAVES = ["x", "____", "<value>A</value>", "<prompt>p</prompt>", "<gap identifier='g'/>", ENTRY.format("R")]
bodies = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: st.tuples(st.sampled_from(NAMES), st.lists(inner, max_size=4)).map(
        lambda made: f"<{made[0]} responseIdentifier='R' identifier='A'>{''.join(made[1])}</{made[0]}>"
    ),
    max_leaves=12,
)


@given(
    bodies,
    st.sampled_from(["single", "multiple", "ordered"]),
    st.sampled_from(["identifier", "pair", "float", "string"]),
)
def test_any_body_is_read_or_held(body, cardinality, base):
    correct = declared("A", "A B", identifier="R", cardinality=cardinality, base=base)
    found = swallow(lambda: read_qti(item(correct, body).encode()))
    assert found and len(found.questions) + len(found.held) == 1


@pytest.mark.parametrize("inside", ["<p>x</p>", "x", "<br/>", "<li>x</li>", ENTRY.format("R")])
def test_long_repetitions_take_no_time(inside, quick):
    with quick():
        swallow(lambda: read_qti(item(declared("a", identifier="R", base="string"), repeated(inside)).encode()))
        options = "".join(f'<simpleChoice identifier="c{n}">{n}</simpleChoice>' for n in range(2000))
        body = f'<choiceInteraction responseIdentifier="RESPONSE">{options}</choiceInteraction>'
        replies = "".join(f'<modalFeedback identifier="c{n}">x</modalFeedback>' for n in range(2000))
        swallow(lambda: read_qti(item(declared("c1"), body, replies).encode()))
