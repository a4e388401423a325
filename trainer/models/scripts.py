from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.models.labels import CHECK_LABELS
from quizzes.models.labels import choices as engine_choices
from quizzes.rules.vocabulary import Platform, QuestionState
from trainer.models.labels import script_choices
from trainer.rules.scripts import Category, Situation, Wording


class ScriptQuerySet(models.QuerySet):
    def live(self):
        return self.filter(state=QuestionState.LIVE)

    def on(self, platform: str):
        """Those that hold on ``platform``, by its own script or by one for all."""
        return self.filter(Q(**{f"on_{platform}": True}) if platform in PLATFORM_FIELDS else Q())


PLATFORM_FIELDS = (Platform.TMALL, Platform.TAOBAO, Platform.DOUYIN, Platform.VIP)


class Script(models.Model):
    """A good way to say something, and often a bad one beside it with the reason.

    ``asked`` is what the customer said. ``bad_check`` is the violation that the bad example shows, if it is one of
    the codebook's. ``checked``: a person has read it where the judge was unsure. ``remark`` is what a reviewer wrote
    when sending it back. Every change is in the audit rows.
    """

    slug = models.SlugField(_("代号"), max_length=60, unique=True)
    title = models.CharField(_("名称"), max_length=60)
    category = models.CharField(_("类别"), max_length=12, choices=script_choices(Category))
    situation = models.CharField(_("场合"), max_length=12, choices=script_choices(Situation))
    on_tmall = models.BooleanField(_("天猫"), default=True)
    on_taobao = models.BooleanField(_("淘宝"), default=True)
    on_douyin = models.BooleanField(_("抖音"), default=True)
    on_vip = models.BooleanField(_("唯品会"), default=True)
    asked = models.CharField(_("顾客说"), max_length=300, blank=True)
    good = models.TextField(_("这样说"), max_length=600)
    bad = models.TextField(_("别这样说"), max_length=600, blank=True)
    bad_check = models.CharField(_("错在哪一项"), max_length=20, choices=[*CHECK_LABELS.items()], blank=True)
    why = models.CharField(_("为什么"), max_length=400, blank=True)
    lesson = models.SlugField(_("出自课程"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(_("次序"), default=1000)
    state = models.CharField(
        _("状态"), max_length=10, choices=engine_choices(QuestionState), default=QuestionState.DRAFT, db_index=True
    )
    checked = models.BooleanField(_("拿不准处已有人看过"), default=False)
    remark = models.CharField(_("审核意见"), max_length=300, blank=True)
    changed_at = models.DateTimeField(_("修改时间"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("修改人")
    )
    approved_at = models.DateTimeField(_("上线时间"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("审核人")
    )

    objects = ScriptQuerySet.as_manager()

    class Meta:
        verbose_name = _("话术")
        verbose_name_plural = _("话术")
        ordering = ["position", "slug"]
        permissions = [("approve_script", _("审核话术"))]
        constraints = [
            models.CheckConstraint(condition=~Q(good=""), name="script_has_words"),
            models.CheckConstraint(condition=Q(bad="") | ~Q(why=""), name="script_bad_example_has_a_reason"),
            models.CheckConstraint(condition=~Q(bad="") | Q(bad_check=""), name="script_check_has_a_bad_example"),
            models.CheckConstraint(
                condition=Q(on_tmall=True) | Q(on_taobao=True) | Q(on_douyin=True) | Q(on_vip=True),
                name="script_holds_somewhere",
            ),
            models.CheckConstraint(
                condition=~Q(state=QuestionState.LIVE) | Q(approved_at__isnull=False), name="script_live_was_approved"
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def platforms(self) -> list[str]:
        """Where it holds; all four are one word."""
        found = [platform for platform in PLATFORM_FIELDS if getattr(self, f"on_{platform}")]
        return [Platform.ALL] if len(found) == len(PLATFORM_FIELDS) else list(found)

    def wording(self) -> Wording:
        platforms = self.platforms
        platform = platforms[0] if platforms[0] != Platform.ALL else Platform.TAOBAO
        return Wording(self.asked, self.good, self.bad, self.bad_check, platform, Situation(self.situation))
