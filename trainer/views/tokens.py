"""Keys of the API: made, shown once, revoked."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from trainer.commands.api_tokens import TooMuch, add_token, revoke_token
from trainer.forms.interfaces import TokenForm
from trainer.models import ApiToken
from trainer.models.labels import SCOPE_LABELS
from trainer.rules.api_scopes import Scope


@login_required
@permission_required("trainer.manage_interfaces", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def tokens(request):
    """Every token with its state; a new one is shown on the answer to the form, and never again."""
    now, key = timezone.now(), ""
    form = TokenForm(by=request.user)
    if request.method == "POST":
        form = TokenForm(request.POST, by=request.user)
        if form.is_valid():
            try:
                _token, key = add_token(**form.cleaned_data, by=request.user, at=now)
            except TooMuch:
                form.add_error("scopes", _("这个人的角色没有其中几项权限，请去掉，或者换一个人。"))
            else:
                form = TokenForm(by=request.user)
    rows = ApiToken.objects.select_related("person", "created_by")
    found = [
        {"token": row, "state": row.state(now), "scopes": [SCOPE_LABELS[Scope(scope)] for scope in row.scopes]}
        for row in rows
    ]
    context = {"form": form, "key": key, "tokens": found}
    return render(request, "trainer/tokens.html", context, status=422 if form.errors else 200)


@login_required
@permission_required("trainer.manage_interfaces", raise_exception=True)
@require_POST
def revoke(request, pk):
    token = get_object_or_404(ApiToken, pk=pk)
    revoke_token(token_id=token.pk, by=request.user, at=timezone.now())
    messages.success(request, _("已吊销，从现在起不能再用。"))
    return redirect("trainer:tokens")
