from decimal import Decimal
from fractions import Fraction

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.rules.scoring import display_marks

REPLY_LIMIT = 1000


class DecideAppealForm(forms.Form):
    """Whether an appeal is right, the marks that it then earns (``worth`` at most), and the reply.

    ``now`` is the fraction of the marks that the answer has so far: an accepted appeal earns more.
    """

    ACCEPT, REJECT = "accept", "reject"

    decision = forms.ChoiceField(
        label=_("结论"),
        choices=[(ACCEPT, _("申诉成立，改分")), (REJECT, _("维持原判"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择申诉是否成立。"), "invalid_choice": _("请选择申诉是否成立。")},
    )
    points = forms.DecimalField(
        label=_("改为多少分"),
        required=False,
        min_value=0,
        max_digits=5,
        decimal_places=2,
        error_messages={
            "invalid": _("请填一个数，例如 1.5。"),
            "min_value": _("得分不能小于 0。"),
            "max_digits": _("得分最多两位小数。"),
            "max_decimal_places": _("得分最多两位小数。"),
        },
    )
    reply = forms.CharField(
        label=_("答复（学员看得到）"),
        max_length=REPLY_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("请写明理由，学员会看到。"),
            "max_length": _("答复最多 %(limit_value)d 个字，现在有 %(show_value)d 个。"),
        },
    )

    def __init__(self, *args, worth: Decimal, now: Fraction, **kwargs):
        super().__init__(*args, **kwargs)
        self.worth, self.now = worth, now
        self.fields["points"].help_text = _("满分 %(worth)s 分，现在得 %(now)s 分；不填就给满分。") % {
            "worth": display_marks(worth),
            "now": display_marks(now * Fraction(worth)),
        }

    def clean(self):
        cleaned = super().clean()
        points = cleaned.get("points")
        if cleaned.get("decision") == self.ACCEPT and points is not None:
            if points > self.worth:
                self.add_error("points", _("这道题满分 %(worth)s 分。") % {"worth": display_marks(self.worth)})
            elif Fraction(points) / Fraction(self.worth) <= self.now:
                self.add_error("points", _("申诉成立时，得分要比现在高；否则请选“维持原判”。"))
        return cleaned

    @property
    def accepts(self) -> bool:
        return self.cleaned_data["decision"] == self.ACCEPT

    @property
    def fraction(self) -> Fraction | None:
        """The fraction of the marks to give, ``None`` for all of them."""
        points = self.cleaned_data.get("points")
        return None if points is None or not self.accepts else Fraction(points) / Fraction(self.worth)
