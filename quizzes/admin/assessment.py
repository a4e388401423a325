"""The engine's rows in Django's admin: topics and tags are kept here, all else is there to be looked up."""

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from quizzes.admin.lookup import LookUp, LookUpAdmin
from quizzes.models import (
    Accommodation,
    Appeal,
    Attempt,
    AuditEntry,
    LateAnswer,
    Mark,
    PageLeave,
    PaperItem,
    Question,
    QuestionVersion,
    Step,
    Tag,
    Topic,
)


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    list_display = ["name", "name_en", "slug", "position"]
    list_editable = ["position"]
    search_fields = ["name", "name_en", "slug"]


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    list_display = ["name", "question_count"]
    search_fields = ["name"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(question_count=Count("questions"))

    @admin.display(description=_("试题数"), ordering="question_count")
    def question_count(self, tag):
        return tag.question_count


class VersionInline(LookUp, admin.StackedInline):
    model = QuestionVersion
    fk_name = "question"
    extra = 0
    classes = ["collapse"]
    fields = ["number", "kind", "stem", "content", "explanation", "reason", "created_at", "created_by"]


@admin.register(Question)
class QuestionAdmin(LookUpAdmin):
    list_display = ["slug", "stem", "state", "origin", "answers", "exposure"]
    list_filter = ["state", "origin", "current__kind", "current__topic", "current__platform"]
    list_select_related = ["current"]
    search_fields = ["slug", "current__stem"]
    inlines = [VersionInline]

    @admin.display(description=_("题干"))
    def stem(self, question):
        return question.current.stem[:40] if question.current else ""


class ItemInline(LookUp, admin.TabularInline):
    model = PaperItem
    extra = 0
    fields = ["position", "stem", "marks", "arrangement"]
    readonly_fields = ["stem"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("version")

    @admin.display(description=_("题干"))
    def stem(self, item):
        return item.version.stem[:60]


class LeaveInline(LookUp, admin.TabularInline):
    model = PageLeave
    extra = 0


@admin.register(Attempt)
class AttemptAdmin(LookUpAdmin):
    list_display = ["pk", "learner", "blueprint", "mode", "started_at", "submitted_at", "score", "passed"]
    list_filter = ["mode", "passed", "blueprint"]
    list_select_related = ["learner", "blueprint"]
    search_fields = ["learner__username", "learner__display_name"]
    date_hierarchy = "started_at"
    inlines = [ItemInline, LeaveInline]


@admin.register(Step)
class StepAdmin(LookUpAdmin):
    list_display = ["item", "sequence", "answer", "client", "saved_at"]
    list_select_related = ["item"]
    search_fields = ["=item__attempt__pk", "item__attempt__learner__username"]


@admin.register(LateAnswer)
class LateAnswerAdmin(LookUpAdmin):
    list_display = ["item", "answer", "client", "sequence", "received_at"]
    list_select_related = ["item"]
    search_fields = ["=item__attempt__pk", "item__attempt__learner__username"]


@admin.register(Mark)
class MarkAdmin(LookUpAdmin):
    list_display = ["item", "credit", "origin", "by", "at", "superseded"]
    list_filter = ["origin", "superseded"]
    list_select_related = ["item", "by"]
    search_fields = ["=item__attempt__pk", "item__attempt__learner__username"]

    @admin.display(description=_("得分率"))
    def credit(self, mark):
        return f"{mark.numerator}/{mark.denominator}"


@admin.register(Appeal)
class AppealAdmin(LookUpAdmin):
    list_display = ["item", "state", "filed_at", "decided_by", "decided_at"]
    list_filter = ["state"]
    list_select_related = ["item", "decided_by"]
    search_fields = ["=item__attempt__pk", "item__attempt__learner__username", "reason"]


@admin.register(Accommodation)
class AccommodationAdmin(LookUpAdmin):
    list_display = ["learner", "blueprint", "extra_minutes", "reason", "granted_by", "granted_at"]
    list_filter = ["blueprint"]
    list_select_related = ["learner", "blueprint", "granted_by"]
    search_fields = ["learner__username", "learner__display_name", "reason"]


@admin.register(AuditEntry)
class AuditAdmin(LookUpAdmin):
    list_display = ["at", "by", "action", "target"]
    list_filter = ["action"]
    list_select_related = ["by"]
    search_fields = ["target", "action", "by__username", "by__display_name"]
    date_hierarchy = "at"
