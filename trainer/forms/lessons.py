"""What the filters of the list of lessons and the search may be; anything else in the address asks for nothing."""

from django import forms

from quizzes.rules.vocabulary import Flag, Platform
from trainer.queries.lessons import LessonFilter
from trainer.rules.vocabulary import LessonKind

STATUSES = tuple(flag for flag in Flag if flag != Flag.OUTDATED)


class LessonFilterForm(forms.Form):
    topic = forms.SlugField(required=False)
    kind = forms.TypedChoiceField(
        required=False, coerce=LessonKind, empty_value=None, choices=[(k, k) for k in LessonKind]
    )
    platform = forms.TypedChoiceField(
        required=False, coerce=Platform, empty_value=None, choices=[(p, p) for p in Platform]
    )
    status = forms.TypedChoiceField(required=False, coerce=Flag, empty_value=None, choices=[(s, s) for s in STATUSES])
    required = forms.BooleanField(required=False)
    unfinished = forms.BooleanField(required=False)

    @property
    def wanted(self) -> LessonFilter:
        self.full_clean()
        return LessonFilter(**{name: value for name, value in self.cleaned_data.items() if value})
