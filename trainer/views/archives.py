"""Taking a training archive away."""

from tempfile import TemporaryFile

from django.contrib.auth.decorators import login_required, permission_required
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trainer.commands.archives import export_archive
from trainer.models import User
from trainer.permissions import employments_in_reach


@login_required
@require_POST
def own_archive(request):
    return _file(request, request.user)


@login_required
@permission_required("trainer.view_team", raise_exception=True)
@require_POST
def person_archive(request, pk):
    """Of somebody in reach, those who have left included."""
    people = User.objects.filter(employment__in=employments_in_reach(request.user))
    return _file(request, get_object_or_404(people, pk=pk))


def _file(request, person: User) -> FileResponse:
    at = timezone.now()
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    export_archive(person=person, file=file, by=request.user, at=at)
    file.seek(0)
    name = _("培训档案-%(person)s-%(day)s.zip") % {"person": person, "day": f"{timezone.localdate(at):%Y-%m-%d}"}
    return FileResponse(file, as_attachment=True, filename=name)
