"""Search over lessons and, for those who may see the bank, over questions."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from quizzes.models import Topic
from trainer.queries.search import Hit, best_first, hits, lesson_entries, near, question_entries
from trainer.rules.search import terms

PER_PAGE = 25
LESSONS, QUESTIONS = "lessons", "questions"


@login_required
@require_safe
def search(request):
    """``?q=`` with ``tab=lessons|questions`` and ``page=``. A trainee must not see the bank: there is one tab."""
    query = request.GET.get("q", "").replace("\x00", "").strip()
    wanted = terms(query)
    sources = {LESSONS: lesson_entries(timezone.localdate())}
    if request.user.has_perm("quizzes.view_question"):
        sources[QUESTIONS] = question_entries()
    context = {"query": query, "wanted": wanted, "may_see_bank": QUESTIONS in sources}
    if wanted:
        context |= _found(request, sources, wanted)
    if not context.get("hits"):
        context["topics"] = Topic.objects.all()
    return render(request, "trainer/search.html", context)


def _found(request, sources, wanted):
    """The pages of all tabs, and what stands on the shown one; where nothing fits exactly, what comes near."""
    pages = {name: Paginator(best_first(entries, wanted), PER_PAGE) for name, entries in sources.items()}
    filled = [name for name, paginator in pages.items() if paginator.count]
    asked = request.GET.get("tab")
    shown = asked if asked in pages else next(iter(filled), LESSONS)
    page = pages[shown].get_page(request.GET.get("page"))
    found: list[Hit] = hits(page.object_list, wanted)
    context = {"tab": shown, "page": page, "hits": found, "counts": {name: p.count for name, p in pages.items()}}
    if not filled:
        rows, loose = near(sources[shown], wanted)
        context |= {"hits": hits(rows, loose), "loose": True}
    return context
