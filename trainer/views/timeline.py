"""One person's whole evidence in the order of time: for who looks after them, and for themselves."""

from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from trainer.permissions import learners_in_reach
from trainer.queries.timeline import Strand, timeline

PER_PAGE = 40
STRANDS = (
    (Strand.STUDY, "book", _("学习")),
    (Strand.EXAM, "card-checklist", _("考试")),
    (Strand.TALK, "chat-dots", _("对练")),
    (Strand.DRILL, "keyboard", _("打字和分拣")),
    (Strand.COURSE, "signpost-split", _("派课和培训")),
    (Strand.INTERVIEW, "telephone", _("面试和绩效")),
    (Strand.DECISION, "award", _("结论")),
)


@login_required
@permission_required("trainer.view_team", raise_exception=True)
@require_safe
def person_timeline(request, pk):
    return _shown(request, get_object_or_404(learners_in_reach(request.user), pk=pk), own=False)


@login_required
@require_safe
def own_timeline(request):
    return _shown(request, request.user, own=True)


def _shown(request, person, *, own: bool):
    wanted = request.GET.get("strand", "")
    strand = Strand(wanted) if wanted in set(Strand) else None
    events = timeline(person, own=own, strand=strand)
    context = {
        "person": person,
        "own": own,
        "strand": strand,
        "strands": STRANDS,
        "icons": {key: icon for key, icon, _label in STRANDS},
        "page": Paginator(events, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "trainer/timeline.html", context)
