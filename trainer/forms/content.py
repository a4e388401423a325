from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.models import labels as engine
from quizzes.rules.vocabulary import Flag, Platform
from trainer.models import User
from trainer.models.labels import choices
from trainer.queries.content import LessonFilter
from trainer.rules.vocabulary import LessonKind

ANY = [("", _("全部"))]


class LessonFilterForm(forms.Form):
    """Which lessons to list. What it does not understand it ignores."""

    text = forms.CharField(label=_("标题里有"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("类型"), required=False, choices=ANY + choices(LessonKind))
    status = forms.ChoiceField(
        label=_("可靠程度"),
        required=False,
        choices=ANY + [choice for choice in engine.choices(Flag) if choice[0] != Flag.OUTDATED],
    )
    platform = forms.ChoiceField(label=_("平台"), required=False, choices=ANY + engine.choices(Platform))
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[
            *ANY,
            ("in_force", _("生效中")),
            ("due", _("过了复核期限")),
            ("draft", _("有草稿待发布")),
            ("retired", _("已停用")),
        ],
    )
    sort = forms.ChoiceField(
        label=_("排序"),
        required=False,
        choices=[
            ("", _("按标题")),
            ("review", _("先要复核的在前")),
            ("newest", _("最近生效的在前")),
            ("questions", _("题少的在前")),
        ],
    )

    def wanted(self) -> LessonFilter:
        self.full_clean()
        return LessonFilter(**{name: value or "" for name, value in self.cleaned_data.items()})


class LessonOwnerForm(forms.Form):
    """Who is reminded when a lesson is due for review; with nobody chosen all admins are."""

    owner = forms.ModelChoiceField(
        User.objects.none(), label=_("负责人"), required=False, empty_label=_("没有指定，到期提醒所有管理员")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = User.objects.admins().order_by("display_name", "pk")
        self.fields["owner"].widget.attrs["class"] = "form-select form-select-sm"
