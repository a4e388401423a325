"""What commands for the shell are told by name or number: a person who may do it, a load."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from trainer.models import Load, User


def person_of(username: str, permission: str) -> User:
    """The active person of that user name; without one, the first who has the permission.

    Raises ``CommandError`` where there is none, or the permission is lacking.
    """
    if username:
        found = User.objects.filter(is_active=True, username=username).first()
    else:
        backend = "django.contrib.auth.backends.ModelBackend"
        found = User.objects.with_perm(permission, backend=backend).order_by("pk").first()
    if found is None or not found.has_perm(permission):
        raise CommandError(_("请用 --by 写明由谁来做：一个在用的、有这项权限的登录名。"))
    return found


def load_of(number: int) -> Load:
    """Raises ``CommandError`` where there is no such load."""
    found = Load.objects.filter(pk=number).first()
    if found is None:
        raise CommandError(_("没有第 %(number)d 批导入。") % {"number": number})
    return found
