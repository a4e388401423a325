"""What the house has to say about an attempt on the engine's pages."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from quizzes.models import Attempt
from trainer.models import Recheck
from trainer.queries.rechecks import recheck_of_purpose
from trainer.rules.vocabulary import RecheckState


class AttemptNote(NamedTuple):
    """``state`` is one of those that the pages have icons for: ``met``, ``near``, ``missing``, ``critical``."""

    state: str
    text: str
    url: str
    action: str


def note_on(attempt: Attempt) -> AttemptNote | None:
    """What its owner should know beside the score: that a re-check is done or not, or that a rule has changed since.

    One query.
    """
    number = recheck_of_purpose(attempt.purpose)
    if number is not None:
        return _on_try(Recheck.objects.filter(pk=number, learner=attempt.learner_id).first())
    recheck = (
        Recheck.objects.open().filter(grounds=attempt.pk).select_related("version").order_by("due_on", "pk").first()
    )
    if recheck is None:
        return None
    told = {"lesson": recheck.version, "day": date_format(recheck.due_on)}
    text = _("待复查：《%(lesson)s》的规则变了，请在 %(day)s 前做一次复查。") % told
    return AttemptNote("near", text, reverse("trainer:recheck", args=[recheck.pk]), _("去复查"))


def _on_try(recheck: Recheck | None) -> AttemptNote | None:
    if recheck is None:
        return None
    url = reverse("trainer:recheck", args=[recheck.pk])
    if recheck.state == RecheckState.OPEN:
        return AttemptNote("near", _("还没有全部答对。看完讲解，换一组题再考一次。"), url, _("再考一次"))
    return AttemptNote("met", _("这次复查做完了，成绩上的“待复查”已经去掉。"), reverse("trainer:home"), _("回今日"))
