from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.rules.questions import RubricLine

COMMENT_LIMIT = 1000


class MarkForm(forms.Form):
    """Points for each line of a rubric, from 0 to the line's own, and a comment for the trainee."""

    comment = forms.CharField(
        label=_("评语（学员看得到）"),
        required=False,
        max_length=COMMENT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("评语最多 %(limit_value)d 个字，现在有 %(show_value)d 个。")},
    )

    def __init__(self, *args, rubric: Sequence[RubricLine], **kwargs):
        super().__init__(*args, **kwargs)
        self.rubric = rubric
        for number, line in enumerate(rubric):
            self.fields[f"line-{number}"] = forms.TypedChoiceField(
                label=line.text,
                coerce=int,
                choices=[(points, points) for points in range(line.points + 1)],
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("这一条还没有给分。"),
                    "invalid_choice": _("这一条给 0 到 %(most)d 分。") % {"most": line.points},
                },
            )

    @property
    def lines(self):
        """Each rubric line with its bound field."""
        return [(line, self[f"line-{number}"]) for number, line in enumerate(self.rubric)]

    @property
    def points(self) -> list[int]:
        return [self.cleaned_data[f"line-{number}"] for number in range(len(self.rubric))]
