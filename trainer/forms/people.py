from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

MEGABYTE = 1024 * 1024


class PeopleFileForm(forms.Form):
    """One sheet. ``dropped`` names a file that was too large to arrive."""

    file = forms.FileField(
        label=_("人员表"),
        allow_empty_file=True,  # the reader says what is wrong with it
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
        error_messages={"required": _("请选择一个文件。")},
    )

    def __init__(self, *args, dropped=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.dropped = dropped

    def clean(self):
        data = super().clean()
        if self.dropped:
            self.errors.pop("file", None)
            most = settings.LARGEST_UPLOAD // MEGABYTE
            self.add_error("file", _("文件超过 %(most)d MB，请拆成几份再传。") % {"most": most})
        return data


class LinksForm(forms.Form):
    """Whose links are looked for. What is not understood is left out."""

    q = forms.CharField(label=_("姓名或用户名"), required=False, max_length=40, strip=True)

    @property
    def wanted(self) -> str:
        self.is_valid()
        return self.cleaned_data.get("q", "")
