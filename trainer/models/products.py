from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.models import Blueprint
from trainer.models.labels import choices
from trainer.models.lessons import Lesson
from trainer.rules.vocabulary import ProductState


class ProductQuerySet(models.QuerySet):
    def sold(self):
        """Those that are, or will be, on the shelf."""
        return self.filter(state=ProductState.ACTIVE)


class Product(models.Model):
    """Something the shop sells, with the lesson that people study and the quiz that they pass before serving it."""

    sku = models.CharField(_("货号"), max_length=60, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    lesson = models.OneToOneField(Lesson, models.PROTECT, related_name="product", verbose_name=_("课程"))
    blueprint = models.OneToOneField(
        Blueprint,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="product",
        verbose_name=_("上架考核"),
        help_text=_("知识点还不够出题时是空的"),
    )
    platforms = models.JSONField(_("平台"))
    shelf_on = models.DateField(_("上架日期"), db_index=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=choices(ProductState), default=ProductState.ACTIVE
    )
    created_at = models.DateTimeField(_("建立时间"))

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("商品")
        verbose_name_plural = _("商品")
        ordering = ["shelf_on", "sku"]
        constraints = [models.CheckConstraint(condition=~Q(sku="") & ~Q(name=""), name="product_has_sku_and_name")]

    def __str__(self):
        return self.name

    def days_left(self, on: date) -> int:
        """Days until it goes on the shelf; 0 on the day itself, negative afterwards."""
        return (self.shelf_on - on).days
