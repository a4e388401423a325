"""The form to write a question of any kind, new or anew: what is asked, the key, and where it belongs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quizzes.forms.writing_content import FIELDS, content_data, content_initial
from quizzes.models import QuestionVersion, Topic
from quizzes.models.labels import LABELS, choices
from quizzes.rules.questions import Content, InvalidQuestion, content_from_data
from quizzes.rules.vocabulary import MAX_DIFFICULTY, MIN_DIFFICULTY, RULES_FOR_KIND, Kind, MarkingRule, Platform

LEVELS = [(level, str(level)) for level in range(MIN_DIFFICULTY, MAX_DIFFICULTY + 1)]
STEM_HINTS = {
    Kind.FILL: _("要填的地方写四个下划线 ____。"),
    Kind.CLOZE: _("要选词的地方写四个下划线 ____。"),
}


@dataclass(frozen=True)
class Written:
    """What was written; ``topic`` is none where the form did not have to name one."""

    kind: Kind
    stem: str
    content: Content
    explanation: str
    rule: MarkingRule
    topic: Topic | None
    platform: Platform
    difficulty: int
    tags: tuple[str, ...]


class QuestionForm(forms.Form):
    """A question of one ``kind``. ``written`` is what it says once the form is valid; ``old`` what it said."""

    stem = forms.CharField(label=_("题干"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    explanation = forms.CharField(
        label=_("讲解"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("学员交卷后看到的理由。"),
    )
    topic = forms.ModelChoiceField(label=_("主题"), queryset=Topic.objects.all(), empty_label=_("（选一个）"))
    platform = forms.ChoiceField(label=_("平台"), choices=choices(Platform), initial=Platform.ALL)
    difficulty = forms.TypedChoiceField(label=_("难度"), coerce=int, choices=LEVELS, initial=2)
    rule = forms.ChoiceField(label=_("给分办法"))
    tags = forms.CharField(
        label=pgettext_lazy("several", "标签"), required=False, max_length=200, help_text=_("几个标签用顿号隔开。")
    )

    def __init__(
        self,
        data=None,
        *,
        kind: Kind,
        initial: Mapping[str, Any] | None = None,
        topic_required: bool = True,
        old: Content | None = None,
    ):
        super().__init__(data, initial=initial)
        self.kind, self.old = kind, old
        self.fields["stem"].help_text = STEM_HINTS.get(kind, "")
        rules = RULES_FOR_KIND[kind]
        self.fields["rule"].choices = [(rule.value, LABELS[rule]) for rule in rules]
        if len(rules) == 1:
            self.fields["rule"].widget, self.fields["rule"].initial = forms.HiddenInput(), rules[0]
        self.fields["topic"].required = topic_required
        if not topic_required:
            self.fields["topic"].empty_label = _("（按这一批的主题）")
        for name, field in FIELDS[kind]().items():
            self.fields[name] = field
        first = ["stem", *(name for name in FIELDS[kind]()), "explanation"]
        self.order_fields(first)

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        try:
            raw = content_data(self.kind, data, self.old)
            content = content_from_data(self.kind, raw, stem=data["stem"])
        except InvalidQuestion as problem:
            name = problem.key if problem.key in self.fields else None
            self.add_error(name, problem.message)
            return data
        self.written = Written(
            kind=self.kind,
            stem=data["stem"],
            content=content,
            explanation=data["explanation"],
            rule=MarkingRule(data["rule"]),
            topic=data["topic"],
            platform=Platform(data["platform"]),
            difficulty=data["difficulty"],
            tags=tuple(filter(None, re.split(r"[、,，;；\s]+", data["tags"]))),
        )
        return data

    @property
    def options(self) -> list[dict[str, Any]]:
        """The rows of options for the page: the bound fields of each."""
        rows = sorted(name for name in self.fields if name.startswith("option_"))
        return [
            {"text": self[name], **{part: self[f"{part}_{name[7:]}"] for part in ("right", "why", "id")}}
            for name in rows
        ]

    @property
    def rows_shown(self) -> int:
        """How many rows of options are in sight: one more than are filled, four at least."""
        filled = [number for number, row in enumerate(self.options, 1) if row["text"].value()]
        return max(4, *(number + 1 for number in filled), 0)

    @property
    def plain_fields(self) -> list:
        """The fields of this kind that are no rows of options."""
        row = re.compile(r"(option|right|why|id)_\d")
        return [self[name] for name in FIELDS[self.kind]() if not row.match(name)]


def initial_of(version: QuestionVersion, tags: tuple[str, ...] = ()) -> dict[str, Any]:
    """What the form begins with for a question that is there."""
    return {
        "stem": version.stem,
        "explanation": version.explanation,
        "topic": version.topic_id,
        "platform": version.platform,
        "difficulty": version.difficulty,
        "rule": version.rule,
        "tags": "、".join(tags),
        **content_initial(version.parsed()),
    }
