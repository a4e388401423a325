"""The English catalogue gives every word that the site asks for."""

import re

import pytest
from django.utils.translation import gettext, override

from trainer import catalogs
from trainer.catalogs import KEYWORDS, catalogue, messages_in, read, translations, update

PLACEHOLDERS = re.compile(r"%\(\w+\)[.\d]*[sdf]|%[.\d]*[sdf]|(?<!\{)\{\w*\}(?!\})")
CHINESE = re.compile(r"[一-鿿，。：；！？（）]")


@pytest.fixture(scope="module")
def english():
    return read(catalogue("en"))


@pytest.fixture(scope="module")
def asked():
    """Each message that the site asks for, once."""
    return {(first(message), message.context): message for message in messages_in()}


def first(message):
    return message.id if isinstance(message.id, str) else message.id[0]


def where(message):
    return ":".join(map(str, message.locations[0]))


def test_every_message_has_its_english(english, asked):
    known = {(first(m), m.context): m for m in english if m.id}
    given = {key for key, message in known.items() if all(translations(message))}
    missing = [f"{where(message)} {key[0]}" for key, message in asked.items() if key not in given]

    assert len(asked) > 500, "the extraction lost its way"
    assert not missing, f"{len(missing)} messages without English, e.g.\n" + "\n".join(missing[:40])


def test_nothing_is_fuzzy_or_left_over(english, asked):
    assert [m.id for m in english if m.id and m.fuzzy] == []
    assert [m.id for m in english if m.id and (first(m), m.context) not in asked] == []


def test_no_message_hides_behind_a_name_that_is_not_looked_for():
    imported = re.compile(r"import (\w*gettext\w*) as (\w+)")
    root = catalogs.settings.BASE_DIR
    files = [path for package in ("quizzes", "trainer") for path in (root / package).rglob("*.py")]
    names = {name for path in files for _word, name in imported.findall(path.read_text(encoding="utf-8"))}

    assert names - set(KEYWORDS) == set()


def test_placeholders_are_the_same_in_both_languages(english):
    for message in english:
        if not message.id:
            continue
        wanted = set(PLACEHOLDERS.findall(first(message)))
        for translation in filter(None, translations(message)):
            assert set(PLACEHOLDERS.findall(translation)) == wanted, f"{message.id} → {translation}"


def test_the_english_is_not_chinese(english):
    # in quotation marks it is a word to type: the lessons are Chinese
    left = {m.id: t for m in english if m.id for t in translations(m) if CHINESE.search(re.sub("“[^”]*”", "", t))}

    assert left == {}


def test_the_compiled_catalogues_speak(english):
    catalogs.compile_all()

    with override("en"):
        assert gettext("登录") == "Sign in"
    with override("zh-hans"):
        assert gettext("登录") == "登录"
        assert gettext("Error:") == "出错："


def test_update_keeps_translations_adds_what_is_new_and_drops_what_is_gone(tmp_path):
    po = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True)
    po.write_text('msgid "保存"\nmsgstr "Save"\n\nmsgid "没人要"\nmsgstr "Gone"\n', encoding="utf-8")
    templates, package = tmp_path / "templates", tmp_path / "quizzes"
    templates.mkdir()
    package.mkdir()
    (templates / "a.html").write_text(
        '  <p>{% translate "保存" %}</p>\n'
        '{% blocktranslate trimmed count n=n %}还差 {{ n }} 项{% plural %}还差 {{ n }} 项{% endblocktranslate %}\n'
        '{% translate "卷" context "exam" %}',
        encoding="utf-8",
    )
    (package / "b.py").write_text('x = _("新的")\ny = pgettext_lazy("place", "练习")\n', encoding="utf-8")

    missing = update(po, messages_in(tmp_path))

    found = {(first(m), m.context): m.string for m in read(po) if m.id}
    assert missing == 4
    assert found == {
        ("保存", None): "Save",
        ("还差 %(n)s 项", None): ("", ""),
        ("卷", "exam"): "",
        ("新的", None): "",
        ("练习", "place"): "",
    }
