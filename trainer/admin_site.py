from django.contrib.admin import AdminSite
from django.contrib.auth.views import LogoutView, redirect_to_login
from django.core.exceptions import PermissionDenied
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache


class TrainingAdminSite(AdminSite):
    """Django's admin behind the site's own sign-in page: one door, one throttle."""

    site_header = _("培训后台")
    site_title = _("培训后台")
    index_title = _("数据管理")

    @method_decorator(never_cache)
    def login(self, request, extra_context=None):
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next", request.get_full_path()), login_url="login")

    @method_decorator(never_cache)
    def logout(self, request, extra_context=None):
        return LogoutView.as_view()(request)
