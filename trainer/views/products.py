"""Products and their gate: who may serve which, and who not yet."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from trainer.commands.shelf import restore_product, withdraw_product
from trainer.models import Product, User
from trainer.permissions import learners_in_reach
from trainer.queries.products import gate_of, own_gate, product_lines
from trainer.rules.vocabulary import ProductState


def _reach(user):
    """The people whose gates this person sees: their teams', or only their own."""
    if user.has_perm("trainer.view_team"):
        return learners_in_reach(user)
    return User.objects.filter(pk=user.pk)


@login_required
@require_safe
def products(request):
    staff = request.user.has_perm("trainer.view_team")
    lines = product_lines(_reach(request.user), on=timezone.localdate(), products=Product.objects.sold())
    context = {"lines": lines, "staff": staff}
    if request.user.has_perm("trainer.publish_lesson"):
        context["withdrawn"] = Product.objects.filter(state=ProductState.WITHDRAWN)
    return render(request, "trainer/products.html", context)


@login_required
@require_safe
def product(request, sku):
    """One product: for staff who may serve it, by team; for everybody else how they stand themselves."""
    found = get_object_or_404(Product.objects.select_related("lesson", "blueprint"), sku=sku)
    staff = request.user.has_perm("trainer.view_team")
    context = {"product": found, "days_left": found.days_left(timezone.localdate()), "staff": staff}
    if staff:
        gates = gate_of(found, _reach(request.user))
        context |= {
            "gates": gates,
            "may_serve": sum(len(gate.may_serve) for gate in gates),
            "people": sum(len(gate.people) for gate in gates),
        }
    else:
        context["own"] = own_gate(found, request.user)
    return render(request, "trainer/product.html", context)


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
