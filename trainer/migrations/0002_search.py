"""The search entries, and the full-text index that each database keeps over their tokens by itself."""

import django.db.models.deletion
from django.db import migrations, models

# FTS5 over the entries' own columns; the triggers keep it true whoever writes. The ``ascii`` tokenizer parts words
# at blanks and leaves every character beyond ASCII alone. ``prefix`` serves queries of one Chinese character.
SQLITE = [
    """CREATE VIRTUAL TABLE trainer_search_index USING fts5(
        title_tokens, text_tokens, content='trainer_searchentry', content_rowid='id', tokenize='ascii', prefix='1')""",
    """CREATE TRIGGER trainer_search_insert AFTER INSERT ON trainer_searchentry BEGIN
        INSERT INTO trainer_search_index(rowid, title_tokens, text_tokens)
        VALUES (new.id, new.title_tokens, new.text_tokens);
    END""",
    """CREATE TRIGGER trainer_search_delete AFTER DELETE ON trainer_searchentry BEGIN
        INSERT INTO trainer_search_index(trainer_search_index, rowid, title_tokens, text_tokens)
        VALUES ('delete', old.id, old.title_tokens, old.text_tokens);
    END""",
    """CREATE TRIGGER trainer_search_update AFTER UPDATE ON trainer_searchentry BEGIN
        INSERT INTO trainer_search_index(trainer_search_index, rowid, title_tokens, text_tokens)
        VALUES ('delete', old.id, old.title_tokens, old.text_tokens);
        INSERT INTO trainer_search_index(rowid, title_tokens, text_tokens)
        VALUES (new.id, new.title_tokens, new.text_tokens);
    END""",
    "INSERT INTO trainer_search_index(trainer_search_index) VALUES ('rebuild')",
]
SQLITE_BACK = [
    "DROP TRIGGER trainer_search_update",
    "DROP TRIGGER trainer_search_delete",
    "DROP TRIGGER trainer_search_insert",
    "DROP TABLE trainer_search_index",
]

# PostgreSQL's own parser drops Chinese under some locales, so the lexemes are made from the tokens directly. The
# tokens hold letters and digits only, so that quoting them needs no escape. 16383 is the last position there is;
# the stop behind the title keeps a phrase from running on into the text.
POSTGRES = [
    """CREATE FUNCTION trainer_search_lexemes(tokens text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT coalesce(string_agg(format('''%s'':%s', token, least(place, 16383)), ' '), '')::tsvector
        FROM unnest(string_to_array(tokens, ' ')) WITH ORDINALITY AS row(token, place) WHERE token <> ''
    $$""",
    """ALTER TABLE trainer_searchentry ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        setweight(trainer_search_lexemes(title_tokens || ' .'), 'A') ||
        setweight(trainer_search_lexemes(text_tokens), 'D')) STORED""",
    "CREATE INDEX trainer_search_index ON trainer_searchentry USING gin (vector)",
]
POSTGRES_BACK = [
    "DROP INDEX trainer_search_index",
    "ALTER TABLE trainer_searchentry DROP COLUMN vector",
    "DROP FUNCTION trainer_search_lexemes(text)",
]


def _run(schema_editor, **by_vendor):
    for statement in by_vendor[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def make_index(apps, schema_editor):
    _run(schema_editor, sqlite=SQLITE, postgresql=POSTGRES)


def drop_index(apps, schema_editor):
    _run(schema_editor, sqlite=SQLITE_BACK, postgresql=POSTGRES_BACK)


class Migration(migrations.Migration):
    dependencies = [
        ("quizzes", "0002_initial"),
        ("trainer", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="标题")),
                ("text", models.TextField(verbose_name="正文")),
                ("title_tokens", models.TextField(blank=True, verbose_name="标题的检索词")),
                ("text_tokens", models.TextField(blank=True, verbose_name="正文的检索词")),
                ("indexed_at", models.DateTimeField(verbose_name="收录时间")),
                (
                    "lesson_version",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="trainer.lessonversion",
                        verbose_name="课程版本",
                    ),
                ),
                (
                    "question_version",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="quizzes.questionversion",
                        verbose_name="试题版本",
                    ),
                ),
            ],
            options={
                "verbose_name": "检索条目",
                "verbose_name_plural": "检索条目",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(lesson_version__isnull=False, question_version=None)
                        | models.Q(lesson_version=None, question_version__isnull=False),
                        name="search_entry_of_a_lesson_or_a_question",
                    )
                ],
            },
        ),
        migrations.RunPython(make_index, drop_index),
    ]
