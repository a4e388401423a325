from django import forms
from django.utils.translation import gettext_lazy as _

from trainer.forms.team import PeopleForm
from trainer.models import NoteProposal
from trainer.queries.notes import ProposalSort
from trainer.rules.notes import LONGEST_NOTE, LONGEST_PROPOSAL


class NoteForm(forms.Form):
    text = forms.CharField(
        max_length=LONGEST_NOTE,
        required=False,
        strip=False,
        error_messages={"max_length": _("一课的笔记最多 8000 字，请删掉一些，现在这几个字还没存上。")},
    )
    revision = forms.IntegerField(min_value=0, required=False)


class ProposeForm(forms.Form):
    """What to propose, out of one's note."""

    kind = forms.ChoiceField(label=_("建议做什么"), choices=NoteProposal.KINDS, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("内容"),
        max_length=LONGEST_PROPOSAL,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("从笔记里带过来的，只留要紧的几句。话术就写给顾客看的原话；课程要改，就写哪一句、应当怎么写。"),
    )


class DeclineForm(forms.Form):
    reason = forms.CharField(label=_("为什么不采纳"), max_length=300, help_text=_("提建议的人会看到这句话。"))


class ProposalFilterForm(PeopleForm):
    """Which proposals are listed, and in which order."""

    state = forms.TypedChoiceField(
        label=_("状态"), required=False, coerce=str, empty_value=NoteProposal.OPEN, choices=NoteProposal.STATES
    )
    kind = forms.ChoiceField(label=_("建议"), required=False, choices=[("", _("全部")), *NoteProposal.KINDS])
    sort = forms.TypedChoiceField(
        label=_("排序"),
        required=False,
        coerce=ProposalSort,
        empty_value=ProposalSort.QUEUE,
        choices=[
            (ProposalSort.QUEUE, _("按处理的先后")),
            (ProposalSort.NEWEST, _("新提的在前")),
            (ProposalSort.NAME, _("按姓名")),
        ],
    )
