"""Products and their gate: who may serve which, and who not yet."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from trainer.models import Product, User
from trainer.permissions import learners_in_reach
from trainer.queries.products import gate_of, own_gate, product_lines


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
    return render(request, "trainer/products.html", {"lines": lines, "staff": staff})


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
