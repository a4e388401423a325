from django import forms
from django.utils.translation import gettext_lazy as _

THEMES = ("light", "dark")


class ThemeForm(forms.Form):
    """``auto`` follows the system: nothing needs remembering."""

    theme = forms.ChoiceField(choices=[("auto", _("自动")), *zip(THEMES, (_("浅色"), _("深色")), strict=True)])
