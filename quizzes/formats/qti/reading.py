"""QTI files and packages → questions, whatever the generation."""

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from lxml import etree

from quizzes.formats.archive import Archive, Limits, open_archive, refuse_ole
from quizzes.formats.building import NOT_A_QUESTION, About, Findings, Unsure, labelled
from quizzes.formats.found import FoundQuestion, QuestionsFound, Unreadable
from quizzes.formats.markup import MARKUP, element_to_text, html_to_text
from quizzes.formats.qti.classic import NoQuestion, read_classic_item
from quizzes.formats.qti.items import read_item
from quizzes.formats.trees import child, child_text, children, descendants, local, parse_xml

MANIFEST = "imsmanifest.xml"
PACKAGE_LIMITS = Limits(files=50_000)  # one file a question
ENDINGS = (".xml", ".qti", ".dat")
LEVELS = {"very easy": 1, "easy": 2, "medium": 3, "difficult": 4, "very difficult": 5}
NOTHING = "里面没有找到 QTI 题目。请确认导出时选的是 QTI 格式，并且包含试题。"


def read_qti(data: bytes) -> QuestionsFound:
    """All questions of a QTI file or package (zip). Raises ``Unreadable`` where it is neither or has no questions."""
    refuse_ole(data)
    findings = Findings("qti")
    seen: set[tuple[str, str]] = set()
    if data.startswith(b"PK"):
        _read_package(open_archive(data, PACKAGE_LIMITS), findings, seen)
    else:
        _read_tree(parse_xml(data), About(1), findings, seen)
    if not findings.questions and not findings.held and not findings.removed:
        raise Unreadable(NOTHING)
    return findings.result()


def _read_package(archive: Archive, findings: Findings, seen: set[tuple[str, str]]) -> None:
    for name, about in _files(archive, findings):
        try:
            root = parse_xml(archive.read(name))
        except Unreadable as broken:
            findings.hold(1, name, Unsure(f"包里的文件“{name}”读不了：{broken}"))
            continue
        _read_tree(root, about, findings, seen, where=f"（在包里的“{name}”）")


def _files(archive: Archive, findings: Findings) -> Iterator[tuple[str, About]]:
    """The files that may hold items, in the order of the manifest, then those that it forgets."""
    given: set[str] = set()
    for manifest in (name for name in archive.names if posixpath.basename(name).lower() == MANIFEST):
        given.add(manifest)
        try:
            root = parse_xml(archive.read(manifest))
        except Unreadable as broken:
            findings.hold(1, manifest, Unsure(f"包里的目录“{manifest}”读不了，主题和标签没有读到：{broken}"))
            continue
        for resource in descendants(root, "resource"):
            for name in _hrefs(resource, posixpath.dirname(manifest)):
                if name in archive and name not in given and name.lower().endswith(ENDINGS):
                    given.add(name)
                    yield name, _described(resource)
    for name in archive.names:
        if name not in given and name.lower().endswith(ENDINGS):
            yield name, About(1)


def _hrefs(resource: etree._Element, folder: str) -> list[str]:
    hrefs = [resource.get("href"), *(file.get("href") for file in children(resource, "file"))]
    blackboard = [value for name, value in resource.attrib.items() if name.endswith("}file")]
    return [posixpath.normpath(posixpath.join(folder, unquote(href))) for href in [*hrefs, *blackboard] if href]


def _described(resource: etree._Element) -> About:
    """What the manifest's metadata (LOM) says of an item."""
    about = About(1)
    for lom in descendants(resource, "lom"):
        general = child(lom, "general")
        difficulty = child_text(child(lom, "educational"), "difficulty", "value").lower()
        about = replace(about, name=child_text(general, "identifier", "entry"), difficulty=LEVELS.get(difficulty))
        for classification in children(lom, "classification"):
            if child_text(classification, "purpose", "value").lower() == "discipline":
                entries = [child_text(taxon, "entry") for taxon in descendants(classification, "taxon")]
                about = replace(about, topic=entries[-1] if entries else "")
        about = labelled(about, [child_text(keyword) for keyword in children(general, "keyword")])
    return about


def _read_tree(
    root: etree._Element, about: About, findings: Findings, seen: set[tuple[str, str]], where: str = ""
) -> None:
    """All items of a file: an item alone, several of them in whatever is around them, a whole test of QTI 1.2."""
    for element in root.iter(etree.Element):
        name = local(element)
        if name == "assessmentItem" or (name == "item" and _is_classic(element)):
            _read_item(element, replace(about, line=element.sourceline or 1), findings, seen, where)


def _is_classic(element: etree._Element) -> bool:
    return any(local(each) in ("presentation", "resprocessing", "itemmetadata") for each in element)


def _read_item(
    element: etree._Element, about: About, findings: Findings, seen: set[tuple[str, str]], where: str
) -> None:
    try:
        found = _read(element, about)
    except NoQuestion:
        findings.remove(about.line, _source(element), NOT_A_QUESTION)
    except Unsure as unsure:
        findings.hold(about.line, _source(element), unsure, where)
    else:
        identity = (element.get("identifier") or element.get("ident") or "", found.stem)
        if identity[0] and identity in seen:  # Canvas packs each quiz twice
            findings.remove(about.line, _source(element), "同一道题在包里重复了")
            return
        seen.add(identity)
        findings.questions.append(found)


def _source(element: etree._Element) -> str:
    """The texts of an item as a person can read them."""
    source = element_to_text(element, lambda inner: "" if local(inner) in UNSEEN else None).text
    return html_to_text(source).text if MARKUP.search(source) else source


def _read(element: etree._Element, about: About) -> FoundQuestion:
    return read_item(element, about) if local(element) == "assessmentItem" else read_classic_item(element, about)


UNSEEN = {
    *("responseDeclaration", "outcomeDeclaration", "templateDeclaration", "responseProcessing", "templateProcessing"),
    *("resprocessing", "itemmetadata", "stylesheet"),
}
