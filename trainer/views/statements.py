"""What a trainee says for themselves."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trainer.commands.statements import StatementClosed, StatementMoved, save_statement
from trainer.forms.decisions import StatementForm
from trainer.models import Decision, Employment, Statement
from trainer.queries.confirmation import ON_PROBATION
from trainer.queries.packets import statement_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def statement(request):
    """Write or change one's statement, until a decision is made; every version is kept."""
    employment = get_object_or_404(Employment.objects.select_related("user"), user=request.user)
    newest = statement_of(employment)
    number = newest.number if newest else 0
    form = StatementForm(
        request.POST if request.method == "POST" else None,
        initial={"text": newest.text if newest else "", "after": number},
    )
    closed = (
        employment.state not in ON_PROBATION or Decision.objects.pending().filter(employment=employment).exists()
    )
    moved = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            save_statement(employment_id=employment.pk, text=data["text"], after=data["after"], at=timezone.now())
        except StatementClosed:
            closed = True
        except StatementMoved:
            moved = newest
            again = request.POST.copy()
            again["after"] = str(number)
            form = StatementForm(again)
        else:
            messages.success(request, _("自述已保存，主管评议时会看到。"))
            return redirect("trainer:statement")
    versions = Statement.objects.filter(employment=employment, period=employment.period).order_by("-number")
    context = {"form": form, "closed": closed, "moved": moved, "newest": newest, "versions": list(versions[:20])}
    return render(request, "trainer/statement.html", context, status=409 if moved else 200)
