"""What every page's frame needs: who is signed in, their rail, their language and theme."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from trainer.forms.account import THEMES
from trainer.models.labels import ROLE_LABELS
from trainer.models.people import ADMIN, SUPERVISOR, TRAINEE

THEME_COOKIE = "theme"

# Each place of a rail: the page it opens, icon, word, and the pages (beside the first) that belong to it.
TODAY = ("trainer:home", "house", _("今日"), ("trainer:recheck",))
LESSONS = (
    "trainer:lessons",
    "book",
    pgettext_lazy("place", "学习"),
    (
        "trainer:lesson", "trainer:notes", "trainer:note_propose", "trainer:courses", "trainer:course",
        "trainer:search",
        "trainer:scripts", "trainer:script", "trainer:script_new", "trainer:script_edit",
    ),
)
PRACTICE = (
    "quizzes:practice",
    "pencil-square",
    pgettext_lazy("place", "练习"),
    (
        "quizzes:practice_run", "quizzes:practice_start", "quizzes:notebook",
        "quizzes:exams", "quizzes:exam", "quizzes:sitting", "quizzes:hand_in", "quizzes:result", "quizzes:review",
        "quizzes:appeal", "quizzes:typing", "quizzes:typing_run", "quizzes:sorting", "quizzes:sorting_run",
    ),
)
ROLEPLAY = (
    "quizzes:roleplay",
    "chat-dots",
    pgettext_lazy("place", "对练"),
    ("quizzes:scenario", "quizzes:session", "quizzes:debrief"),
)
CHECKS = (
    "quizzes:check_queue",
    "clipboard-check",
    pgettext_lazy("place", "质检"),
    (
        "quizzes:calibration", "quizzes:blind", "quizzes:outside_model",
        "quizzes:patterns", "quizzes:pattern_new", "quizzes:pattern", "quizzes:pattern_try",
    ),
)
MINE = (
    "trainer:record",
    "person",
    pgettext_lazy("place", "我的"),
    (
        "trainer:account", "trainer:own_timeline", "trainer:own_certificates", "trainer:certificate",
        "quizzes:attempts", "trainer:own_assessment",
        "trainer:statement", "trainer:decision", "trainer:decision_appeal",
    ),
)
ASSESSING = (
    "trainer:assessment", "trainer:interviews", "trainer:interview", "trainer:interview_correct",
    "trainer:performance", "trainer:performance_new", "trainer:performance_sheet", "trainer:performance_entry",
)  # fmt: skip
DECIDING = (
    "trainer:decisions", "trainer:packet", "trainer:decision", "trainer:decision_answer",
    "trainer:posting", "trainer:former", "trainer:names",
)  # fmt: skip
TEAM = (
    "trainer:team",
    "people",
    pgettext_lazy("place", "小组"),
    (
        "trainer:heat", "trainer:risk", "trainer:meeting", "trainer:person_timeline", "trainer:person",
        "trainer:person_attempt", "trainer:observe", "trainer:certificates",
        "trainer:rechecks", "quizzes:grant_time",
        "trainer:proposals", "trainer:proposal",
        "trainer:assignments", "trainer:assign", "trainer:orders", "trainer:course_list", "trainer:course_new",
        "trainer:course_edit", "trainer:rosters", "trainer:roster", "trainer:sessions",
        "trainer:session_attendance", "trainer:channels",
        *ASSESSING,
        *DECIDING,
    ),
)
PRODUCTS = ("trainer:products", "box-seam", pgettext_lazy("place", "商品"), ("trainer:product",))
MARKING = ("quizzes:marking", "pen", pgettext_lazy("place", "批改"), ("quizzes:mark_item",))
APPEALS = ("quizzes:appeals", "chat-left-text", pgettext_lazy("place", "申诉"), ("quizzes:decide_appeal",))
BANK = (
    "quizzes:bank",
    "collection",
    pgettext_lazy("place", "题库"),
    (
        "quizzes:question", "quizzes:question_new", "quizzes:question_edit", "quizzes:correct_key",
        "trainer:content_scenarios", "trainer:content_scenario", "trainer:content_scenario_new",
        "trainer:content_scenario_edit",
    ),
)
BLUEPRINTS = (
    "quizzes:blueprints",
    "diagram-3",
    pgettext_lazy("place", "蓝图"),
    ("quizzes:blueprint", "quizzes:blueprint_edit"),
)
PLANS = (
    "trainer:plans",
    "clipboard-check",
    pgettext_lazy("place", "方案"),
    ("trainer:plan", "trainer:plan_new", "trainer:plan_draft", "trainer:plan_requirement",
     "trainer:plan_requirement_new", "trainer:plan_publish", "trainer:plan_move"),
)  # fmt: skip
CONTENT = (
    "trainer:content",
    "folder2-open",
    pgettext_lazy("place", "内容"),
    ("trainer:content_lessons", "trainer:content_lesson", "trainer:content_edit", "trainer:content_impact"),
)
LOADS = (
    "trainer:loads",
    "cloud-upload",
    pgettext_lazy("place", "导入"),
    ("trainer:load_new", "trainer:load", "trainer:load_entry_edit", "trainer:load_columns"),
)
PEOPLE = (
    "trainer:people",
    "person-gear",
    pgettext_lazy("place", "人员"),
    ("trainer:people_load", "trainer:password_links", "trainer:tokens", "trainer:webhooks", "trainer:webhook",
     "trainer:api_docs"),
)  # fmt: skip
BACKSTAGE = ("admin:index", "gear", pgettext_lazy("place", "后台"), ())

TRAINEE_RAIL = (TODAY, LESSONS, PRACTICE, ROLEPLAY, MINE)
SUPERVISOR_RAIL = (TEAM, MARKING, CHECKS, APPEALS, LESSONS, PRODUCTS, BANK, BLUEPRINTS)
ADMIN_RAIL = (
    CONTENT, LOADS, BANK, BLUEPRINTS, PLANS, PRODUCTS, TEAM, MARKING, CHECKS, APPEALS, LESSONS, PEOPLE, BACKSTAGE,
)  # fmt: skip
ON_A_PHONE = 5


@dataclass(frozen=True)
class Place:
    url: str
    icon: str
    label: str
    current: bool


class Frame:
    """One request's frame. Costs the two queries of ``has_perm`` at most, and none when nothing asks for it."""

    def __init__(self, request):
        self.request = request
        self.user = getattr(request, "user", None)

    @cached_property
    def signed_in(self) -> bool:
        return self.user is not None and self.user.is_authenticated

    @cached_property
    def role_label(self) -> str:
        if self.user.has_perm("trainer.load_content"):
            return ROLE_LABELS[ADMIN]
        return ROLE_LABELS[SUPERVISOR if self.user.has_perm("trainer.view_team") else TRAINEE]

    @cached_property
    def places(self) -> list[Place]:
        if not self.signed_in:
            return []
        if self.user.has_perm("trainer.load_content"):
            rail = ADMIN_RAIL if self.user.is_staff else ADMIN_RAIL[:-1]
        else:
            rail = SUPERVISOR_RAIL if self.user.has_perm("trainer.view_team") else TRAINEE_RAIL
        match = self.request.resolver_match
        here = match.view_name if match else ""
        return [Place(reverse(name), icon, label, here == name or here in more) for name, icon, label, more in rail]

    @property
    def rest(self) -> list[Place]:
        """Places that a phone's bar keeps under 更多."""
        return self.places[ON_A_PHONE - 1 :] if len(self.places) > ON_A_PHONE else []

    @property
    def current_in_rest(self) -> bool:
        return any(place.current for place in self.rest)

    @property
    def search_url(self) -> str:
        return reverse("trainer:search") if self.signed_in else ""

    @property
    def unread(self) -> int:
        """Notices that this person has not read yet."""
        return self.user.unread if self.signed_in else 0

    @property
    def initial(self) -> str:
        return str(self.user)[:1].upper()

    @property
    def theme(self) -> str:
        """``light`` or ``dark`` when the person chose one, else empty: the system decides."""
        chosen = self.request.COOKIES.get(THEME_COOKIE)
        return chosen if chosen in THEMES else ""

    @property
    def here(self) -> str:
        """Where to come back to after a switch; a page that answers only to POST is left for the home page."""
        return self.request.get_full_path() if self.request.method == "GET" else reverse("trainer:home")

    @property
    def languages(self) -> list[tuple[str, str]]:
        """Each language under its own name: whoever reads only that one must find it."""
        return [(code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES]


def frame(request):
    return {"frame": SimpleLazyObject(lambda: Frame(request))}
