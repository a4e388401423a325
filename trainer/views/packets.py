"""The packet: everything that speaks for or against one person's confirmation, and the form to decide on it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from trainer.commands.decisions import AlreadyProposed, SecondNeeded, decide
from trainer.commands.verdicts import (
    BeyondTheLaw,
    CannotDecide,
    KindNotOpen,
    NotOnProbation,
    ReasonMissing,
    StaleEvidence,
)
from trainer.forms.decisions import VerdictForm, sign_packet
from trainer.permissions import employments_in_reach
from trainer.queries.deciders import may_be_asked
from trainer.queries.packet_page import PacketPage, packet_page
from trainer.rules.packet import unmet
from trainer.views.printing import pdf_response


@login_required
@permission_required("trainer.decide_confirmation", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def packet(request, pk):
    """Look at the packet, and decide on exactly what was looked at."""
    at = timezone.now()
    page = packet_page(_employment(request.user, pk), by=request.user, at=at)
    form = _form(request, page)
    blocked = None
    if request.method == "POST" and form.is_valid():
        try:
            decision = decide(
                employment_id=page.employment.pk,
                verdict=form.verdict,
                seen=form.seen_packet,
                by=request.user,
                asked=form.cleaned_data.get("asked"),
                at=at,
            )
        except (AlreadyProposed, NotOnProbation) as first:
            blocked = first.decision
            page = packet_page(_employment(request.user, pk), by=request.user, at=at)
        except StaleEvidence as stale:
            page = packet_page(_employment(request.user, pk), by=request.user, at=at, seen=form.seen_packet)
            form = _form(request, page, seen=stale.packet)
        except CannotDecide as refusal:
            explain(form, refusal)
        else:
            if decision.is_final:
                messages.success(request, _("结论已生效，%(person)s 会收到通知。") % {"person": page.employment.user})
            else:
                messages.info(request, _("已提交，等 %(person)s 复签以后生效。") % {"person": decision.asked})
            return redirect("trainer:decision", pk=decision.pk)
    elif request.method == "POST" and "seen" in form.errors:
        form = _form(request, page, seen=page.packet)
        form.add_error(None, _("这一页的材料对不上，请按下面现在的材料再决定一次。"))
    context = {"page": page, "form": form, "blocked": blocked, "written": request.POST.get("reasons", "")}
    return render(request, "trainer/packet.html", context, status=409 if blocked or page.stale else 200)


@login_required
@permission_required("trainer.decide_confirmation", raise_exception=True)
@require_safe
def packet_pdf(request, pk):
    """The packet as it is now, to print or to hand round."""
    page = packet_page(_employment(request.user, pk), by=request.user, at=timezone.now())
    title = _("%(person)s 的转正材料") % {"person": page.employment.user}
    return pdf_response("trainer/packet_print.html", {"page": page, "title": title}, title)


def explain(form: VerdictForm, refusal: CannotDecide) -> None:
    """Say in the form what stands against the decision, where it can be put right."""
    match refusal:
        case ReasonMissing():
            for slug in refusal.slugs:
                form.add_error(f"why_{slug}", _("这一项没有达成，请写明为什么仍然转正。"))
        case BeyondTheLaw():
            days = {"last": date_format(refusal.last), "present": date_format(refusal.present)}
            if refusal.last <= refusal.present:
                text = _("按这个合同期限，试用期最晚到 %(last)s，已经不能再延长。")
            else:
                text = _("要晚于现在的截止日 %(present)s，最晚到 %(last)s：试用期最长多久由法律按合同期限规定。")
            form.add_error("until", text % days)
        case SecondNeeded():
            form.add_error("asked" if "asked" in form.fields else None, _("这个结论要两个人签，请选复签的人。"))
        case KindNotOpen():
            form.add_error("kind", _("按试用期剩下的天数，现在不能下这个结论。"))
        case _:
            form.add_error(None, _("你不能给自己下结论。"))


def _employment(user, pk):
    rows = employments_in_reach(user).select_related("user", "team__supervisor")
    return get_object_or_404(rows, user=pk)


def _form(request, page: PacketPage, seen=None) -> VerdictForm:
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None and seen is not None:
        data["seen"] = sign_packet(seen)
    # What was written about a requirement that is met by now stays in the form: nothing typed is lost.
    asked = [(one["slug"], one["slug"]) for one in unmet(page.packet)]
    titles = {one.slug: one.title for one in page.words.requirements}
    if data is not None:
        asked += [(slug, slug) for slug in titles if data.get(f"why_{slug}") and (slug, slug) not in asked]
    return VerdictForm(
        data,
        kinds=page.kinds,
        unmet=[(slug, titles[slug]) for slug, _same in asked],
        candidates=may_be_asked(page.employment, request.user) if page.second else None,
        contract=page.employment.contract,
        initial={"seen": sign_packet(page.packet)},
    )
