from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from trainer.models import User, Webhook
from trainer.models.labels import EVENT_LABELS, SCOPE_LABELS
from trainer.rules.api_scopes import Scope
from trainer.rules.vocabulary import EmploymentState
from trainer.rules.webhooks import Event

LIFETIMES = [(30, _("30 天")), (90, _("90 天")), (365, _("一年"))]
OFFERED = [event for event in EVENT_LABELS if event != Event.PING]


class TokenForm(forms.Form):
    """A token to be made. A superuser's own can be made only by a superuser."""

    name = forms.CharField(label=_("用途"), max_length=60, strip=True, help_text=_("给哪个系统用，例如：人事系统同步"))
    person = forms.CharField(
        label=_("代表谁"), max_length=150, strip=True, help_text=_("写用户名。令牌看得到的、做得到的，不会比这个人多。")
    )
    scopes = forms.MultipleChoiceField(
        label=_("权限范围"),
        choices=[(scope.value, SCOPE_LABELS[scope]) for scope in Scope],
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(label=_("有效期"), choices=LIFETIMES, coerce=int, initial=90)

    def __init__(self, *args, by: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_person(self) -> User:
        people: QuerySet[User] = User.objects.filter(is_active=True).exclude(employment__state=EmploymentState.LEFT)
        if not self.by.is_superuser:
            people = people.filter(is_superuser=False)
        found = people.filter(username=self.cleaned_data["person"]).first()
        if found is None:
            raise forms.ValidationError(_("没有这个用户名，或者账号已停用。"))
        return found


class WebhookForm(forms.Form):
    """Where to tell what."""

    name = forms.CharField(label=_("名称"), max_length=60, strip=True)
    url = forms.URLField(label=_("地址"), max_length=500, assume_scheme="https")
    events = forms.MultipleChoiceField(
        label=_("推送哪些事件"),
        choices=[(event.value, EVENT_LABELS[event]) for event in OFFERED],
        widget=forms.CheckboxSelectMultiple,
    )
    is_active = forms.BooleanField(label=_("启用"), required=False, initial=True)

    @classmethod
    def of(cls, hook: Webhook) -> "WebhookForm":
        """As the webhook is now."""
        return cls(initial={name: getattr(hook, name) for name in ("name", "url", "events", "is_active")})

    def clean_url(self) -> str:
        url = self.cleaned_data["url"]
        parts = urlsplit(url)
        if parts.username is not None or parts.scheme not in ("https", "http"):
            raise forms.ValidationError(_("地址里不要写用户名和密码。"))
        if parts.scheme == "http" and not settings.WEBHOOKS_PRIVATE:
            raise forms.ValidationError(_("地址要以 https:// 开头。"))
        return url
