"""The filters of products, and of the people at a product's gate."""

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.forms.filters import FilterForm
from trainer.forms.team import PeopleForm
from trainer.queries.products import GATE_WORDS, GateShow, ProductShow, ProductSort


class ProductListForm(FilterForm):
    """Which products are listed, and in which order."""

    q = forms.CharField(label=_("商品名或货号"), required=False, max_length=40, strip=True)
    show = forms.TypedChoiceField(label=_("看哪些"), required=False, coerce=ProductShow, empty_value=ProductShow.ALL)
    sort = forms.TypedChoiceField(
        label=_("排序"),
        required=False,
        coerce=ProductSort,
        empty_value=ProductSort.SHELF,
        choices=[
            (ProductSort.SHELF, _("先上架的在前")),
            (ProductSort.NEWEST, _("后上架的在前")),
            (ProductSort.NAME, _("按名称")),
        ],
    )

    def __init__(self, *args, staff: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["show"].choices = [
            (ProductShow.ALL, _("全部")),
            (ProductShow.MISSING, _("还有人没通过") if staff else _("还要考")),
            (ProductShow.SOON, _("七天内上架，还有人没通过") if staff else _("快上架，还要考")),
        ]


class GateForm(PeopleForm):
    """Who is listed at a gate."""

    keeps_all = ()

    show = forms.TypedChoiceField(
        label=_("状态"),
        required=False,
        coerce=GateShow,
        empty_value=GateShow.ALL,
        choices=[
            (GateShow.ALL, _("全部状态")),
            (GateShow.MISSING, _("还不能接待")),
            *((GateShow(state.value), word) for state, word in GATE_WORDS.items()),
        ],
    )
