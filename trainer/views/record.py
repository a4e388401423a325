from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone

from quizzes.models import Session
from quizzes.queries.drills import best_drills
from trainer.queries.decision_page import final_decisions_of
from trainer.queries.performance import own_performance
from trainer.queries.streaks import milestones_of
from trainer.queries.study_time import attendance_of, study_time
from trainer.queries.today import appeals_of, by_topic, practice_totals
from trainer.views.home import own_confirmation

ATTEMPTS_SHOWN, TALKS_SHOWN, APPEALS_SHOWN = 8, 8, 8


@login_required
def record(request):
    """One's own record: exams, talks, lessons by topic, drills, practice, appeals and employment."""
    confirmation = own_confirmation(request.user, at=timezone.now())
    return render(
        request,
        "trainer/record.html",
        {
            "confirmation": confirmation,
            "decisions": final_decisions_of(request.user),
            "attempts": confirmation.attempts[:ATTEMPTS_SHOWN] if confirmation else (),
            "talks": list(Session.objects.of(request.user).select_related("scenario")[:TALKS_SHOWN]),
            "drills": best_drills(request.user),
            "topics": by_topic(confirmation.lessons) if confirmation else (),
            "performance": own_performance(request.user),
            "practice": practice_totals(request.user),
            "study": study_time(request.user, at=timezone.now()),
            "milestones": milestones_of(request.user) if request.user.shows_streak else (),
            "attendances": list(attendance_of(request.user)),
            "appeals": list(appeals_of(request.user)[:APPEALS_SHOWN]),
        },
    )
