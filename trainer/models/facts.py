from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.models import labels as engine
from quizzes.models.questions import WrittenOnce
from quizzes.rules import facts as rules
from quizzes.rules.vocabulary import Flag, Platform
from trainer.models.lessons import LessonVersion


class FactAttribute(models.Model):
    """A way of asking that several facts share; see ``quizzes.rules.facts.Attribute``."""

    key = models.CharField(_("代号"), max_length=60, unique=True)
    name = models.CharField(_("名称"), max_length=40)
    ask = models.CharField(_("问句"), max_length=120)
    state = models.CharField(_("陈述句"), max_length=120)
    siblings = models.BooleanField(_("互为干扰项"), default=False)
    match = models.CharField(_("配对题的说明"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("属性")
        verbose_name_plural = _("属性")
        ordering = ["key"]

    def __str__(self):
        return self.name

    def to_rule(self) -> rules.Attribute:
        return rules.Attribute(self.key, self.name, self.ask, self.state, self.siblings, self.match)


class Fact(WrittenOnce):
    """A structured piece of a lesson version: one thing that is so. Immutable, like its version.

    ``value``, ``number`` and ``unit`` are what lists show and changes are compared by; ``details`` holds what
    else the type has, in the shape that ``to_rule`` reads.
    """

    version = models.ForeignKey(LessonVersion, models.CASCADE, related_name="facts", verbose_name=_("课程版本"))
    key = models.CharField(_("代号"), max_length=80, db_index=True)
    position = models.PositiveSmallIntegerField(_("次序"))
    type = models.CharField(_("类型"), max_length=10, choices=[(t.value, t.value) for t in rules.FactType])
    refs = models.JSONField(_("依据编号"), default=list)
    subject = models.CharField(_("主语"), max_length=80)
    attribute = models.ForeignKey(
        FactAttribute, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("属性")
    )
    flag = models.CharField(_("可靠程度"), max_length=20, choices=engine.choices(Flag))
    scope = models.JSONField(_("适用平台"))
    valid_from = models.DateField(_("生效日期"), null=True, blank=True)
    valid_to = models.DateField(_("失效日期"), null=True, blank=True)
    value = models.CharField(_("内容"), max_length=120, blank=True)
    number = models.DecimalField(_("数值"), max_digits=14, decimal_places=4, null=True, blank=True)
    unit = models.CharField(_("单位"), max_length=20, blank=True)
    note = models.CharField(_("为什么"), max_length=300)
    details = models.JSONField(_("细节"), default=dict)

    class Meta:
        verbose_name = _("知识点")
        verbose_name_plural = _("知识点")
        ordering = ["version", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="fact_key_once_per_version")]

    def __str__(self):
        return self.key

    def to_rule(self, *, lesson: str = "", topic: str = "") -> rules.Fact:
        """The fact as the generators take it."""
        details = dict(self.details)
        formula = details.pop("formula", None)
        names = ("accept", "wrong", "steps", "keeps", "breaks", "items")
        lists = {name: tuple(details.pop(name, ())) for name in names}
        return rules.Fact(
            key=self.key,
            type=rules.FactType(self.type),
            subject=self.subject,
            note=self.note,
            refs=tuple(self.refs),
            attribute=self.attribute.to_rule() if self.attribute else None,
            flag=Flag(self.flag),
            scope=frozenset(Platform(p) for p in self.scope),
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            value=self.value,
            number=_plain(self.number) if self.number is not None else None,
            unit=self.unit,
            bound=rules.Bound(details.get("bound", rules.Bound.EXACTLY)),
            counts_from=rules.CountsFrom(details.get("counts_from", rules.CountsFrom.NEXT_DAY)),
            event=details.get("event", ""),
            action=details.get("action", ""),
            base=details.get("base", ""),
            result=details.get("result", ""),
            formula=_formula(formula) if formula else None,
            lesson=lesson,
            topic=topic,
            **lists,
        )

    @staticmethod
    def details_of(fact: rules.Fact) -> dict:
        """What ``details`` holds for a fact: only what differs from an empty one, JSON-able."""
        details: dict = {
            name: list(getattr(fact, name))
            for name in ("accept", "wrong", "steps", "keeps", "breaks", "items")
            if getattr(fact, name)
        }
        details |= {n: getattr(fact, n) for n in ("event", "action", "base", "result") if getattr(fact, n)}
        if fact.type == rules.FactType.NUMBER:
            details["bound"] = fact.bound.value
        if fact.type == rules.FactType.WINDOW:
            details["counts_from"] = fact.counts_from.value
        if fact.formula:
            formula = fact.formula
            details["formula"] = {
                "kind": formula.kind,
                "plus_refund": formula.plus_refund,
                **{n: str(getattr(formula, n)) for n in ("times", "minimum", "percent", "surcharge")},
            }
        return details


def _plain(number: Decimal) -> Decimal:
    """Without the zeros that the column pads with, and without an exponent: as it was written."""
    return Decimal(format(number.normalize(), "f"))


def _formula(data: dict) -> rules.Formula:
    amounts = {n: Decimal(data[n]) for n in ("times", "minimum", "percent", "surcharge")}
    return rules.Formula(kind=data["kind"], plus_refund=data["plus_refund"], **amounts)
