from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from trainer.commands.notices import mark_read
from trainer.models import Notice
from trainer.queries.notices import in_words, notices_of

PER_PAGE = 25


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request):
    """What one was told, the newest first; a post marks all of it read."""
    if request.method == "POST":
        mark_read(person=request.user, at=timezone.now())
        return redirect("trainer:notices")
    unread = request.GET.get("show") == "unread"
    found = notices_of(request.user)
    page = Paginator(found.unread() if unread else found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "told": in_words(page.object_list), "unread": unread}
    return render(request, "trainer/notices.html", context)


@login_required
@require_POST
def open_notice(request, pk):
    """Mark one notice read and go where it leads."""
    notice = get_object_or_404(Notice, pk=pk, person=request.user)
    mark_read(person=request.user, notice_id=notice.pk, at=timezone.now())
    safe = url_has_allowed_host_and_scheme(notice.url, {request.get_host()}, require_https=request.is_secure())
    return redirect(notice.url if notice.url and safe else "trainer:notices")
