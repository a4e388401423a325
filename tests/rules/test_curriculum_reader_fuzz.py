"""Whatever stands in a curriculum folder, its reader does not fail."""

from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.vocabulary import Kind
from tests.curricula import FILES, LESSON, write_folder
from trainer.readers.curriculum import read_curriculum
from trainer.readers.yaml_lines import Fields, Problem, load_yaml


@given(st.text(max_size=300), st.sampled_from(sorted(FILES)))
def test_no_text_makes_the_reader_fail(tmp_path_factory, text, name):
    folder = write_folder(tmp_path_factory.mktemp("fuzz"))
    (folder / name).write_text(text, encoding="utf-8", errors="surrogatepass", newline="")

    found = read_curriculum(folder).problems

    assert all(p.file and p.line >= 1 and p.key and p.message for p in found)
    if not text.strip() or "\0" in text:
        assert any(p.file == name for p in found)


@given(st.integers(0, len(LESSON) - 1), st.text(max_size=3))
def test_no_slip_of_the_keyboard_makes_the_reader_fail(tmp_path_factory, at, typed):
    folder = write_folder(tmp_path_factory.mktemp("slip"))
    text = LESSON[:at] + typed + LESSON[at + 1 :]
    (folder / "lessons/seven-days.md").write_text(text, encoding="utf-8", errors="surrogatepass", newline="")

    found = read_curriculum(folder).problems

    assert all(p.file and 1 <= p.line <= LESSON.count("\n") + 10 for p in found)


yaml_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)


@given(yaml_values)
def test_a_field_of_any_value_gives_a_harmless_one(value):
    found: list[Problem] = []
    raw = load_yaml("field: 1", file="x", problems=found)
    raw["field"] = value
    fields = Fields(raw, file="x", problems=found)

    assert isinstance(fields.text("field"), str)
    assert all(isinstance(text, str) for text in fields.texts("field"))
    assert fields.choice("field", Kind) is None or fields.choice("field", Kind) in Kind
    assert 1 <= fields.integer("field", least=1, most=5) <= 5
    assert fields.decimal("field").is_finite()
    assert fields.date("field") is None
    assert isinstance(fields.boolean("field"), bool)
    assert all(p.line == 1 and p.key == "field" for p in found)
