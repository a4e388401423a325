from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.models import labels as engine
from quizzes.rules.vocabulary import Flag, Platform
from trainer.forms.days import DayField
from trainer.forms.facts import BaseFactFormSet, Lines
from trainer.readers.entries import LessonEntry
from trainer.readers.fact_entries import LessonDefaults
from trainer.readers.lesson_files import STATUSES
from trainer.rules.vocabulary import LessonKind

LISTS = ("steps", "signs", "strategy", "do", "dont")
# Which lists a kind of lesson cannot do without; the others are shown where there is something in them.
NEEDED = {
    LessonKind.PLAYBOOK: ("steps",),
    LessonKind.CUSTOMER_TYPE: ("signs", "strategy", "do", "dont"),
}


class LessonForm(forms.Form):
    """What a lesson says beside its facts. Its slug, kind and place stay as they are."""

    title = forms.CharField(label=_("标题"), max_length=60)
    title_en = forms.CharField(label=_("英文标题"), max_length=120)
    summary = forms.CharField(label=_("摘要"), max_length=120)
    effective_from = DayField(
        label=_("从哪天起生效"), help_text=_("选今天就是发布后马上生效；选以后的日子，到那天自动换版。")
    )
    effective_to = DayField(label=_("到哪天止"), required=False, help_text=_("不填就一直有效。"))
    review_by = DayField(label=_("复核期限"))
    source = forms.CharField(label=_("来源"), max_length=300)
    status = forms.ChoiceField(label=_("可靠程度"), choices=[c for c in engine.choices(Flag) if c[0] in STATUSES])
    minutes = forms.IntegerField(label=_("阅读分钟"), min_value=1, max_value=30)
    required = forms.BooleanField(label=_("转正必修"), required=False)
    platforms = forms.MultipleChoiceField(
        label=_("平台"), choices=engine.choices(Platform), widget=forms.CheckboxSelectMultiple
    )
    topic = forms.ChoiceField(label=_("主要的主题"))
    more_topics = forms.MultipleChoiceField(label=_("也属于"), required=False, widget=forms.CheckboxSelectMultiple)
    steps = Lines(label=_("步骤，一行一步"), rows=6)
    signs = Lines(label=_("特征，一行一个"), rows=4)
    strategy = Lines(label=_("对策，一行一个"), rows=4)
    do = Lines(label=_("该做，一行一个"), rows=4)
    dont = Lines(label=_("不该做，一行一个"), rows=4)
    body = forms.CharField(label=_("正文（Markdown）"), widget=forms.Textarea(attrs={"rows": 18}), strip=False)

    def __init__(self, *args, base: LessonEntry, topics: Sequence[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.base = base
        self.fields["topic"].choices = topics
        self.fields["more_topics"].choices = topics
        for name in LISTS:
            needed = name in NEEDED.get(base.kind, ())
            if not needed and not getattr(base, name):
                del self.fields[name]
            elif needed:
                self.fields[name].required = True

    def clean(self):
        data = super().clean()
        begins, ends = data.get("effective_from"), data.get("effective_to")
        if begins and ends and ends < begins:
            self.add_error("effective_to", _("止的那天不能早于生效的那天。"))
        return data

    def entry(self, facts: BaseFactFormSet) -> LessonEntry | None:
        """The edition, with its facts; ``None`` when something is wrong, which then stands at its field."""
        if not self.is_valid() or not facts.is_valid():
            return None
        data: dict[str, Any] = dict(self.cleaned_data)
        topic, more = data.pop("topic"), data.pop("more_topics")
        lists = {name: tuple(data.pop(name, getattr(self.base, name))) for name in LISTS}
        platforms = tuple(map(Platform, data.pop("platforms")))
        defaults = LessonDefaults(self.base.slug, topic, Flag(data["status"]), platforms, None, None)
        used = {form.cleaned_data.get("key") for form in facts}
        for number, form in enumerate(facts, 1):
            form.read(lesson=defaults, key=_free_key(self.base.slug, number, used))
        keys = [form.fact.key for form in facts if form.fact]
        for form in facts:
            if form.fact and keys.count(form.fact.key) > 1:
                form.add_error("key", _("这个代号用了两次。"))
        if any(form.errors for form in facts):
            return None
        return LessonEntry(
            slug=self.base.slug,
            kind=self.base.kind,
            order=self.base.order,
            platforms=platforms,
            topics=(topic, *(slug for slug in more if slug != topic)),
            facts=tuple(form.fact for form in facts),
            **lists,
            **{**data, "status": Flag(data["status"]), "body": data["body"].replace("\r\n", "\n").strip() + "\n"},
        )


def _free_key(slug: str, number: int, used: set) -> str:
    """A key for a fact that was given none."""
    while f"{slug[:70]}-{number}" in used:
        number += 1
    key = f"{slug[:70]}-{number}"
    used.add(key)
    return key


def lesson_values(entry: LessonEntry, *, today: date) -> dict[str, Any]:
    """An entry as the initial values of its form; the edition holds from today on, if it does not begin later."""
    same = ("title", "title_en", "summary", "effective_to", "review_by", "source", "minutes", "required", "body")
    values = {name: getattr(entry, name) for name in same}
    return {
        **values,
        "effective_from": max(entry.effective_from, today),
        "status": entry.status.value,
        "platforms": [platform.value for platform in entry.platforms],
        "topic": entry.topics[0] if entry.topics else "",
        "more_topics": list(entry.topics[1:]),
        **{name: list(getattr(entry, name)) for name in LISTS},
    }
