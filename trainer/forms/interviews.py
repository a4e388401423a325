from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.models import labels as engine
from quizzes.rules.dialogue.scenario import Dimension
from trainer.forms.team import PeopleForm
from trainer.models import Interview
from trainer.queries.interviews import InterviewSort
from trainer.rules.assessment import POINTS
from trainer.rules.interviews import Answer

NOT_ASKED, HELD_BY_ME = "none", "mine"


class InterviewFilterForm(PeopleForm):
    """Which interviews are listed, and in which order."""

    sort = forms.TypedChoiceField(
        label=_("排序"),
        required=False,
        coerce=InterviewSort,
        empty_value=InterviewSort.NEWEST,
        choices=[(InterviewSort.NEWEST, _("最近的在前")), (InterviewSort.NAME, _("按姓名"))],
    )
    show = forms.ChoiceField(
        required=False, choices=[("", ""), (HELD_BY_ME, HELD_BY_ME)], widget=forms.HiddenInput
    )


class InterviewForm(forms.Form):
    """A rater's form as the page sends it; an unfinished one is fine."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    comment = forms.CharField(label=_("给学员的话"), required=False, max_length=4000, strip=False)
    private_notes = forms.CharField(label=_("只给主管看的备注"), required=False, max_length=4000, strip=False)

    def __init__(self, data: Any = None, *, interview: Interview):
        super().__init__(data)
        self.interview = interview
        choices = [(str(point), str(point)) for point in range(1, POINTS + 1)] + [(NOT_ASKED, _("没有问到"))]
        for dimension, prompts in interview.prompts.items():
            label = engine.LABELS[Dimension(dimension)]
            self.fields[f"score-{dimension}"] = forms.ChoiceField(label=label, required=False, choices=choices)
            self.fields[f"reason-{dimension}"] = forms.CharField(label=label, required=False, max_length=200)
            for prompt in prompts:
                self.fields[f"note-{prompt['slug']}"] = forms.CharField(
                    label=label, required=False, max_length=4000, strip=False
                )

    @property
    def answers(self) -> dict[Dimension, Answer]:
        known = self.cleaned_data
        found = {}
        for dimension, prompts in self.interview.prompts.items():
            said = known.get(f"score-{dimension}", "")
            notes = {prompt["slug"]: known.get(f"note-{prompt['slug']}", "") for prompt in prompts}
            found[Dimension(dimension)] = Answer(
                int(said) if said and said != NOT_ASKED else None,
                known.get(f"reason-{dimension}", "") if said == NOT_ASKED else "",
                {slug: note for slug, note in notes.items() if note},
            )
        return found


class CorrectionForm(forms.Form):
    reason = forms.CharField(
        label=_("为什么要更正"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("原来的一份会留着，学员能看到更正的理由。"),
    )
