import json
from functools import lru_cache

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.models.labels import choices
from quizzes.models.questions import WrittenOnce
from quizzes.rules.dialogue.drawing import Cast, cast
from quizzes.rules.dialogue.reading import read_scenario
from quizzes.rules.dialogue.scenario import Scenario as Script
from quizzes.rules.dialogue.scenario import Stage
from quizzes.rules.vocabulary import Platform, QuestionState


class ScenarioQuerySet(models.QuerySet):
    def live(self):
        return self.filter(state=QuestionState.LIVE)


class Scenario(models.Model):
    """A simulated customer to talk with. What they say is in the versions; ``current`` is talked with next.

    The other fields repeat what the current version says, for lists.
    """

    slug = models.SlugField(_("代号"), max_length=60, unique=True)
    title = models.CharField(_("名称"), max_length=60)
    platform = models.CharField(_("平台"), max_length=10, choices=choices(Platform))
    stage = models.CharField(_("环节"), max_length=10, choices=choices(Stage))
    customer_type = models.CharField(_("顾客类型"), max_length=80, db_index=True)
    minutes = models.PositiveSmallIntegerField(_("分钟"))
    state = models.CharField(
        _("状态"), max_length=10, choices=choices(QuestionState), default=QuestionState.DRAFT, db_index=True
    )
    current = models.ForeignKey(
        "ScenarioVersion", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("当前版本")
    )

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        verbose_name = _("情景")
        verbose_name_plural = _("情景")
        ordering = ["platform", "stage", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=QuestionState.LIVE) | Q(current__isnull=False), name="scenario_live_has_a_version"
            )
        ]

    def __str__(self):
        return self.title


class ScenarioVersion(WrittenOnce):
    """What a scenario said from ``created_at`` on, as a trainer wrote it. Immutable."""

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="versions", verbose_name=_("情景"))
    number = models.PositiveIntegerField(_("版本"))
    data = models.JSONField(_("内容"))
    created_at = models.DateTimeField(_("保存时间"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("保存人")
    )

    class Meta:
        verbose_name = _("情景版本")
        verbose_name_plural = _("情景版本")
        ordering = ["scenario", "number"]
        constraints = [
            models.UniqueConstraint(fields=["scenario", "number"], name="scenario_version_number_once"),
        ]

    def __str__(self):
        return f"{self.scenario_id} v{self.number}"

    def script(self) -> Script:
        """What it means."""
        return _script(json.dumps(self.data, ensure_ascii=False))

    def cast(self, seed: int) -> Cast:
        """The customer that ``seed`` draws."""
        return _cast(json.dumps(self.data, ensure_ascii=False), seed)


@lru_cache(maxsize=128)
def _script(data: str) -> Script:
    """Kept for the versions that are in use: reading one takes longer than a turn of the talk."""
    return read_scenario(json.loads(data))[0]


@lru_cache(maxsize=512)
def _cast(data: str, seed: int) -> Cast:
    return cast(_script(data), seed)
