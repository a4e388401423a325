"""A sheet of people against who is there, and its problems in words."""

import hashlib
import json
from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trainer.models import PeopleLoad, Team, User
from trainer.models.labels import LABELS, ROLE_LABELS
from trainer.models.people import ADMIN, SUPERVISOR, TRAINEE
from trainer.rules.people.compare import Preview, compare
from trainer.rules.people.known import Kind, Known, Person
from trainer.rules.people.rows import EXTERNAL, Column, PeopleFound, Problem
from trainer.rules.vocabulary import EmploymentState

COLUMN_LABELS = {
    Column.USERNAME: _("工号/用户名"),
    Column.NAME: _("姓名"),
    Column.ROLE: _("角色"),
    Column.TEAM: _("小组"),
    Column.SUPERVISOR: _("主管"),
    Column.HIRED: _("入职日期"),
    Column.PROBATION: _("试用期截止"),
    Column.STATE: _("状态"),
    Column.EMAIL: _("邮箱"),
    Column.WECOM: _("企业微信账号"),
    Column.DINGTALK: _("钉钉账号"),
    Column.FEISHU: _("飞书账号"),
    Column.OIDC: _("单点登录账号"),
}
FIELD_LABELS = {**COLUMN_LABELS, "active": _("可以登录")}
KIND_LABELS = {
    Kind.NEW: _("新增"),
    Kind.CHANGED: _("有变动"),
    Kind.SAME: _("没有变化"),
    Kind.SKIPPED: _("略过"),
}
TEXTS = {
    "no_username": _("没有工号/用户名，请补上，或者删掉这一行。"),
    "bad_username": _("用户名“%(username)s”里有不能用的字符，只能用汉字、字母、数字和 @ . + - _。"),
    "too_long": _("“%(column)s”超过 %(most)s 个字，请改短。"),
    "doubtful_cell": _("“%(column)s”这一格：%(why)s。"),
    "no_name": _("新人要写姓名。"),
    "unknown_role": _("不认识角色“%(role)s”，请写学员、主管或管理员。"),
    "unknown_state": _("不认识状态“%(state)s”，请写在职、试用期、已转正、离职或重新入职。"),
    "bad_email": _("邮箱“%(email)s”写得不对。"),
    "no_such_day": _("“%(column)s”写的“%(text)s”没有这一天。"),
    "excel_serial": _("“%(column)s”写的“%(text)s”像是 Excel 的日期序号（%(day)s），请把这一列的格式改成日期再导入。"),
    "day_backwards": _("“%(column)s”写的“%(text)s”看不出哪个是月、哪个是日，请写成 2026-06-18 的样子。"),
    "unclear_day": _("“%(column)s”写的“%(text)s”看不出是哪一天，请写成 2026-06-18 的样子。"),
    "span_without_start": _("试用期写的是“%(text)s”，要有入职日期才能推算。"),
    "no_hired_on": _("学员要写入职日期。"),
    "no_probation_end": _("学员要写试用期截止：写日期，或者写“3个月”。"),
    "days_out_of_order": _("试用期截止早于入职日期。"),
    "implausible_hired_on": _("入职日期太早，或者在一年以后，请核对。"),
    "implausible_probation": _("试用期超过三年，请核对。"),
    "duplicate_username": _("“%(username)s”在第 %(first)s 行已经有了，请只留一行。"),
    "other_case": _("“%(username)s”和已有的“%(other)s”只差大小写，请写成一样的。"),
    "protected": _("“%(username)s”是超级管理员，不能用表格改。"),
    "left": _("“%(username)s”已离职。确实回来上班，请在状态一列写“重新入职”，再写新的入职日期。"),
    "switched_off": _("“%(username)s”的账号已停用。要恢复，请在状态一列写“重新入职”。"),
    "rehired_before": _("重新入职的日期要晚于上一次离职的日期。"),
    "confirm_by_decision": _("试用期的人要由主管出结论才能转正，不能用表格改。"),
    "state_back": _("这个人已经转正，不能用表格改回试用期。"),
    "several_teams": _("学员只能在一个小组。"),
    "unknown_supervisor": _("找不到主管“%(supervisor)s”，请写主管的工号。"),
    "ambiguous_supervisor": _("有几位主管都叫“%(supervisor)s”，请写工号。"),
    "self_supervision": _("自己不能做自己的主管。"),
    "supervisor_left": _("主管“%(supervisor)s”已离职，或者账号已停用。"),
    "not_a_supervisor": _("“%(supervisor)s”的角色不是主管。"),
    "supervisor_without_team": _("“%(supervisor)s”带的小组不是正好一个，请写明小组。"),
    "two_supervisors": _("小组“%(team)s”的主管和第 %(first)s 行写的不一样。"),
    "team_without_supervisor": _("小组“%(team)s”还没有主管，请写上主管。"),
    "still_leads": _("小组“%(team)s”还归这个人带，请先给小组换主管。"),
    "last_admin": _("这样就没有管理员了，至少留一位。"),
    "taken": _("%(column)s“%(value)s”已经是“%(other)s”的。"),
}
SHORT_OF = (ADMIN, SUPERVISOR, TRAINEE)


