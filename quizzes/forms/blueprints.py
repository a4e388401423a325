from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.commands.blueprints import BlueprintTerms, SectionTerms
from quizzes.forms.filters import FilterForm
from quizzes.models import Blueprint, BlueprintSection
from quizzes.models.labels import choices
from quizzes.rules.blueprint import Section, Shortage
from quizzes.rules.scoring import display_marks
from quizzes.rules.vocabulary import MAX_DIFFICULTY, MIN_DIFFICULTY, Feedback, Kind, Mode, Platform

MOST_SECTIONS = 20
MOST_QUESTIONS = 200
LEVELS = [(level, str(level)) for level in range(MIN_DIFFICULTY, MAX_DIFFICULTY + 1)]
RESERVED_SLUGS = {"new"}


class BlueprintListForm(FilterForm):
    """Which blueprints are listed, and in which order."""

    q = forms.CharField(label=_("名称里有"), required=False, max_length=40, strip=True)
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("全部")), ("open", _("开放")), ("closed", _("已关闭"))]
    )
    sort = forms.ChoiceField(
        label=_("排序"),
        required=False,
        choices=[("", _("开放的在前")), ("title", _("按名称")), ("sat", _("考的人多的在前"))],
    )


class BlueprintForm(forms.ModelForm):
    """What a blueprint says beside its sections. The slug of one that exists stays: plans refer to it."""

    class Meta:
        model = Blueprint
        fields = (
            "slug", "mode", "title", "title_en", "instructions", "minutes", "pass_mark", "pass_rationale",
            "max_attempts", "cooldown_hours", "feedback", "is_open", "is_listed",
        )  # fmt: skip
        widgets = {
            "instructions": forms.Textarea(attrs={"rows": 4}),
            "pass_rationale": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "slug": _("小写英文、数字和连字符，例如 rules-exam；建好以后不能改。"),
            "pass_mark": _("满分按 100 分算。"),
            "is_open": _("不开放时，学员看不到入口；已经开始的人可以考完。"),
            "is_listed": _("不列出的考试从别的页面进入，例如商品的上架考核。"),
        }

    def __init__(self, data=None, *, instance: Blueprint | None = None, initial: dict | None = None):
        if instance and initial is None:
            initial = {"pass_mark": display_marks(instance.pass_mark)}
        super().__init__(data, instance=instance, initial=initial)
        self.fields["slug"].disabled = instance is not None

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if slug in RESERVED_SLUGS:
            raise forms.ValidationError(_("“%(slug)s”留给网址用，请换一个代号。") % {"slug": slug})
        return slug

    def terms(self) -> BlueprintTerms:
        data = self.cleaned_data
        return BlueprintTerms(**{**data, "mode": Mode(data["mode"]), "feedback": Feedback(data["feedback"])})


