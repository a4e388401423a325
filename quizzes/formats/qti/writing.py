"""Questions → a package of QTI 2.1, the same bytes each time."""

import zipfile
from collections.abc import Sequence
from io import BytesIO

from lxml import etree

from quizzes.formats.building import labels
from quizzes.formats.found import FoundQuestion
from quizzes.formats.qti.item_writing import item_xml
from quizzes.formats.qti.reading import LEVELS, MANIFEST
from quizzes.formats.trees import writable

PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
LOM = "http://ltsc.ieee.org/xsd/LOM"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first time that a zip can name
DIFFICULTIES = {level: word for word, level in LEVELS.items()}


def write_qti(questions: Sequence[FoundQuestion]) -> bytes:
    """A zip with a manifest and one file a question, which ``read_qti`` reads back as the same questions."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, MANIFEST, _manifest(questions))
        for place, question in enumerate(questions, 1):
            _add(archive, _file(place), item_xml(question, _identifier(place)))
    return out.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)


def _identifier(place: int) -> str:
    return f"question-{place:05}"


def _file(place: int) -> str:
    return f"items/{_identifier(place)}.xml"


def _manifest(questions: Sequence[FoundQuestion]) -> bytes:
    root = etree.Element(_tag(PACKAGE, "manifest"), nsmap={None: PACKAGE, "lom": LOM}, identifier="question-bank")
    metadata = etree.SubElement(root, _tag(PACKAGE, "metadata"))
    etree.SubElement(metadata, _tag(PACKAGE, "schema")).text = "QTIv2.1 Package"
    etree.SubElement(metadata, _tag(PACKAGE, "schemaversion")).text = "1.0.0"
    etree.SubElement(root, _tag(PACKAGE, "organizations"))
    resources = etree.SubElement(root, _tag(PACKAGE, "resources"))
    for place, question in enumerate(questions, 1):
        resource = etree.SubElement(
            resources,
            _tag(PACKAGE, "resource"),
            identifier=f"resource-{place:05}",
            type="imsqti_item_xmlv2p1",
            href=_file(place),
        )
        _describe(etree.SubElement(resource, _tag(PACKAGE, "metadata")), question)
        etree.SubElement(resource, _tag(PACKAGE, "file"), href=_file(place))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _describe(metadata: etree._Element, question: FoundQuestion) -> None:
    lom = _lom(metadata, "lom")
    general = _lom(lom, "general")
    if question.name:
        identifier = _lom(general, "identifier")
        _lom(identifier, "catalog", "question")
        _lom(identifier, "entry", question.name)
    for tag in labels(question):
        if not tag.startswith("difficulty:"):
            _lom(_lom(general, "keyword"), "string", tag)
    if question.difficulty is not None:
        difficulty = _lom(_lom(lom, "educational"), "difficulty")
        _lom(difficulty, "source", "LOMv1.0")
        _lom(difficulty, "value", DIFFICULTIES[question.difficulty])
    if question.topic:
        classification = _lom(lom, "classification")
        purpose = _lom(classification, "purpose")
        _lom(purpose, "source", "LOMv1.0")
        _lom(purpose, "value", "discipline")
        taxon = _lom(_lom(classification, "taxonPath"), "taxon")
        _lom(_lom(taxon, "entry"), "string", question.topic)


def _lom(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    element = etree.SubElement(parent, _tag(LOM, name))
    if text:
        element.text = writable(text)
    return element


def _tag(namespace: str, name: str) -> str:
    return f"{{{namespace}}}{name}"
