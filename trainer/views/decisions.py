"""One decision: as it was made, forever; its second signature, and taking it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from trainer.commands.decision_appeals import appealable
from trainer.commands.decisions import NotPending, countersign, return_decision, withdraw_decision
from trainer.commands.verdicts import CannotDecide, KindNotOpen, NotOnProbation, StaleEvidence
from trainer.forms.decisions import NoteForm, SeenForm, sign_packet
from trainer.models import Certificate, Decision
from trainer.permissions import employments_in_reach
from trainer.queries.decision_page import decision_page, decision_rows, may_hear_appeal, may_see
from trainer.rules.decisions import DecisionAppealState
from trainer.views.printing import pdf_response


@login_required
@require_safe
def decision(request, pk):
    """The decision with its reasons and the packet as it was; for the person it is about, too."""
    found = decision_in_sight(request.user, pk)
    return render(request, "trainer/decision.html", _context(request, found))


@login_required
@require_safe
def decision_pdf(request, pk):
    found = decision_in_sight(request.user, pk)
    title = _("%(person)s 的转正结论") % {"person": found.employment.user}
    page = decision_page(found, at=timezone.now(), by=request.user)
    return pdf_response("trainer/decision_print.html", {"page": page, "decision": found, "title": title}, title)


@login_required
@permission_required("trainer.decide_confirmation", raise_exception=True)
@require_POST
def sign(request, pk):
    """Countersign, on the evidence as it stands on the page."""
    found = decision_in_sight(request.user, pk)
    form = SeenForm(request.POST)
    if not form.is_valid():
        return render(request, "trainer/decision.html", _context(request, found, stale=True), status=409)
    try:
        countersign(decision_id=pk, seen=form.seen_packet, by=request.user, at=timezone.now())
    except StaleEvidence:
        return render(request, "trainer/decision.html", _context(request, found, stale=True), status=409)
    except CannotDecide as refusal:
        messages.warning(request, _why(refusal))
    else:
        messages.success(request, _("已复签，结论生效。"))
    return redirect("trainer:decision", pk=pk)


@login_required
@permission_required("trainer.decide_confirmation", raise_exception=True)
@require_POST
def give_back(request, pk):
    """Return a proposal with the reason."""
    found = decision_in_sight(request.user, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return render(request, "trainer/decision.html", _context(request, found, note=form), status=422)
    try:
        return_decision(decision_id=pk, note=form.cleaned_data["note"], by=request.user, at=timezone.now())
    except CannotDecide as refusal:
        messages.warning(request, _why(refusal))
    else:
        messages.info(request, _("已退回给 %(person)s。") % {"person": found.by})
    return redirect("trainer:decision", pk=pk)


@login_required
@permission_required("trainer.decide_confirmation", raise_exception=True)
@require_POST
def withdraw(request, pk):
    """Take back one's own proposal."""
    decision_in_sight(request.user, pk)
    try:
        withdraw_decision(decision_id=pk, note="", by=request.user, at=timezone.now())
    except CannotDecide as refusal:
        messages.warning(request, _why(refusal))
    else:
        messages.info(request, _("已撤回，可以重新决定。"))
    return redirect("trainer:decision", pk=pk)


def decision_in_sight(user, pk) -> Decision:
    """Raises ``Http404`` for whoever has nothing to do with it."""
    found = get_object_or_404(decision_rows(), pk=pk)
    if not may_see(user, found, employments_in_reach(user)):
        raise Http404
    return found


def _context(request, found: Decision, *, stale: bool = False, note: NoteForm | None = None) -> dict:
    at, user = timezone.now(), request.user
    own = found.employment.user_id == user.pk
    page = decision_page(found, at=at, by=user)
    until = found.appeal_until
    return {
        "page": page,
        "decision": found,
        "certificate": Certificate.objects.standing().filter(decision=found).first(),
        "own": own,
        "stale": stale,
        "note": note or NoteForm(),
        "seen": sign_packet(page.now) if page.now and found.is_pending else "",
        "may_sign": not own and found.is_pending and user.pk != found.by_id,
        "may_withdraw": found.is_pending and user.pk == found.by_id,
        "may_appeal": own and page.appeal is None and appealable(found),
        "appeal_open": until is not None and timezone.localdate(at) <= until,
        "may_answer": page.appeal is not None
        and page.appeal.state == DecisionAppealState.OPEN
        and not own
        and may_hear_appeal(user, found),
        "in_reach": not own and employments_in_reach(user).filter(pk=found.employment_id).exists(),
    }


def _why(refusal: CannotDecide) -> str:
    match refusal:
        case NotPending():
            return _("这个结论已经有人处理过了，下面是现在的情况。")
        case NotOnProbation():
            return _("这个人已经不在试用期，结论不能再生效。请退回。")
        case KindNotOpen():
            return _("试用期已经走到这一步，原来的结论不能再生效。请退回，让提出的人重新决定。")
    return _("这个结论不该由你来签。")
