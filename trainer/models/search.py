from collections.abc import Sequence

from django.db import connections, models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from quizzes.models import QuestionVersion
from trainer.models.lessons import LessonVersion
from trainer.rules.search import Term, postgres_query, sqlite_match

INDEX = "trainer_search_index"


class SearchEntryQuerySet(models.QuerySet):
    def matching(self, wanted: Sequence[Term], *, every: bool = True):
        """Entries that hold all the terms (or any), each with ``rank``: the lower, the better; titles weigh most."""
        if connections[self.db].vendor == "postgresql":
            query = postgres_query(wanted, every=every)
            return self.filter(RawSQL("vector @@ %s::tsquery", [query], models.BooleanField())).annotate(
                rank=RawSQL("-ts_rank(vector, %s::tsquery, 1)", [query], models.FloatField())
            )
        return self.extra(  # noqa: S610 - nothing of the query but the parameter comes from outside
            tables=[INDEX],
            where=[f"{INDEX}.rowid = trainer_searchentry.id", f"{INDEX} MATCH %s"],
            params=[sqlite_match(wanted, every=every)],
            select={"rank": f"bm25({INDEX}, 8.0, 1.0)"},
        )


class SearchEntry(models.Model):
    """One lesson version or question version as the search knows it: its words, and the tokens they are found by.

    A version never changes, nor does its entry. The migration keeps a full-text index over the tokens: on SQLite
    an FTS5 table with triggers, on PostgreSQL a column ``vector``. SQLite drops triggers when it rebuilds a table,
    so a later migration that alters this one must create them again.
    """

    lesson_version = models.OneToOneField(
        LessonVersion, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("课程版本")
    )
    question_version = models.OneToOneField(
        QuestionVersion, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("试题版本")
    )
    title = models.CharField(_("标题"), max_length=200, blank=True)
    text = models.TextField(_("正文"))
    title_tokens = models.TextField(_("标题的检索词"), blank=True)
    text_tokens = models.TextField(_("正文的检索词"), blank=True)
    indexed_at = models.DateTimeField(_("收录时间"))

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("检索条目")
        verbose_name_plural = _("检索条目")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lesson_version__isnull=False, question_version=None)
                | Q(lesson_version=None, question_version__isnull=False),
                name="search_entry_of_a_lesson_or_a_question",
            )
        ]

    def __str__(self):
        return self.title or self.text[:40]
