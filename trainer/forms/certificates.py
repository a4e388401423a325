from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from trainer.forms.team import PeopleForm
from trainer.models.labels import certificate_choices
from trainer.queries.certificates import CertificateSort
from trainer.rules.certificates import CertificateKind, CertificateState, CertificateStep


class CertificateFilterForm(PeopleForm):
    """Which certificates are listed, and in which order."""

    apart = ("team",)

    q = forms.CharField(label=_("姓名、名称或编号"), required=False, max_length=40, strip=True)
    kind = forms.ChoiceField(
        label=_("种类"), required=False, choices=[("", _("全部")), *certificate_choices(CertificateKind)]
    )
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("全部")), *certificate_choices(CertificateState)]
    )

    sort = forms.TypedChoiceField(
        label=_("排序"),
        required=False,
        coerce=CertificateSort,
        empty_value=CertificateSort.NEWEST,
        choices=[
            (CertificateSort.NEWEST, _("最近的在前")),
            (CertificateSort.ENDING, _("先到期的在前")),
            (CertificateSort.NAME, _("按姓名")),
        ],
    )

    def narrow(self, reach: QuerySet) -> QuerySet:
        """Those of the wanted team: ``q`` is looked for in certificates."""
        return reach.of_team(self.chosen_team)



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
