from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from quizzes.formats.printing import write_pdf, write_word
from quizzes.models import Blueprint
from quizzes.queries.blueprints import MOST_SEEDS, sample_paper, stock
from quizzes.queries.printing import printed_paper
from quizzes.rules.drawing import ImpossibleBlueprint
from quizzes.views.downloads import as_file

WRITERS = {
    "docx": (write_word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (write_pdf, "application/pdf"),
}


@login_required
@permission_required("quizzes.view_blueprint", raise_exception=True)
@require_safe
def print_paper(request, slug):
    """The paper that a seed draws, as a Word file or PDF; with ``key`` each question is followed by its answer."""
    blueprint = get_object_or_404(Blueprint, slug=slug)
    ending, seed = request.GET.get("as", ""), request.GET.get("seed", "")
    if ending not in WRITERS or not seed.isdecimal() or int(seed) > MOST_SEEDS:
        raise Http404
    try:
        paper = printed_paper(blueprint, sample_paper(stock(blueprint), int(seed)))
    except ImpossibleBlueprint as refusal:
        raise Http404 from refusal
    with_key = "key" in request.GET
    write, media_type = WRITERS[ending]
    name = f"{blueprint}-{seed}{_('-含答案') if with_key else ''}.{ending}"
    return as_file(write(paper, with_key=with_key), name, media_type)
