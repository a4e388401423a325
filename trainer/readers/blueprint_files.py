"""``blueprints.yaml`` → entries."""

from collections.abc import Set
from decimal import Decimal

from quizzes.rules.vocabulary import MAX_DIFFICULTY, MIN_DIFFICULTY, Feedback, Kind, Mode, Platform
from trainer.readers.entries import BlueprintEntry, SectionEntry
from trainer.readers.lesson_files import read_slug
from trainer.readers.yaml_lines import Fields


def read_blueprint(fields: Fields, *, topics: Set[str]) -> BlueprintEntry:
    entry = BlueprintEntry(
        slug=read_slug(fields, ""),
        title=fields.text("title", longest=60),
        title_en=fields.text("title_en", longest=120),
        instructions=fields.text("instructions", longest=1000),
        mode=fields.choice("mode", Mode, default=Mode.EXAM) or Mode.EXAM,
        minutes=fields.integer("minutes", least=1, most=600),
        pass_mark=fields.decimal("pass_mark", most=Decimal(100)),
        pass_rationale=fields.text("pass_rationale", longest=500),
        max_attempts=fields.integer("max_attempts", least=0, most=100, default=0),
        cooldown_hours=fields.integer("cooldown_hours", least=0, most=720, default=0),
        feedback=fields.choice("feedback", Feedback, default=Feedback.AFTER_SUBMISSION)
        or Feedback.AFTER_SUBMISSION,
        sections=tuple(fields.rows("sections", lambda row: _read_section(row, topics))),
        line=fields.line,
    )
    fields.no_others()
    return entry


def _read_section(fields: Fields, topics: Set[str]) -> SectionEntry:
    wanted = fields.texts("topics", required=False)
    for topic in wanted:
        if topic not in topics:
            fields.wrong("topics", f"topics.yaml 里没有“{topic}”")
    least = fields.integer("min_difficulty", least=MIN_DIFFICULTY, most=MAX_DIFFICULTY, default=MIN_DIFFICULTY)
    most = fields.integer("max_difficulty", least=MIN_DIFFICULTY, most=MAX_DIFFICULTY, default=MAX_DIFFICULTY)
    if most < least:
        fields.wrong("max_difficulty", "小于 min_difficulty")
    section = SectionEntry(
        title=fields.text("title", longest=60),
        title_en=fields.text("title_en", longest=120),
        topics=wanted,
        platforms=fields.choices("platforms", Platform, default=()),
        kinds=fields.choices("kinds", Kind, default=()),
        min_difficulty=least,
        max_difficulty=most,
        count=fields.integer("count", least=1, most=200),
        marks=fields.decimal("marks", default=Decimal(1), least=Decimal("0.01"), most=Decimal(100)),
        line=fields.line,
    )
    fields.no_others()
    return section
