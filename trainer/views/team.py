from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from quizzes.models import Session
from quizzes.queries.drills import best_drills
from quizzes.queries.results import result_of, reviewed_items
from quizzes.views.downloads import as_sheet, wants_sheet
from trainer.forms.team import TeamForm
from trainer.models import Employment
from trainer.permissions import employments_in_reach, learners_in_reach
from trainer.queries.confirmation import confirmation_of
from trainer.queries.courses import assignment_lines, assignments_of
from trainer.queries.decision_list import undecided
from trainer.queries.performance import own_performance
from trainer.queries.rechecks import with_recheck_due
from trainer.queries.study_time import attendance_of, study_time
from trainer.queries.team import Place, accommodations_of, exams_for_staff, shown, team_list, teams_in_reach
from trainer.queries.today import appeals_of, by_topic

PER_PAGE, QUESTIONS_PER_PAGE, GATES_SHOWN, TALKS_SHOWN = 25, 10, 3, 12


@login_required
@permission_required("trainer.view_team", raise_exception=True)
def team(request):
    """The people of one's teams and how far each has come; ``format=xlsx`` gives the list as a file."""
    reach = learners_in_reach(request.user)
    form = TeamForm(request.GET, teams=teams_in_reach(reach))
    at = timezone.now()
    found = team_list(form.narrow(reach), **form.wanted, at=at)
    if wants_sheet(request):
        return _as_sheet(found.people)
    page = Paginator(found.people, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = shown(page.object_list, at=at)
    return render(
        request,
        "trainer/team.html",
        {
            "form": form,
            "wanted": form.wanted,
            "filtered": form.filtered,
            "counts": found.counts,
            "page": page,
            "waiting": found.waiting[:GATES_SHOWN],
            "undecided": undecided(employments_in_reach(request.user), timezone.localdate()),
            "today": timezone.localdate(),
        },
    )


def _as_sheet(people: list[Place]):
    headers = [
        _("姓名"), _("小组"), _("入职日期"), _("试用期截止"), _("剩余天数"), _("状态"), _("总进度（%）"), _("要求已齐"),
    ]  # fmt: skip
    rows = (
        [
            str(row.employment.user),
            str(row.employment.team or ""),
            row.employment.hired_on,
            row.employment.probation_ends_on,
            row.days_left,
            str(row.employment.get_state_display()),
            row.percent,
            str(_("是") if row.all_met else _("否")),
        ]
        for row in people
    )
    return as_sheet(_("小组"), headers, rows)


@login_required
@permission_required("trainer.view_team", raise_exception=True)
def person(request, pk):
    """Everything that speaks for one person's confirmation, on one page."""
    people = with_recheck_due(Employment.objects.select_related("user", "team__supervisor"))
    employment = get_object_or_404(people, user=pk, user__in=learners_in_reach(request.user))
    confirmation = confirmation_of(employment, at=timezone.now())
    return render(
        request,
        "trainer/person.html",
        {
            "person": employment.user,
            "confirmation": confirmation,
            "talks": list(Session.objects.of(employment.user).select_related("scenario")[:TALKS_SHOWN]),
            "drills": best_drills(employment.user),
            "topics": by_topic(confirmation.lessons),
            "today": timezone.localdate(),
            "appeals": list(appeals_of(employment.user)),
            "performance": own_performance(employment.user),
            "course_lines": assignment_lines(assignments_of(employment.user), at=confirmation.at),
            "study": study_time(employment.user, at=confirmation.at),
            "attendances": list(attendance_of(employment.user)),
            "accommodations": list(accommodations_of(employment.user)),
        },
    )


@login_required
@permission_required("trainer.view_team", raise_exception=True)
def person_attempt(request, pk, attempt):
    """One exam of a person in reach with every answer, the key and the reasons: what a supervisor talks over."""
    sat = get_object_or_404(exams_for_staff(learners_in_reach(request.user)), pk=attempt, learner=pk)
    context = {"person": sat.learner, "attempt": sat}
    if sat.submitted_at:
        page = Paginator(range(1, sat.size + 1), QUESTIONS_PER_PAGE).get_page(request.GET.get("page"))
        context |= {"result": result_of(sat), "page": page, "items": reviewed_items(sat, page.object_list)}
    return render(request, "trainer/person_attempt.html", context)
