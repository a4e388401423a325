from datetime import timedelta

from django.conf import settings
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from trainer.forms.account import THEMES, ThemeForm
from trainer.models import Employment
from trainer.views.frame import THEME_COOKIE

YEAR = timedelta(days=365)


class SignIn(auth.LoginView):
    redirect_authenticated_user = True


class ChangePassword(auth.PasswordChangeView):
    success_url = reverse_lazy("password_change_done")


def locked(request, response, credentials):
    """Too many failed tries. Trying again before the time is up starts the wait anew, so it is told from now on."""
    wait = timedelta(hours=settings.AXES_COOLOFF_TIME)
    context = {"again_at": timezone.now() + wait, "tries": settings.AXES_FAILURE_LIMIT}
    page = render(request, "registration/locked.html", context, status=429)
    page["Retry-After"] = int(wait.total_seconds())
    return page


@login_required
def account(request):
    employment = Employment.objects.select_related("team__supervisor").filter(user=request.user).first()
    return render(request, "trainer/account.html", {"employment": employment})


@require_POST
def theme(request):
    """Remember light, dark or automatic in this browser; the signed-out pages know it too."""
    form = ThemeForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = settings.LOGIN_REDIRECT_URL
    response = redirect(target)
    chosen = form.cleaned_data["theme"]
    if chosen in THEMES:
        response.set_cookie(THEME_COOKIE, chosen, max_age=YEAR, httponly=True, samesite="Lax", secure=settings.HTTPS)
    else:
        response.delete_cookie(THEME_COOKIE, samesite="Lax")
    return response
