from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from quizzes.forms.filters import FilterForm
from quizzes.models import Topic
from quizzes.models import labels as engine
from quizzes.rules.vocabulary import Platform
from trainer.commands.loads import LoadOptions
from trainer.forms.days import DayField
from trainer.models.labels import load_choices
from trainer.rules.loads import LoadKind, LoadState

MEGABYTE = 1024 * 1024
ACCEPTED = ".xlsx,.xls,.csv,.docx,.txt,.md,.gift,.xml,.zip,.pptx,.pdf,.html,.htm,.yaml,.yml"


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; the cleaned value is a list, in the order in which they were chosen."""

    widget = FilesInput

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(file, initial) for file in files or [None]]


class LoadFilterForm(FilterForm):
    """Which loads are listed."""

    q = forms.CharField(label=_("名称里有"), required=False, max_length=40, strip=True)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部")), *load_choices(LoadState)])


class LoadForm(forms.Form):
    """Files and what they are. ``dropped`` names the files that were too large to arrive."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    files = FilesField(
        label=_("文件"),
        allow_empty_file=True,  # the reader says of each file what is wrong with it
        error_messages={"required": _("请选择至少一个文件。")},
    )
    kind = forms.ChoiceField(label=_("里面是什么"), choices=load_choices(LoadKind), initial=LoadKind.AUTO)
    topic = forms.ModelChoiceField(
        label=_("试题归到哪个主题"), queryset=Topic.objects.all(), required=False, empty_label=_("（按文件里写的）")
    )
    new_topic = forms.CharField(
        label=_("或者新建一个主题"),
        max_length=50,
        required=False,
        help_text=_("填了就新建，试题归到它名下。"),
    )
    platform = forms.ChoiceField(
        label=_("平台"), choices=engine.choices(Platform), initial=Platform.ALL, help_text=_("文件里写明的以文件为准。")
    )
    simplify = forms.BooleanField(label=_("把繁体字转成简体"), required=False)

    def __init__(self, *args, dropped=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.dropped = dropped
        self.fields["token"].initial = uuid4
        self.fields["files"].widget.attrs |= {"accept": ACCEPTED}

    def clean(self):
        data = super().clean()
        if self.dropped:
            self.errors.pop("files", None)
            self.add_error(
                "files",
                _(
                    "这些文件没有收下：%(names)s。每个文件不能超过 %(most)d MB，一次最多 20 个、一共 %(total)d MB；"
                    "大的请拆成几份，多的请分几次传。"
                )
                % {
                    "names": str(_("、")).join(self.dropped),
                    "most": settings.LARGEST_UPLOAD // MEGABYTE,
                    "total": settings.LARGEST_REQUEST // MEGABYTE,
                },
            )
        return data

    def options(self, topic: Topic | None) -> LoadOptions:
        data = self.cleaned_data
        return LoadOptions(LoadKind(data["kind"]), topic or data["topic"], Platform(data["platform"]), data["simplify"])


class TopicForm(forms.Form):
    """Where the questions of a load go: a topic that is there, or a new one by its name."""

    topic = forms.ModelChoiceField(
        label=_("主题"), queryset=Topic.objects.all(), required=False, empty_label=_("（选一个）")
    )
    new_topic = forms.CharField(label=_("或者新建一个主题"), max_length=50, required=False)

    def clean(self):
        data = super().clean()
        if not data.get("topic") and not data.get("new_topic"):
            raise forms.ValidationError(_("请选一个主题，或者给新主题起个名字。"))
        return data


class ScheduleForm(forms.Form):
    on = DayField(label=_("发布日期"))
