"""The catalogues of translations: what the code asks for, what the .po files give, and compiling without gettext."""

import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

KEYWORDS: dict = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


def messages_in(root: Path = settings.BASE_DIR) -> Iterator[Message]:
    """What templates and Python ask to be translated, in the order of their files; each as often as it is asked for."""
    for path in sorted((root / "templates").rglob("*.html")):
        # in brackets, as the indentation of a template means nothing to Python
        source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        yield from _messages(f"({source})", path, root)
    for package in ("quizzes", "trainer"):
        for path in sorted((root / package).rglob("*.py")):
            yield from _messages(path.read_text(encoding="utf-8"), path, root)


def _messages(source: str, path: Path, root: Path) -> Iterator[Message]:
    code = io.BytesIO(source.encode())
    for line, ids, comments, context in extract("python", code, KEYWORDS, options={"encoding": "utf-8"}):
        yield Message(ids, context=context, locations=[(str(path.relative_to(root)), line)], auto_comments=comments)


def catalogue(language: str) -> Path:
    """The .po file of a language, named as the directories are: ``en``, ``zh_Hans``."""
    return settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name, abort_invalid=True)


def update(path: Path, wanted: Iterator[Message]) -> int:
    """Write the wanted messages to the .po file in their order, keeping its translations; how many have none yet.

    What nothing asks for any more is dropped. Locations are left out, so that moving a line changes no catalogue.
    """
    old, new = read(path), Catalog(locale=path.parent.parent.name)
    for message in wanted:
        known = old.get(_first(message), message.context)
        if new.get(_first(message), message.context) is None:
            new.add(message.id, known.string if known else "", context=message.context)
    body = io.BytesIO()
    write_po(body, new, omit_header=True, width=120)
    header = HEADER.format(language=path.parent.parent.name, plurals=new.plural_forms)
    path.write_text(header + body.getvalue().decode().strip() + "\n", encoding="utf-8")
    return sum(not all(translations(message)) for message in new if message.id)


def translations(message: Message) -> tuple[str, ...]:
    """The translation, or one for each plural form; empty where there is none."""
    given = message.string
    return tuple(map(str, given)) if isinstance(given, list | tuple) else (given or "",)


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def compile_all() -> list[Path]:
    """Compile every .po file whose .mo file is missing or older; the .mo files written."""
    written = []
    for source in sorted((settings.BASE_DIR / "locale").glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
            write_mo(file, read(source))
        Path(file.name).chmod(0o644)
        os.replace(file.name, target)  # at once: another process may be reading it
        written.append(target)
    return written
