from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quizzes.models.labels import CHECK_LABELS, TALK_LEVELS, choices
from quizzes.models.questions import WrittenOnce
from quizzes.models.scenarios import Scenario, ScenarioVersion
from quizzes.rules.dialogue.criteria import Criteria, Level, read_criteria
from quizzes.rules.dialogue.drawing import Cast
from quizzes.rules.dialogue.scoring import Outcome
from quizzes.rules.dialogue.talk import State


class SessionQuerySet(models.QuerySet):
    def of(self, learner):
        """The talks in this person's record: not the trials of an editor."""
        return self.filter(learner=learner, trial=False)

    def open(self):
        return self.filter(ended_at=None)

    def ended(self):
        return self.exclude(ended_at=None)

    def tested(self):
        """Talks by the rules of an exam."""
        return self.exclude(level=Level.PRACTICE)

    def counted_as_passed(self):
        """Passed, and no open check could change that."""
        return self.filter(outcome=Outcome.PASSED, settled=True)


class Session(models.Model):
    """One person's talk with one simulated customer.

    ``criteria`` is what it is scored by, frozen at the start. ``state`` repeats where the turns have led, ``length``
    how many there are. ``spoke_at`` is when the customer last said something. ``score`` (of 100), ``low`` and
    ``high`` repeat what the checks and rulings say; ``provisional``: unsure checks may move it, ``settled``: not over
    the pass mark or under it. Talks that run at the same time share their ``group``. A ``trial`` is an editor's own
    try of a version that may not be published: it is in nobody's record, queue or statistics.
    ``judge`` is the name of the model, ``patterns`` that of its library: they are frozen, too.
    ``rewordings``: other words for the customer's lines, by the line, where an outside model gave some in time.
    """

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="sessions", verbose_name=_("学员")
    )
    scenario = models.ForeignKey(Scenario, models.PROTECT, related_name="sessions", verbose_name=_("情景"))
    version = models.ForeignKey(ScenarioVersion, models.PROTECT, related_name="sessions", verbose_name=_("情景版本"))
    seed = models.PositiveIntegerField(_("种子"))
    level = models.CharField(_("级别"), max_length=10, choices=TALK_LEVELS)
    trial = models.BooleanField(_("试聊"), default=False)
    group = models.UUIDField(_("同时接待"), null=True, blank=True, db_index=True)
    criteria = models.JSONField(_("评分标准"))
    judge = models.CharField(_("质检模型"), max_length=16, blank=True)
    patterns = models.CharField(_("质检句式库"), max_length=16, blank=True)
    started_at = models.DateTimeField(_("开始时间"))
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    spoke_at = models.DateTimeField(_("顾客上次说话"))
    state = models.JSONField(_("进展"))
    length = models.PositiveIntegerField(_("步数"), default=0)
    ending = models.CharField(_("结局"), max_length=60, blank=True)
    outcome = models.CharField(_("结论"), max_length=20, choices=choices(Outcome), blank=True)
    score = models.DecimalField(_("得分"), max_digits=4, decimal_places=1, null=True, blank=True)
    low = models.DecimalField(_("最低可能"), max_digits=4, decimal_places=1, null=True, blank=True)
    high = models.DecimalField(_("最高可能"), max_digits=4, decimal_places=1, null=True, blank=True)
    provisional = models.BooleanField(_("暂定"), default=False)
    settled = models.BooleanField(_("结论已定"), default=False)
    rewordings = models.JSONField(_("换过的说法"), default=dict, blank=True)

    objects = SessionQuerySet.as_manager()

    # All its turns, where a command that just wrote some has them anyway.
    told: "list[Turn] | None" = None

    class Meta:
        verbose_name = _("对练")
        verbose_name_plural = _("对练")
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["learner", "scenario", "-started_at"], name="session_of_learner")]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "scenario", "trial"],
                condition=Q(ended_at=None),
                name="session_one_open_per_scenario",
            ),
            models.CheckConstraint(condition=Q(trial=False) | Q(level="practice"), name="session_trial_is_practice"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")), name="session_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="", outcome="", score=None)
                | (Q(ended_at__isnull=False, score__isnull=False) & ~Q(ending="") & ~Q(outcome="")),
                name="session_ended_has_its_score",
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=0, score__lte=100), name="session_score_of_100"
            ),
        ]

    def __str__(self):
        return f"#{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    def cast(self) -> Cast:
        return self.version.cast(self.seed)

    def standing(self) -> State:
        return State.from_data(self.state)

    def frozen_criteria(self) -> Criteria:
        return read_criteria(self.criteria)

    def silent_for(self, at: datetime) -> float:
        """Seconds since the customer last said something."""
        return max((at - self.spoke_at).total_seconds(), 0.0)


class TurnKind(models.TextChoices):
    BEGIN = "begin", _("开场")
    LOOK = "look", _("查看")
    SAY = "say", _("回复")
    WAIT = "wait", _("等待")
    BACK = "back", _("退回一步")
    LEAVE = "leave", _("离开")
    HINT = "hint", _("看提示")


