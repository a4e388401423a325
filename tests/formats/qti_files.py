"""Short ways to write QTI of each generation, and packages of it."""

import io
import zipfile

V21 = "http://www.imsglobal.org/xsd/imsqti_v2p1"
V3 = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"


def package(files: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def manifest(*hrefs: str, metadata: str = "") -> str:
    resources = "".join(
        f'<resource identifier="r{n}" type="imsqti_item_xmlv2p1" href="{href}">{metadata}'
        f'<file href="{href}"/></resource>'
        for n, href in enumerate(hrefs)
    )
    return f'<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources>{resources}</resources></manifest>'


# --- 2.x -----------------------------------------------------------------------------------------------------

def declared(*correct: str, identifier="RESPONSE", cardinality="single", base="identifier", mapping: str = "") -> str:
    values = "".join(f"<value>{value}</value>" for value in correct)
    answer = f"<correctResponse>{values}</correctResponse>" if correct else ""
    mapped = f"<mapping defaultValue='0'>{mapping}</mapping>" if mapping else ""
    return (
        f'<responseDeclaration identifier="{identifier}" cardinality="{cardinality}" baseType="{base}">'
        f"{answer}{mapped}</responseDeclaration>"
    )


def item(declarations: str, body: str, after: str = "", identifier: str = "i1") -> str:
    return (
        f'<assessmentItem xmlns="{V21}" identifier="{identifier}" title="题">{declarations}'
        f"<itemBody>{body}</itemBody>{after}</assessmentItem>"
    )


def choice(*texts: str, most: int = 1) -> str:
    options = "".join(f'<simpleChoice identifier="{chr(65 + n)}">{text}</simpleChoice>' for n, text in enumerate(texts))
    return (
        f'<choiceInteraction responseIdentifier="RESPONSE" maxChoices="{most}"><prompt>先做什么？</prompt>{options}'
        "</choiceInteraction>"
    )


ENTRY = '<textEntryInteraction responseIdentifier="{}"/>'

# --- 1.2 -----------------------------------------------------------------------------------------------------

def classic(*items: str) -> bytes:
    inside = "".join(items)
    return (
        f"<questestinterop><assessment><section ident='root'>{inside}</section></assessment></questestinterop>".encode()
    )


def classic_item(type_: str, presentation: str, processing: str = "", feedback: str = "", ident: str = "g1") -> str:
    return (
        f'<item ident="{ident}"><itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>question_type</fieldlabel>'
        f"<fieldentry>{type_}</fieldentry></qtimetadatafield><qtimetadatafield><fieldlabel>points_possible</fieldlabel>"
        f"<fieldentry>2.0</fieldentry></qtimetadatafield></qtimetadata></itemmetadata>"
        f"<presentation>{presentation}</presentation><resprocessing>{processing}</resprocessing>{feedback}</item>"
    )


def material(html: str) -> str:
    return f'<material><mattext texttype="text/html"><![CDATA[{html}]]></mattext></material>'


def lid(labels: dict[str, str], ident="response1", cardinality="Single", prompt: str = "") -> str:
    texts = "".join(
        f'<response_label ident="{key}"><material><mattext>{text}</mattext></material></response_label>'
        for key, text in labels.items()
    )
    asked = f"<material><mattext>{prompt}</mattext></material>" if prompt else ""
    return (
        f'<response_lid ident="{ident}" rcardinality="{cardinality}">{asked}<render_choice>{texts}</render_choice>'
        "</response_lid>"
    )


def wins(condition: str, points="100", more: str = "") -> str:
    score = f'<setvar action="Set" varname="SCORE">{points}</setvar>' if points else ""
    return f"<respcondition><conditionvar>{condition}</conditionvar>{score}{more}</respcondition>"


def equal(value: str, ident="response1") -> str:
    return f'<varequal respident="{ident}">{value}</varequal>'
