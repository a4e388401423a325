from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trainer.models.lessons import Lesson
from trainer.models.scripts import Script
from trainer.rules.notes import LONGEST_NOTE, LONGEST_PROPOSAL


class LessonNote(models.Model):
    """What somebody wrote for themselves beside a lesson: nobody else reads it.

    ``revision`` counts the saves, so that a page that knows an older one is seen.
    """

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notes", verbose_name=_("学员")
    )
    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="notes", verbose_name=_("课程内容"))
    text = models.TextField(_("笔记"), max_length=LONGEST_NOTE, blank=True)
    revision = models.PositiveIntegerField(_("第几次保存"), default=1)
    changed_at = models.DateTimeField(_("修改时间"))

    class Meta:
        verbose_name = _("笔记")
        verbose_name_plural = _("笔记")
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["learner", "lesson"], name="lesson_note_once"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="lesson_note_revision_from_one"),
        ]

    def __str__(self):
        return f"{self.learner_id}: {self.lesson_id}"


class NoteProposal(models.Model):
    """Words out of a note that somebody proposes as a script, or as a correction of the lesson.

    A supervisor promotes it or declines it with a reason. A promoted script leads to its ``script``; a promoted
    correction waits beside the lesson until somebody who writes lessons has settled it.
    """

    SCRIPT, CORRECTION = "script", "correction"
    OPEN, PROMOTED, DECLINED = "open", "promoted", "declined"
    KINDS = ((SCRIPT, _("做成话术")), (CORRECTION, _("课程要改")))
    STATES = ((OPEN, _("待处理")), (PROMOTED, _("已采纳")), (DECLINED, _("没有采纳")))

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="proposals", verbose_name=_("提出人")
    )
    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="proposals", verbose_name=_("课程内容"))
    kind = models.CharField(_("建议"), max_length=12, choices=KINDS)
    text = models.TextField(_("内容"), max_length=LONGEST_PROPOSAL)
    state = models.CharField(_("状态"), max_length=10, choices=STATES, default=OPEN)
    proposed_at = models.DateTimeField(_("提出时间"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("处理人")
    )
    decided_at = models.DateTimeField(_("处理时间"), null=True, blank=True)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    script = models.OneToOneField(
        Script, models.PROTECT, null=True, blank=True, related_name="proposal", verbose_name=_("话术")
    )
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("改课的人")
    )
    settled_at = models.DateTimeField(_("改好的时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("学员建议")
        verbose_name_plural = _("学员建议")
        ordering = ["-proposed_at", "-pk"]
        permissions = [("decide_proposal", _("处理学员建议"))]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="proposal_has_words"),
            models.UniqueConstraint(
                fields=["learner", "lesson", "kind"], condition=Q(state="open"), name="proposal_one_open_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_by=None, decided_at=None)
                | Q(state__in=["promoted", "declined"], decided_by__isnull=False, decided_at__isnull=False),
                name="proposal_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""), name="proposal_declined_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="promoted", kind="script", script__isnull=False)
                | (~Q(state="promoted", kind="script") & Q(script=None)),
                name="proposal_promoted_script_is_there",
            ),
            models.CheckConstraint(
                condition=Q(settled_by=None, settled_at=None)
                | Q(settled_by__isnull=False, settled_at__isnull=False, state="promoted", kind="correction"),
                name="proposal_settled_correction",
            ),
        ]

    def __str__(self):
        return f"{self.learner_id}: {self.kind}"
