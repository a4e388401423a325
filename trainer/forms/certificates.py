from django import forms
from django.utils.translation import gettext_lazy as _

from trainer.models.labels import certificate_choices
from trainer.rules.certificates import CertificateKind, CertificateState, CertificateStep


class CertificateFilterForm(forms.Form):
    """Which certificates are listed. What is unknown is left out."""

    q = forms.CharField(label=_("姓名、名称或编号"), required=False, max_length=40, strip=True)
    kind = forms.ChoiceField(
        label=_("种类"), required=False, choices=[("", _("全部")), *certificate_choices(CertificateKind)]
    )
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("全部")), *certificate_choices(CertificateState)]
    )

    @property
    def wanted(self) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in ("q", "kind", "state")}


class StepForm(forms.Form):
    """What a person does with a certificate, and why."""

    step = forms.ChoiceField(
        choices=[
            (CertificateStep.SUSPENDED, _("暂停")),
            (CertificateStep.REINSTATED, _("恢复")),
            (CertificateStep.REVOKED, _("吊销")),
        ]
    )
    reason = forms.CharField(label=_("理由"), required=False, max_length=300, strip=True)
