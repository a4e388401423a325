"""Links to set a password with: for who is new, and for who forgot."""

from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from trainer.commands.sign_in import note_password_links
from trainer.forms.people import LinksForm
from trainer.queries.password_links import password_path, people_who_may_get_a_link, without_password
from trainer.readers.people_template import write_links
from trainer.views.people import XLSX

PER_PAGE = 50


@login_required
@permission_required("trainer.change_user", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def password_links(request):
    """Who has no password yet; anybody is found by name. Posting a person shows their link."""
    everybody = people_who_may_get_a_link(request.user)
    link = None
    if request.method == "POST":
        person = get_object_or_404(everybody, pk=request.POST.get("person") or 0)
        note_password_links(people=[person], by=request.user, at=timezone.now())
        link = {"person": person, "url": request.build_absolute_uri(password_path(person))}
    form = LinksForm(request.GET)
    waiting = without_password(everybody)
    if form.wanted:
        people = everybody.named(form.wanted).select_related("employment__team").order_by("username")
    else:
        people = waiting
    context = {
        "q": form.wanted,
        "link": link,
        "waiting": waiting.count(),
        "page": Paginator(people, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "trainer/password_links.html", context)


@login_required
@permission_required("trainer.change_user", raise_exception=True)
@require_POST
@never_cache
def password_sheet(request):
    """The links of everybody who has no password yet, as a sheet to hand out."""
    people = list(without_password(people_who_may_get_a_link(request.user)))
    note_password_links(people=people, by=request.user, at=timezone.now())
    rows = [
        (
            person.username,
            str(person),
            str(person.employment.team or "") if hasattr(person, "employment") else "",
            request.build_absolute_uri(password_path(person)),
        )
        for person in people
    ]
    data = write_links([_("用户名"), _("姓名"), _("小组"), _("设置密码的链接")], rows)
    headers = {"Content-Disposition": "attachment; filename=links.xlsx"}
    return HttpResponse(data, content_type=XLSX, headers=headers)
