from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from quizzes.formats.exports import FORMATS
from quizzes.formats.found import Unwritable
from quizzes.forms.bank import BankFilterForm
from quizzes.queries.bank import bank
from quizzes.queries.exports import found_questions
from quizzes.views.downloads import as_file


@login_required
@permission_required("quizzes.view_question", raise_exception=True)
@require_safe
def export(request):
    """The questions that the bank's filter finds, keys included, as a file to take away."""
    wanted = FORMATS.get(request.GET.get("format", ""))
    if wanted is None:
        raise Http404
    questions = found_questions(bank(BankFilterForm(request.GET).wanted()))
    try:
        content = wanted.write(questions)
    except Unwritable as refused:
        messages.error(request, str(refused))
        return redirect("quizzes:bank")
    return as_file(content, f"{_('题库')}-{timezone.localdate():%Y-%m-%d}{wanted.ending}", wanted.media_type)
