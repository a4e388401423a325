"""Products and their gate: who may serve which, and who not yet."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quizzes.formats.sheets.lists import Value
from quizzes.views.downloads import as_sheet, wants_sheet
from trainer.commands.shelf import restore_product, withdraw_product
from trainer.forms.products import GateForm, ProductListForm
from trainer.models import Product, User
from trainer.permissions import learners_in_reach
from trainer.queries.products import Served, TeamGate, gate_of, own_gate, product_list
from trainer.queries.team import teams_in_reach
from trainer.rules.vocabulary import ProductState

PER_PAGE, PEOPLE_PER_PAGE = 25, 50


def _reach(user):
    """The people whose gates this person sees: their teams', or only their own."""
    if user.has_perm("trainer.view_team"):
        return learners_in_reach(user)
    return User.objects.filter(pk=user.pk)


@login_required
@require_safe
def products(request):
    """What is sold, with who may serve it; ``format=xlsx`` gives the list as a file."""
    staff = request.user.has_perm("trainer.view_team")
    form = ProductListForm(request.GET, staff=staff)
    lines = product_list(_reach(request.user), on=timezone.localdate(), **form.wanted)
    if staff and wants_sheet(request):
        headers = [_("货号"), _("名称"), _("上架日期"), _("剩余天数"), _("可以接待的人数"), _("全部人数")]
        rows = (
            [row.product.sku, str(row.product), row.product.shelf_on, row.days_left, row.may_serve, row.people]
            for row in lines
        )
        return as_sheet(_("商品考核"), headers, rows)
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "staff": staff}
    if request.user.has_perm("trainer.publish_lesson"):
        context["withdrawn"] = Product.objects.filter(state=ProductState.WITHDRAWN)
    return render(request, "trainer/products.html", context)


@login_required
@require_safe
def product(request, sku):
    """One product: for staff who may serve it, by team (``format=xlsx`` gives that as a file); for everybody else how
    they stand themselves."""
    found = get_object_or_404(Product.objects.select_related("lesson", "blueprint"), sku=sku)
    staff = request.user.has_perm("trainer.view_team")
    context = {"product": found, "days_left": found.days_left(timezone.localdate()), "staff": staff}
    if staff:
        reach = learners_in_reach(request.user)
        form = GateForm(request.GET, teams=teams_in_reach(reach))
        gates = gate_of(found, form.narrow(reach))
        rows = [(gate, row) for gate in gates for row in gate.people if form.wanted["show"].holds(row.state)]
        if wants_sheet(request):
            return as_sheet(f"{_('上架考核')}-{found}", *_table(rows))
        context |= {
            "form": form,
            "gates": gates,
            "page": Paginator(rows, PEOPLE_PER_PAGE).get_page(request.GET.get("page")),
            "may_serve": sum(len(gate.may_serve) for gate in gates),
            "people": sum(len(gate.people) for gate in gates),
        }
    else:
        context["own"] = own_gate(found, request.user)
    return render(request, "trainer/product.html", context)


def _table(rows: list[tuple[TeamGate, Served]]) -> tuple[list[str], list[list[Value]]]:
    """People at a gate with their head."""
    headers = [_("姓名"), _("小组"), _("状态"), _("通过日期"), _("最好成绩")]
    return headers, [
        [
            str(row.person), str(gate.team or ""), str(row.word),
            timezone.localdate(row.passed_at) if row.passed_at else None, row.best,
        ]
        for gate, row in rows
    ]  # fmt: skip


@login_required
@permission_required("trainer.publish_lesson", raise_exception=True)
@require_POST
def shelf(request, sku):
    """Take a product off the shelf (``do`` is ``withdraw``), or put it back (``restore``)."""
    found = get_object_or_404(Product, sku=sku)
    given = {"product_id": found.pk, "by": request.user, "at": timezone.now()}
    match request.POST.get("do"):
        case "withdraw":
            if withdraw_product(**given):
                messages.success(request, _("已下架：这款商品不用再学，也不再出题。随时可以重新上架。"))
        case "restore":
            if restore_product(**given):
                messages.success(request, _("已重新上架，课程和试题一起恢复。"))
        case _other:
            messages.error(request, _("看不懂这个操作，请刷新页面再试。"))
    return redirect("trainer:product", sku=sku)
