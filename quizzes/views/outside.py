"""The admin's page about the outside model: switching it, and seeing what is sent."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from quizzes.commands.outside import switch_outside
from quizzes.forms.outside import OutsideForm
from quizzes.queries.outside import newest_calls, outside

PER_PAGE = 20


@login_required
@permission_required("quizzes.switch_outside_model", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def outside_model(request):
    if request.method == "POST":
        form = OutsideForm(request.POST)
        form.is_valid()  # two boxes: nothing can be wrong
        switch_outside(**form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("已保存，从现在起按新的设置办。"))
        return redirect("quizzes:outside_model")
    page = Paginator(newest_calls(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "quizzes/outside_model.html", {"outside": outside(), "page": page})
