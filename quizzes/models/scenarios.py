import json
from functools import lru_cache
from typing import Any

import yaml
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
    """What a scenario said from ``created_at`` on, with its golden transcripts. Immutable.

    ``text`` and ``golden_text`` are the YAML as a person wrote it, with its comments; empty where only data came in.
    A version newer than the scenario's current one is a draft.
    """

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="versions", verbose_name=_("情景"))
    number = models.PositiveIntegerField(_("版本"))
    data = models.JSONField(_("内容"))
    text = models.TextField(_("原文"), blank=True)
    golden = models.JSONField(_("配套对话"), default=list, blank=True)
    golden_text = models.TextField(_("配套对话的原文"), blank=True)
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

    def as_written(self) -> str:
        """Its YAML, put together from the data where nobody wrote one."""
        return self.text or as_yaml(self.data)

    def golden_as_written(self) -> str:
        return self.golden_text or (as_yaml(self.golden) if self.golden else "")

    def script(self) -> Script:
        """What it means."""
        return _script(json.dumps(self.data, ensure_ascii=False))

    def cast(self, seed: int) -> Cast:
        """The customer that ``seed`` draws."""
        return _cast(json.dumps(self.data, ensure_ascii=False), seed)


class ScenarioBasis(models.Model):
    """A lesson, or a fact, that a version of a scenario rests on: when it changes, the scenario has to be looked at."""

    version = models.ForeignKey(
        ScenarioVersion, models.CASCADE, related_name="bases", verbose_name=_("情景版本")
    )
    lesson_key = models.CharField(_("课程"), max_length=80, blank=True, db_index=True)
    fact_key = models.CharField(_("知识点"), max_length=80, blank=True, db_index=True)

    class Meta:
        verbose_name = _("情景的依据")
        verbose_name_plural = _("情景的依据")
        ordering = ["version", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "lesson_key", "fact_key"], name="scenario_basis_once"),
            models.CheckConstraint(
                condition=(Q(lesson_key="") | Q(fact_key="")) & ~Q(lesson_key="", fact_key=""),
                name="scenario_basis_lesson_or_fact",
            ),
        ]

    def __str__(self):
        return self.fact_key or self.lesson_key


def as_yaml(data: Any) -> str:
    """Data as a person would write it."""
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110)


@lru_cache(maxsize=128)
def _script(data: str) -> Script:
    """Kept for the versions that are in use: reading one takes longer than a turn of the talk."""
    return read_scenario(json.loads(data))[0]


@lru_cache(maxsize=512)
def _cast(data: str, seed: int) -> Cast:
    return cast(_script(data), seed)
