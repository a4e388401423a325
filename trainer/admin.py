"""People, teams and plans in Django's admin; lessons and facts are there to be looked up."""

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from trainer.commands.sign_in import unlock
from trainer.models import Employment, Fact, LessonRead, LessonVersion, Observation, PlanVersion, Team, User
from trainer.models.labels import ROLE_LABELS, SIGN_IN_LABELS
from trainer.models.people import ADMIN, SUPERVISOR

admin.site.unregister(Group)  # what a role may do is written in ``trainer.permissions``
# Sign-ins are configured in the environment, and an account is kept where its person is.
for model in (EmailAddress, SocialAccount, SocialApp, SocialToken):
    admin.site.unregister(model)


class RoleField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, group):
        return ROLE_LABELS.get(group.name, group.name)


class PersonChangeForm(UserChangeForm):
    groups = RoleField(Group.objects.order_by("pk"), label=_("角色"), required=False)


class PersonCreationForm(AdminUserCreationForm):
    groups = RoleField(Group.objects.order_by("pk"), label=_("角色"), required=True)


class EmploymentInline(admin.StackedInline):
    model = Employment
    verbose_name_plural = _("任职记录（学员才填）")
    extra = 0
    exclude = ["plan_version"]

    def get_readonly_fields(self, request, obj=None):
        """Whoever is on a plan is moved to another on its page, with a reason."""
        return ["plan"] if obj and hasattr(obj, "employment") else []


class SignInForm(forms.ModelForm):
    provider = forms.ChoiceField(label=_("登录方式"), choices=list(SIGN_IN_LABELS.items()))


class SignInInline(admin.TabularInline):
    """The person's names with the company's sign-ins; who may change the person may change these."""

    model = SocialAccount
    form = SignInForm
    fields = ["provider", "uid"]
    verbose_name = _("单点登录账号")
    verbose_name_plural = _("单点登录账号")
    extra = 0

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("trainer.view_user")

    def has_add_permission(self, request, obj=None):
        return request.user.has_perm("trainer.change_user")

    has_change_permission = has_delete_permission = has_add_permission


@admin.register(User)
class PersonAdmin(UserAdmin):
    form = PersonChangeForm
    add_form = PersonCreationForm
    add_form_template = None  # Django's says in English what our form does not need said
    list_display = ["username", "display_name", "roles", "team", "employment_state", "is_active", "last_login"]
    list_filter = ["groups", "employment__team", "employment__state", "is_active"]
    list_select_related = ["employment__team"]
    search_fields = ["username", "display_name"]
    ordering = ["username"]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "display_name", "email", "password"]}),
        (_("角色"), {"fields": ["groups", "is_active"]}),
        (_("登录"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "display_name", "groups", "usable_password", "password1", "password2"]}),
    ]
    inlines = [EmploymentInline, SignInInline]
    actions = ["unlock_sign_in"]

    def get_queryset(self, request):
        people = super().get_queryset(request).prefetch_related("groups")
        # Whoever could reset a superuser's password would become one.
        return people if request.user.is_superuser else people.filter(is_superuser=False)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        person = form.instance
        person.is_staff = person.is_superuser or person.groups.filter(name=ADMIN).exists()
        person.is_active = person.may_sign_in  # whoever left is signed out everywhere
        person.save(update_fields=["is_staff", "is_active"])

    @admin.display(description=_("角色"))
    def roles(self, person):
        if person.is_superuser:
            return _("超级管理员")
        return str(_("、")).join(str(ROLE_LABELS.get(group.name, group.name)) for group in person.groups.all())

    @admin.display(description=_("小组"), ordering="employment__team__name")
    def team(self, person):
        return person.employment.team if hasattr(person, "employment") else None

    @admin.display(description=_("状态"), ordering="employment__state")
    def employment_state(self, person):
        return person.employment.get_state_display() if hasattr(person, "employment") else None

    @admin.action(description=_("解除登录锁定"), permissions=["change"])
    def unlock_sign_in(self, request, queryset):
        unlock(people=queryset, by=request.user, at=timezone.now())
        self.message_user(request, _("已解除，可以马上再登录。"), messages.SUCCESS)


@admin.register(Team)
class TeamAdmin(admin.ModelAdmin):
    list_display = ["name", "supervisor", "member_count"]
    list_select_related = ["supervisor"]
    search_fields = ["name", "supervisor__username", "supervisor__display_name"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(member_count=Count("members"))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "supervisor":
            may_lead = Q(groups__name__in=(SUPERVISOR, ADMIN), is_active=True) | Q(teams__isnull=False)
            kwargs["queryset"] = User.objects.filter(may_lead).distinct().order_by("username")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("人数"), ordering="member_count")
    def member_count(self, team):
        return team.member_count


admin.site.unregister(DBTaskResult)  # a load says how far it is; the queue is nobody's business but the worker's


class LookUpAdmin(admin.ModelAdmin):
    """Seen, never changed: published text is immutable, and reading is recorded by reading."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(LessonVersion)
class LessonVersionAdmin(LookUpAdmin):
    list_display = ["title", "lesson", "number", "kind", "status", "effective_from", "review_by", "published_at"]
    list_filter = ["kind", "status", "required"]
    list_select_related = ["lesson"]
    search_fields = ["title", "title_en", "lesson__slug"]


@admin.register(Fact)
class FactAdmin(LookUpAdmin):
    list_display = ["key", "subject", "attribute", "value", "flag", "version"]
    list_filter = ["flag", "type"]
    list_select_related = ["attribute", "version"]
    search_fields = ["key", "subject", "value"]


@admin.register(LessonRead)
class LessonReadAdmin(LookUpAdmin):
    list_display = ["learner", "lesson", "opened_at", "reached_end_at", "answered_at", "right", "asked"]
    list_select_related = ["learner", "lesson"]
    search_fields = ["learner__username", "learner__display_name", "lesson__slug"]
    date_hierarchy = "opened_at"


@admin.register(PlanVersion)
class PlanVersionAdmin(LookUpAdmin):
    list_display = ["plan", "number", "note", "published_at", "published_by"]
    list_filter = ["plan"]
    list_select_related = ["plan", "published_by"]


@admin.register(Observation)
class ObservationAdmin(LookUpAdmin):
    list_display = ["learner", "by", "on", "verdict"]
    list_filter = ["verdict"]
    list_select_related = ["learner", "by"]
    search_fields = ["learner__username", "learner__display_name", "text"]