class SectionForm(forms.Form):
    """So many questions of such a sort; nothing ticked means any."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("名称"), max_length=60)
    title_en = forms.CharField(label=_("英文名称"), max_length=120)
    count = forms.IntegerField(label=_("题数"), min_value=1, max_value=MOST_QUESTIONS)
    marks = forms.DecimalField(label=_("每题分值"), min_value=0, max_digits=5, decimal_places=2)
    min_difficulty = forms.TypedChoiceField(label=_("最低难度"), coerce=int, choices=LEVELS)
    max_difficulty = forms.TypedChoiceField(label=_("最高难度"), coerce=int, choices=LEVELS)
    topics = forms.MultipleChoiceField(
        label=_("主题（不选为不限）"), required=False, widget=forms.CheckboxSelectMultiple
    )
    platforms = forms.MultipleChoiceField(
        label=_("平台（不选为不限）"),
        required=False,
        choices=choices(Platform),
        widget=forms.CheckboxSelectMultiple,
    )
    kinds = forms.MultipleChoiceField(
        label=_("题型（不选为不限）"), required=False, choices=choices(Kind), widget=forms.CheckboxSelectMultiple
    )
    lessons = forms.CharField(
        label=_("课程代号（不填为不限）"), required=False, help_text=_("几课之间用空格隔开，例如 seven-day-window。")
    )

    START = {"count": 5, "marks": 2, "min_difficulty": MIN_DIFFICULTY, "max_difficulty": MAX_DIFFICULTY}

    def __init__(self, *args, topics: Sequence[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = topics

    def clean_marks(self):
        if self.cleaned_data["marks"] == 0:
            raise forms.ValidationError(_("每题分值要大于 0。"))
        return self.cleaned_data["marks"]

    def clean(self):
        data = super().clean()
        least, most = data.get("min_difficulty"), data.get("max_difficulty")
        if least and most and least > most:
            self.add_error("max_difficulty", _("最高难度不能小于最低难度。"))
        return data

    def add_shortage(self, shortage: Shortage) -> None:
        """Say why this section cannot be filled."""
        numbers = {
            "wanted": shortage.wanted,
            "fitting": shortage.fitting,
            "available": shortage.available,
            "lacking": shortage.lacking,
        }
        if shortage.fitting < shortage.wanted:
            text = _("要 %(wanted)d 题，题库里已上线、符合条件的只有 %(fitting)d 题，还差 %(lacking)d 题。")
        else:
            text = _(
                "要 %(wanted)d 题，符合条件的有 %(fitting)d 题，但有些别的部分也要用，或与卷里别的题依据同一个知识点，"
                "最多能给 %(available)d 题，还差 %(lacking)d 题。"
            )
        self.add_error("count", text % numbers)

    def terms(self) -> SectionTerms:
        data = self.cleaned_data
        section = Section(
            title=data["title"],
            count=data["count"],
            marks=data["marks"],
            topics=frozenset(data["topics"]),
            platforms=frozenset(Platform(word) for word in data["platforms"]),
            kinds=frozenset(Kind(word) for word in data["kinds"]),
            min_difficulty=data["min_difficulty"],
            max_difficulty=data["max_difficulty"],
            lessons=frozenset(data["lessons"].split()),
        )
        return SectionTerms(section, data["title_en"], data["id"])


class BaseSectionFormSet(forms.BaseFormSet):
    default_error_messages = {
        "too_few_forms": _("至少要有 %(num)d 个部分。"),
        "too_many_forms": _("最多 %(num)d 个部分。"),
    }

    def typed(self) -> list[dict]:
        """What was typed into each section, right or wrong: to show the form again with a section more or less."""
        return [{name: form[name].value() for name in form.fields} for form in self.forms]

    def add_shortages(self, shortages: Sequence[Shortage]) -> str:
        """Mark the sections that cannot be filled; the sentence for the head of the page."""
        for shortage in shortages:
            self.forms[shortage.section].add_shortage(shortage)
        named = str(_("；")).join(
            _("“%(title)s”还差 %(lacking)d 题") % {"title": shortage.title, "lacking": shortage.lacking}
            for shortage in shortages
        )
        return _("题库现在凑不出这样一份卷：%(sections)s。") % {"sections": named}


SectionFormSet = forms.formset_factory(
    SectionForm,
    formset=BaseSectionFormSet,
    extra=0,
    min_num=1,
    validate_min=True,
    max_num=MOST_SECTIONS,
    validate_max=True,
    absolute_max=MOST_SECTIONS + 1,
)


def section_values(section: BlueprintSection) -> dict:
    """A saved section as the initial values of its form; its topics are prefetched."""
    return {
        "id": section.pk,
        "title": section.title,
        "title_en": section.title_en,
        "count": section.count,
        "marks": display_marks(section.marks),
        "min_difficulty": section.min_difficulty,
        "max_difficulty": section.max_difficulty,
        "topics": [topic.slug for topic in section.topics.all()],
        "platforms": section.platforms,
        "kinds": section.kinds,
        "lessons": " ".join(section.lessons),
    }
