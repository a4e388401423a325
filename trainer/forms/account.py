from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

THEMES = ("light", "dark")


class SignInForm(AuthenticationForm):
    def confirm_login_allowed(self, user):
        """Whoever left does not come in, also where the account was not switched off."""
        super().confirm_login_allowed(user)
        if not user.may_sign_in:
            raise self.get_invalid_login_error()


class ThemeForm(forms.Form):
    """``auto`` follows the system: nothing needs remembering."""

    theme = forms.ChoiceField(choices=[("auto", _("自动")), *zip(THEMES, (_("浅色"), _("深色")), strict=True)])