def known_people() -> Known:
    """Everybody and every team, in four queries however many there are."""
    roles: dict[int, str] = {}
    for user, group in User.groups.through.objects.values_list("user_id", "group__name"):
        if group in SHORT_OF and (user not in roles or SHORT_OF.index(group) < SHORT_OF.index(roles[user])):
            roles[user] = group
    external: dict[int, dict[str, str]] = {}
    accounts = SocialAccount.objects.filter(provider__in=[column.value for column in EXTERNAL])
    for user, provider, uid in accounts.values_list("user_id", "provider", "uid"):
        external.setdefault(user, {})[provider] = uid
    rows = User.objects.values_list(
        "pk", "username", "display_name", "email", "is_active", "is_superuser", "employment__team__name",
        "employment__hired_on", "employment__probation_ends_on", "employment__state",
        "employment__left_on",
    )  # fmt: skip
    people = {}
    for pk, username, name, email, active, superuser, team, hired_on, ends_on, state, left_on in rows:
        people[username] = Person(
            username=username,
            name=name,
            role=ADMIN if superuser else roles.get(pk, TRAINEE),
            active=active,
            email=email,
            team=team or "",
            hired_on=hired_on,
            probation_ends_on=ends_on,
            state=EmploymentState(state) if state else None,
            left_on=left_on,
            external=external.get(pk, {}),
            protected=superuser,
        )
    teams = Team.objects.values_list("name", "supervisor__username")
    return Known(people, {name: supervisor or "" for name, supervisor in teams})


def preview_of(load: PeopleLoad, *, at: datetime) -> Preview:
    """What confirming ``load``, which is not confirmed yet, would change now."""
    return compare(PeopleFound.from_data(load.rows), known_people(), today=timezone.localdate(at))


def digest_of(preview: Preview) -> str:
    """The same for the same changes: what was seen is what is confirmed."""
    said = {
        "people": [
            [c.kind, c.row.username, [[f.field, f.old, f.new] for f in c.fields]]
            for c in preview.people
            if c.kind in (Kind.NEW, Kind.CHANGED)
        ],
        "teams": [[team.name, team.old, team.new] for team in preview.teams],
        "problems": [problem.to_data() for problem in preview.problems],
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def problem_text(problem: Problem) -> str:
    """What is wrong, in the reader's language."""
    params = dict(problem.params)
    if "column" in params:
        params["column"] = COLUMN_LABELS[Column(params["column"])]
    return str(TEXTS[problem.code]) % params


def field_value(field: str, value: str) -> str:
    """A value of ``FieldChange`` as it is shown."""
    if not value:
        return gettext("（空）")
    if field == "role":
        return str(ROLE_LABELS[value])
    if field == "state":
        return str(LABELS[EmploymentState(value)])
    if field == "active":
        return gettext("是") if value == "True" else gettext("否")
    day = parse_date(value) if field in ("hired_on", "probation_ends_on") else None
    return date_format(day, "Y-m-d") if day else value