class Turn(WrittenOnce):
    """One event of a talk, with what the customer said to it. Append-only; numbers run 1, 2, 3 ….

    ``text`` is the reply, or the hint that was shown, ``name`` the panel item, the prepared reply or the hint's beat.
    ``client`` and ``sequence`` are the page's, so that sending twice is saying once; the server's own turns (an
    opening, a silence) have none. ``state`` is where the talk stood after it, ``noted`` what was seen in a reply.
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="turns", verbose_name=_("对练"))
    number = models.PositiveIntegerField(_("序号"))
    kind = models.CharField(_("种类"), max_length=6, choices=TurnKind)
    text = models.TextField(_("文字"), blank=True)
    name = models.CharField(_("名称"), max_length=60, blank=True)
    says = models.JSONField(_("顾客说"), default=list, blank=True)
    seconds = models.FloatField(_("用时（秒）"), null=True, blank=True)
    at = models.DateTimeField(_("时间"))
    client = models.CharField(_("页面"), max_length=36, blank=True)
    sequence = models.PositiveIntegerField(_("页面序号"), null=True, blank=True)
    state = models.JSONField(_("进展"))
    noted = models.JSONField(_("看到的"), null=True, blank=True)

    class Meta:
        verbose_name = _("一轮对话")
        verbose_name_plural = _("对话轮次")
        ordering = ["session", "number"]
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="turn_number_once"),
            models.UniqueConstraint(
                fields=["session", "client", "sequence"],
                condition=Q(sequence__isnull=False),
                name="turn_sent_once",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="turn_number_from_one"),
            models.CheckConstraint(
                condition=~Q(kind="say") | (~Q(text="") & Q(seconds__gte=0, noted__isnull=False)),
                name="turn_reply_has_text_and_time",
            ),
        ]

    def __str__(self):
        return f"{self.session_id}/{self.number}"


CHECK_CHOICES = [*CHECK_LABELS.items()]


class CheckResult(WrittenOnce):
    """What the machine said of one check of one reply. ``evidence`` are [start, end] places in the turn's text.

    ``stated``: the writer of a prepared reply said it, nobody judged.
    """

    turn = models.ForeignKey(Turn, models.CASCADE, related_name="checks", verbose_name=_("一轮对话"))
    check_name = models.CharField(_("质检项"), max_length=20, choices=CHECK_CHOICES)
    yes = models.BooleanField(_("有"))
    probability = models.FloatField(_("概率"))
    sure = models.BooleanField(_("有把握"))
    stated = models.BooleanField(_("事先写明"), default=False)
    evidence = models.JSONField(_("依据的文字"), default=list, blank=True)
    patterns = models.JSONField(_("依据的句式"), default=list, blank=True)

    class Meta:
        verbose_name = _("质检结果")
        verbose_name_plural = _("质检结果")
        ordering = ["turn", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["turn", "check_name"], name="check_result_once"),
            models.CheckConstraint(
                condition=Q(probability__gte=0, probability__lte=1), name="check_result_probability"
            ),
        ]

    def __str__(self):
        return f"{self.turn_id} {self.check_name}"


class OpenCheck(models.Model):
    """A check that the score hangs on and the machine is unsure of: it waits for a person."""

    result = models.OneToOneField(
        CheckResult, models.CASCADE, related_name="open", primary_key=True, verbose_name=_("质检结果")
    )
    session = models.ForeignKey(Session, models.CASCADE, related_name="open_checks", verbose_name=_("对练"))
    since = models.DateTimeField(_("从何时起"))

    class Meta:
        verbose_name = _("待复核的质检项")
        verbose_name_plural = _("待复核的质检项")
        ordering = ["since", "pk"]

    def __str__(self):
        return str(self.result_id)


class Ruling(WrittenOnce):
    """A person's word on one check: it outranks the machine, and the newest one holds.

    A ``blind`` one is a second rater's, given without seeing the first: it is compared and does not count.
    """

    result = models.ForeignKey(CheckResult, models.CASCADE, related_name="rulings", verbose_name=_("质检结果"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("裁定人"))
    verdict = models.BooleanField(_("有"))
    machine = models.BooleanField(_("机器判为有"))
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    blind = models.BooleanField(_("盲评"), default=False)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("裁定")
        verbose_name_plural = _("裁定")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict=F("machine")) | Q(blind=True) | ~Q(reason=""),
                name="ruling_against_the_machine_has_a_reason",
            ),
            models.UniqueConstraint(
                fields=["result", "by"], condition=Q(blind=True), name="ruling_blind_once_per_person"
            ),
        ]
        permissions = [("rule_on_check", _("复核对练质检"))]

    def __str__(self):
        return f"{self.result_id} {self.verdict}"


class CheckAppeal(models.Model):
    """A trainee says that a check of their own reply is wrong; a ruling answers it."""

    result = models.OneToOneField(CheckResult, models.CASCADE, related_name="appeal", verbose_name=_("质检结果"))
    reason = models.CharField(_("理由"), max_length=300)
    made_at = models.DateTimeField(_("提出时间"))
    ruling = models.OneToOneField(
        Ruling, models.PROTECT, null=True, blank=True, related_name="appeal", verbose_name=_("裁定")
    )

    class Meta:
        verbose_name = _("质检申诉")
        verbose_name_plural = _("质检申诉")
        ordering = ["made_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="check_appeal_has_a_reason")]

    def __str__(self):
        return str(self.result_id)


class SessionComment(WrittenOnce):
    """What a supervisor wrote under a talk."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="comments", verbose_name=_("对练"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("谁写的"))
    text = models.CharField(_("评语"), max_length=1000)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("对练评语")
        verbose_name_plural = _("对练评语")
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="session_comment_has_text")]

    def __str__(self):
        return self.text[:20]
