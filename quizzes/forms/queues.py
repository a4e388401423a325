"""The filters of what waits for a person: answers to mark, appeals, checks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.forms.filters import FilterForm
from quizzes.models.labels import CHECK_LABELS
from quizzes.queries.check_queue import CheckSort, CheckWhy
from quizzes.queries.marking_queue import AppealSort, AppealTab, MarkingSort


class QueueForm(FilterForm):
    """Whose work is listed."""

    apart = ("q",)
    keeps_all = ("sort", "tab")

    q = forms.CharField(label=_("姓名"), required=False, max_length=40, strip=True)

    @property
    def named(self) -> str:
        self.is_valid()
        return self.cleaned_data.get("q", "")

class MarkingForm(QueueForm):
    sort = forms.TypedChoiceField(
        label=_("排序"),
        required=False,
        coerce=MarkingSort,
        empty_value=MarkingSort.OLDEST,
        choices=[
            (MarkingSort.OLDEST, _("等得久的在前")),
            (MarkingSort.QUESTION, _("同一道题的放一起")),
            (MarkingSort.PERSON, _("同一个人的放一起")),
        ],
    )
    exam = forms.SlugField(required=False, max_length=80, widget=forms.HiddenInput)


class AppealsForm(QueueForm):
    sort = forms.TypedChoiceField(
        label=_("排序"),
        required=False,
        coerce=AppealSort,
        empty_value=AppealSort.QUEUE,
        choices=[
            (AppealSort.QUEUE, _("按处理的先后")),
            (AppealSort.NEWEST, _("新提的在前")),
            (AppealSort.QUESTION, _("同一道题的放一起")),
        ],
    )
    tab = forms.TypedChoiceField(
        required=False,
        coerce=AppealTab,
        empty_value=AppealTab.OPEN,
        choices=[(tab.value, tab.value) for tab in AppealTab],
        widget=forms.HiddenInput,
    )


class ChecksForm(QueueForm):
    check = forms.ChoiceField(label=_("质检项"), required=False, choices=[("", _("全部")), *CHECK_LABELS.items()])
    why = forms.TypedChoiceField(
        label=_("为什么在这里"),
        required=False,
        coerce=CheckWhy,
        empty_value=CheckWhy.ANY,
        choices=[(CheckWhy.ANY, _("全部")), (CheckWhy.OBJECTED, _("学员申诉")), (CheckWhy.UNSURE, _("机器拿不准"))],
    )
    sort = forms.TypedChoiceField(
        label=_("排序"),
        required=False,
        coerce=CheckSort,
        empty_value=CheckSort.QUEUE,
        choices=[
            (CheckSort.QUEUE, _("申诉在前，等得久的在前")),
            (CheckSort.NEWEST, _("新的在前")),
            (CheckSort.CHECK, _("同一项的放一起")),
        ],
    )
