"""The script library: reading it, and for staff writing, reviewing and retiring scripts."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quizzes.formats.sheets.lists import Value
from quizzes.models.labels import CHECK_LABELS, LABELS
from quizzes.queries.patterns import shop_judge
from quizzes.queries.results import lesson_links
from quizzes.rules.vocabulary import Platform, QuestionState
from quizzes.views.downloads import as_sheet, wants_sheet
from trainer.commands.scripts import (
    NotFromHere,
    NotSound,
    OwnWork,
    approve_script,
    retire_script,
    save_script,
    send_back_script,
    submit_script,
)
from trainer.forms.scripts import STATES, RemarkForm, ScriptForm, filter_of, initial_of
from trainer.models import Script
from trainer.queries.scripts import choices_of_filter, listing, said_of, waiting
from trainer.rules.scripts import judge_wording

PER_PAGE = 20


@login_required
@require_safe
def scripts(request):
    """The library; ``format=xlsx`` gives staff the list as a file."""
    staff = request.user.has_perm("trainer.change_script")
    wanted = filter_of(request.GET, staff=staff)
    if staff and wants_sheet(request):
        headers = [
            _("标题"), _("类别"), _("场合"), _("平台"), _("顾客问"), _("怎么说"), _("怎么别说"), _("为什么"), _("状态"),
        ]  # fmt: skip
        return as_sheet(_("话术"), headers, map(_row, listing(wanted)))
    page = Paginator(listing(wanted), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "wanted": wanted,
        "staff": staff,
        "states": [(state, LABELS[state]) for state in STATES],
        "waiting": waiting() if staff else 0,
        "filtered": any((wanted.words, wanted.category, wanted.situation, wanted.platform, wanted.pairs)),
        "labels": LABELS,
        **choices_of_filter(),
    }
    return render(request, "trainer/scripts.html", context)


def _row(script: Script) -> list[Value]:
    return [
        script.title, str(script.get_category_display()), str(script.get_situation_display()),
        _("、").join(str(LABELS[Platform(one)]) for one in script.platforms), script.asked, script.good, script.bad,
        script.why, str(LABELS[QuestionState(script.state)]),
    ]  # fmt: skip


@login_required
@require_safe
def script(request, slug):
    """One script; those who write them also see what the judge says and what can be done."""
    scripts = Script.objects.select_related("changed_by", "approved_by", "proposal__learner")
    found = get_object_or_404(scripts, slug=slug)
    staff = request.user.has_perm("trainer.change_script")
    if not staff and found.state != QuestionState.LIVE:
        raise Http404
    context = {"script": found, "staff": staff, "labels": LABELS}
    context["lesson"] = lesson_links([found.lesson]).get(found.lesson) if found.lesson else None
    if staff:
        verdict = judge_wording(found.wording(), shop_judge())
        context |= {
            "verdict": verdict,
            "said": said_of(found, verdict),
            "shows": [CHECK_LABELS[name] for name in verdict.bad_shows],
            "own_work": settings.CONTENT_REVIEW_BY_TWO and found.changed_by_id == request.user.pk,
            "may_approve": request.user.has_perm("trainer.approve_script"),
            "remark": RemarkForm(),
        }
    return render(request, "trainer/script.html", context)


@login_required
@permission_required("trainer.change_script", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, slug=None):
    """Write a new script, or change one; it is a draft then."""
    found = get_object_or_404(Script, slug=slug) if slug else None
    if request.method == "POST":
        form = ScriptForm(request.POST)
        if form.is_valid():
            saved = save_script(
                script_id=found.pk if found else None,
                fields=form.fields_of_script,
                by=request.user,
                at=timezone.now(),
            )
            return redirect("trainer:script", slug=saved.slug)
    else:
        form = ScriptForm(initial=initial_of(found) if found else {"platforms": ["tmall", "taobao", "douyin", "vip"]})
    status = 422 if form.errors else 200
    return render(request, "trainer/script_edit.html", {"form": form, "script": found}, status=status)


@login_required
@permission_required("trainer.change_script", raise_exception=True)
@require_POST
def step(request, slug):
    """Move a script on: ``do`` is submit, approve, back or retire."""
    found = get_object_or_404(Script, slug=slug)
    do = request.POST.get("do", "")
    given = {"script_id": found.pk, "by": request.user, "at": timezone.now()}
    approving = do in ("approve", "back")
    if approving and not request.user.has_perm("trainer.approve_script"):
        raise Http404
    try:
        if do == "submit":
            submit_script(**given)
            messages.success(request, _("已经送审。"))
        elif do == "approve":
            approve_script(**given)
            messages.success(request, _("已经上线，学员能看到了。"))
        elif do == "back":
            form = RemarkForm(request.POST)
            if form.is_valid():
                send_back_script(**given, remark=form.cleaned_data["remark"])
                messages.success(request, _("已经退回给写的人。"))
            else:
                messages.warning(request, _("退回要写明改什么。"))
        elif do == "retire":
            retire_script(**given)
            messages.success(request, _("已经停用，话术库里看不到了。"))
        else:
            messages.warning(request, _("看不懂这个操作，请刷新页面再试。"))
    except NotSound:
        messages.warning(request, _("这条话术不能教：原因写在下面，改好再送审。"))
    except OwnWork:
        messages.warning(request, _("本店要求两人审核：写的人不能自己批，请另一位来看。"))
    except NotFromHere:
        messages.warning(request, _("这条话术的状态刚刚变了，请看最新的情况。"))
    return redirect("trainer:script", slug=slug)
