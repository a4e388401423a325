"""Role-play in Django's admin: there to be looked up, since each row is written by the talk or by a page of its own."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from quizzes.admin.lookup import LookUp, LookUpAdmin
from quizzes.models import (
    CheckAppeal,
    CheckResult,
    OpenCheck,
    Ruling,
    Scenario,
    ScenarioBasis,
    ScenarioVersion,
    Session,
    SessionComment,
    Turn,
)


class BasisInline(LookUp, admin.TabularInline):
    model = ScenarioBasis
    extra = 0


@admin.register(Scenario)
class ScenarioAdmin(LookUpAdmin):
    list_display = ["slug", "title", "platform", "stage", "customer_type", "state", "current"]
    list_filter = ["state", "platform", "stage"]
    list_select_related = ["current"]
    search_fields = ["slug", "title", "customer_type"]


@admin.register(ScenarioVersion)
class ScenarioVersionAdmin(LookUpAdmin):
    list_display = ["scenario", "number", "created_at", "created_by"]
    list_select_related = ["scenario", "created_by"]
    search_fields = ["scenario__slug", "scenario__title"]
    fields = ["scenario", "number", "text", "golden_text", "created_at", "created_by"]
    inlines = [BasisInline]


class TurnInline(LookUp, admin.TabularInline):
    model = Turn
    extra = 0
    fields = ["number", "kind", "text", "name", "says", "seconds", "at"]


@admin.register(Session)
class SessionAdmin(LookUpAdmin):
    list_display = ["pk", "learner", "scenario", "level", "started_at", "outcome", "score", "settled", "trial"]
    list_filter = ["level", "outcome", "settled", "trial"]
    list_select_related = ["learner", "scenario"]
    search_fields = ["=pk", "learner__username", "learner__display_name", "scenario__slug"]
    date_hierarchy = "started_at"
    inlines = [TurnInline]


@admin.register(CheckResult)
class CheckResultAdmin(LookUpAdmin):
    list_display = ["turn", "check_name", "yes", "probability", "sure", "stated"]
    list_filter = ["check_name", "yes", "sure"]
    list_select_related = ["turn"]
    search_fields = ["=turn__session__pk"]


@admin.register(OpenCheck)
class OpenCheckAdmin(LookUpAdmin):
    list_display = ["session", "checked", "since"]
    list_select_related = ["session", "result"]
    search_fields = ["=session__pk", "session__learner__username"]

    @admin.display(description=_("质检项"))
    def checked(self, row):
        return row.result.get_check_name_display()


@admin.register(Ruling)
class RulingAdmin(LookUpAdmin):
    list_display = ["result", "by", "verdict", "machine", "blind", "reason", "at"]
    list_filter = ["verdict", "blind"]
    list_select_related = ["result", "by"]
    search_fields = ["=result__turn__session__pk", "by__username", "reason"]


@admin.register(CheckAppeal)
class CheckAppealAdmin(LookUpAdmin):
    list_display = ["result", "reason", "made_at", "ruling"]
    list_select_related = ["result", "ruling"]
    search_fields = ["=result__turn__session__pk", "reason"]


@admin.register(SessionComment)
class SessionCommentAdmin(LookUpAdmin):
    list_display = ["session", "by", "text", "at"]
    list_select_related = ["session", "by"]
    search_fields = ["=session__pk", "by__username", "text"]
