from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quizzes.views.back import way_back
from trainer.commands.notices import choose_digest, choose_streak
from trainer.forms.account import THEMES, SignInForm, ThemeForm
from trainer.models import Employment
from trainer.models.labels import SIGN_IN_LABELS
from trainer.sso.configured import OIDC
from trainer.views.frame import THEME_COOKIE

YEAR = timedelta(days=365)


class SignIn(auth.LoginView):
    """By password, or with the company's account where one is configured."""

    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"sign_ins": self._sign_ins()}

    def _sign_ins(self) -> list[tuple]:
        """The label and address of each; where the person wanted to go comes along."""
        target = {"next": self.get_redirect_url()} if self.get_redirect_url() else None
        return [(_sign_in_label(name), reverse(*_sign_in_view(name), query=target)) for name in settings.SSO]


def _sign_in_view(name: str) -> tuple:
    return ("openid_connect_login", None, [name]) if name == OIDC else (f"{name}_login",)


def _sign_in_label(name: str):
    return settings.SSO_VALUES["SSO_OIDC_NAME"] or SIGN_IN_LABELS[name] if name == OIDC else SIGN_IN_LABELS[name]


class SetPassword(auth.PasswordResetConfirmView):
    """Where the link leads that a new person gets, or one who forgot: once, and only for who may sign in."""

    template_name = "registration/password_set.html"
    success_url = reverse_lazy("login")

    def get_user(self, uidb64):
        user = super().get_user(uidb64)
        return user if user and user.may_sign_in else None

    def form_valid(self, form):
        messages.success(self.request, _("密码设好了，请用它登录。"))
        return super().form_valid(form)


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


@login_required
@require_POST
def digest(request):
    """Whether one wants the day's notices by e-mail."""
    choose_digest(person=request.user, wanted="on" in request.POST)
    messages.success(request, _("记下了。"))
    return redirect("trainer:account")


@login_required
@require_POST
def streak(request):
    """Whether one wants to see one's study days in a row."""
    choose_streak(person=request.user, wanted="on" in request.POST)
    messages.success(request, _("记下了。"))
    return redirect("trainer:account")


@require_POST
def theme(request):
    """Remember light, dark or automatic in this browser; the signed-out pages know it too."""
    form = ThemeForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    response = redirect(way_back(request, settings.LOGIN_REDIRECT_URL))
    chosen = form.cleaned_data["theme"]
    if chosen in THEMES:
        response.set_cookie(THEME_COOKIE, chosen, max_age=YEAR, httponly=True, samesite="Lax", secure=settings.HTTPS)
    else:
        response.delete_cookie(THEME_COOKIE, samesite="Lax")
    return response
