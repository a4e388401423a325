"""Appealing a decision, and answering."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trainer.commands.decision_appeals import (
    AlreadyAppealed,
    AppealAnswered,
    CannotAppeal,
    NotTheirAppeal,
    PersonHasLeft,
    TooLate,
    appeal_decision,
    appealable,
    overturn,
    uphold,
)
from trainer.commands.verdicts import CannotDecide, StaleEvidence
from trainer.forms.decisions import AnswerForm, DecisionAppealForm, sign_packet
from trainer.queries.decision_page import decision_page, may_hear_appeal
from trainer.rules.confirmation import days_left
from trainer.rules.decisions import DecisionAppealState, DecisionKind, better_kinds
from trainer.rules.packet import unmet
from trainer.views.decisions import decision_in_sight
from trainer.views.packets import explain


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request, pk):
    """Say why one does not accept a decision about oneself."""
    found = decision_in_sight(request.user, pk)
    if found.employment.user_id != request.user.pk or not appealable(found):
        raise Http404
    form = DecisionAppealForm(request.POST if request.method == "POST" else None)
    at, late = timezone.now(), False
    if request.method == "POST" and form.is_valid():
        try:
            appeal_decision(
                decision_id=pk, learner_id=request.user.pk, reason=form.cleaned_data["reason"].strip(), at=at
            )
        except TooLate:
            late = True
        except AlreadyAppealed:
            messages.info(request, _("你已经申诉过了，答复会在这里。"))
            return redirect("trainer:decision", pk=pk)
        except CannotAppeal:
            messages.info(request, _("结论刚刚变了，请看现在的。"))
            return redirect("trainer:decision", pk=pk)
        else:
            messages.success(request, _("申诉收到了，会由没有参与这个结论的人来看。"))
            return redirect("trainer:decision", pk=pk)
    until = found.appeal_until
    late = late or (until is not None and timezone.localdate(at) > until)
    context = {"decision": found, "form": form, "late": late, "until": until}
    return render(request, "trainer/decision_appeal.html", context, status=409 if late and form.is_bound else 200)


@login_required
@permission_required("trainer.decide_confirmation", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, pk):
    """Answer an appeal: the decision stands, or another takes its place."""
    found = decision_in_sight(request.user, pk)
    if not hasattr(found, "appeal") or not may_hear_appeal(request.user, found):
        raise Http404
    if found.appeal.state != DecisionAppealState.OPEN:
        return redirect("trainer:decision", pk=pk)
    at = timezone.now()
    page = decision_page(found, at=at, by=request.user)
    form, stale = _form(request, page, at), False
    if request.method == "POST" and form.is_valid():
        try:
            if form.upholds:
                said = form.cleaned_data["reasons"].strip()
                uphold(appeal_id=found.appeal.pk, answer=said, by=request.user, at=at)
            else:
                overturn(
                    appeal_id=found.appeal.pk, verdict=form.verdict, seen=form.seen_packet, by=request.user, at=at
                )
        except AppealAnswered:
            messages.info(request, _("这个申诉刚刚有人答复了，下面是结果。"))
            return redirect("trainer:decision", pk=pk)
        except NotTheirAppeal as involved:
            raise Http404 from involved
        except PersonHasLeft:
            form.add_error("kind", _("这个人已经离职或重新入职，只能维持原结论，并在答复里说明。"))
        except StaleEvidence:
            page, stale = decision_page(found, at=at, by=request.user), True
            form = _form(request, page, at, fresh=True)
        except CannotDecide as refusal:
            explain(form, refusal)
        else:
            messages.success(request, _("已答复，%(person)s 会收到通知。") % {"person": found.employment.user})
            return redirect("trainer:decision", pk=pk)
    elif request.method == "POST" and "seen" in form.errors:
        stale, form = True, _form(request, page, at, fresh=True)
    context = {"page": page, "decision": found, "appeal": found.appeal, "form": form, "stale": stale}
    return render(request, "trainer/decision_answer.html", context, status=409 if stale else 200)


def _form(request, page, at, *, fresh: bool = False) -> AnswerForm:
    employment = page.decision.employment
    data = request.POST.copy() if request.method == "POST" else None
    packet = page.now or page.decision.packet
    if data is not None and fresh:
        data["seen"] = sign_packet(packet)
    left = days_left(employment.probation_ends_on, timezone.localdate(at))
    titles = {one.slug: one.title for one in page.packet.requirements}
    return AnswerForm(
        data,
        kinds=better_kinds(DecisionKind(page.decision.kind), left) if page.now else (),
        unmet=[(one["slug"], titles.get(one["slug"], one["title"])) for one in unmet(packet)],
        contract=employment.contract,
        initial={"seen": sign_packet(packet)},
    )
