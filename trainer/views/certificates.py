"""Certificates for those who hold them and those who look after them."""

from io import BytesIO

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quizzes.formats.printing.pdf import set_pdf
from quizzes.views.downloads import as_file, as_sheet, wants_sheet
from trainer.commands.certificates import NotNow, ReasonMissing, take_step
from trainer.forms.certificates import CertificateFilterForm, StepForm
from trainer.models import Certificate
from trainer.permissions import learners_in_reach
from trainer.queries.certificates import certificates
from trainer.queries.team import teams_in_reach
from trainer.rules.certificates import CertificateStep
from trainer.views.verification import address_of

PER_PAGE = 25
STYLE = """
@page { size: A4 landscape; margin: 0; @bottom-center { content: none; } }
body { margin: 0; text-align: center; }
.frame, .line { position: absolute; border: 1.2pt solid #0b5c5c; }
.frame { inset: 12mm; }
.line { inset: 14.5mm; border-width: .4pt; }
.words { position: absolute; top: 36mm; left: 30mm; right: 30mm; }
.words h1 { font-size: 34pt; letter-spacing: 16pt; text-indent: 16pt; font-weight: normal; color: #0b5c5c; }
.words h1 { margin: 0 0 12mm; }
.name { font-size: 28pt; margin: 5mm 0; }
.title { font-size: 18pt; margin: 0; }
.small { font-size: 10pt; color: #444; margin: 1mm 0; }
.foot { position: absolute; bottom: 25mm; left: 30mm; right: 30mm; text-align: left; }
.foot { display: flex; justify-content: space-between; align-items: flex-end; }
.foot img { width: 30mm; height: 30mm; }
"""


def _seen_by(user) -> Q:
    return Q(holder=user) | Q(holder__in=learners_in_reach(user))


@login_required
@require_safe
def own_certificates(request):
    mine = Certificate.objects.filter(holder=request.user)
    page = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "trainer/own_certificates.html", {"page": page})


@login_required
@permission_required("trainer.view_team", raise_exception=True)
@require_safe
def certificate_list(request):
    """The certificates of the people in reach; ``format=xlsx`` gives the list as a file."""
    reach = learners_in_reach(request.user)
    form = CertificateFilterForm(request.GET, teams=teams_in_reach(reach))
    found = certificates(form.narrow(reach), **form.wanted)
    if wants_sheet(request):
        headers = [_("编号"), _("姓名"), _("小组"), _("名称"), _("状态"), _("颁发时间"), _("有效期至")]
        rows = (
            [
                row.number, row.name, str(row.holder.employment.team or ""), row.title, str(row.get_state_display()),
                timezone.localtime(row.issued_at), row.valid_until,
            ]
            for row in found
        )  # fmt: skip
        return as_sheet(_("证书"), headers, rows)
    context = {
        "form": form,
        "filtered": form.filtered,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "today": timezone.localdate(),
    }
    return render(request, "trainer/certificates.html", context)


@login_required
@require_safe
def certificate(request, serial):
    """One certificate; ``format`` gives it as ``pdf`` or, signed, as ``jwt``."""
    seen = Certificate.objects.filter(_seen_by(request.user)).select_related("holder")
    found = get_object_or_404(seen, serial=serial)
    match request.GET.get("format", ""):
        case "pdf":
            return as_file(_pdf(found), f"{found.title}-{found.name}.pdf", "application/pdf")
        case "jwt":
            return as_file(found.credential.encode(), f"badge-{found.serial}.jwt", "application/vc+jwt")
    context = {
        "certificate": found,
        "own": found.holder_id == request.user.pk,
        "events": found.events.select_related("by"),
        "address": address_of(found.serial),
        "expired": found.expired(),
    }
    return render(request, "trainer/certificate.html", context)


@login_required
@require_safe
def code(request, serial):
    """The QR code that leads to the public page, as SVG."""
    found = get_object_or_404(Certificate.objects.filter(_seen_by(request.user)), serial=serial)
    picture = BytesIO()
    segno.make(address_of(found.serial), error="m").save(picture, kind="svg", scale=4, border=4, light="#fff")
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


@login_required
@permission_required("trainer.revoke_certificate", raise_exception=True)
@require_POST
def step(request, serial):
    """Suspend, reinstate or revoke by hand, with a reason."""
    found = get_object_or_404(Certificate.objects.filter(holder__in=learners_in_reach(request.user)), serial=serial)
    form = StepForm(request.POST)
    if form.is_valid():
        wanted = CertificateStep(form.cleaned_data["step"])
        try:
            take_step(
                certificate_id=found.pk, step=wanted, reason=form.cleaned_data["reason"], by=request.user,
                at=timezone.now(),
            )  # fmt: skip
        except ReasonMissing:
            messages.warning(request, _("写明理由再办：持证人会看到。没有改动。"))
        except NotNow:
            messages.warning(request, _("这张证书现在不能这样办，可能别人刚改过。请看最新状态。"))
        else:
            messages.success(request, _("已办好，持证人会收到提醒。"))
    else:
        messages.warning(request, _("选一种办法，理由最多 300 字。"))
    return redirect("trainer:certificate", serial=serial)


def _pdf(found: Certificate) -> bytes:
    address = address_of(found.serial)
    picture = segno.make(address, error="m").svg_data_uri(scale=4, border=2)
    context = {"certificate": found, "picture": picture, "address": address, "issuer": settings.SITE_NAME}
    page = render_to_string("trainer/certificate_print.html", context)
    return set_pdf(page, style=STYLE, mark=found.number)
