"""People and teams."""

from datetime import date
from typing import Any, Literal

from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from trainer.api.paging import Page, Paging, paged
from trainer.api.problems import Refused, problems
from trainer.api.tokens import TokenFor, caller
from trainer.api.writing import IdempotencyKey, written
from trainer.commands.people import LastAdmin, StillLeads, add_person, switch_off
from trainer.models import Team, User
from trainer.queries.people import people_within, roles_of, teams_within
from trainer.rules.api_scopes import Scope
from trainer.rules.vocabulary import EmploymentState

router = Router(tags=["people"])
Role = Literal["trainee", "supervisor", "admin"]
BIGGEST_ID = 2**63 - 1
Id = Field(None, ge=1, le=BIGGEST_ID)


class TeamOut(Schema):
    id: int
    name: str
    supervisor: int | None = Field(None, description="主管的 id")


class PersonOut(Schema):
    id: int
    username: str
    name: str
    role: Role
    active: bool
    team: int | None = None
    hired_on: date | None = None
    probation_ends_on: date | None = None
    state: EmploymentState | None = None
    email: str = ""


class PersonIn(Schema):
    username: str = Field(min_length=1, max_length=60, pattern=r"^[A-Za-z0-9_.@+-]+$", description="工号或用户名")
    name: str = Field(min_length=1, max_length=40, pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$")
    role: Literal["trainee", "supervisor"] = "trainee"
    team: int | None = Field(None, ge=1, le=BIGGEST_ID, description="小组的 id，只有学员有")
    hired_on: date | None = Field(None, description="学员必填")
    probation_ends_on: date | None = Field(None, description="学员必填，不早于入职日期")


class PeopleFilter(Paging):
    q: str = Field("", max_length=40, description="姓名或用户名里有的字")
    username: str = Field("", max_length=150)
    team: int | None = Id
    active: bool | None = None


class Me(Schema):
    person: PersonOut
    token: str = Field(description="令牌的用途")
    scopes: list[str]
    expires_at: str


@router.get("/me", auth=TokenFor(), response={200: Me, **problems()}, summary="这个令牌是谁的，能做什么")
def me(request: HttpRequest):
    token = caller(request)
    return {
        "person": as_people([token.person])[0],
        "token": token.name,
        "scopes": token.scopes,
        "expires_at": token.expires_at.isoformat(),
    }


@router.get("/people", auth=TokenFor(Scope.PEOPLE_READ), response={200: Page[PersonOut], **problems()}, summary="人员")
def people(request: HttpRequest, wanted: Query[PeopleFilter]):
    found = people_within(caller(request).person).named(wanted.q)
    if wanted.username:
        found = found.filter(username=wanted.username)
    if wanted.team is not None:
        found = found.filter(employment__team=wanted.team)
    if wanted.active is not None:
        found = found.filter(is_active=wanted.active)
    return paged(found.select_related("employment").order_by("pk"), wanted, as_people)


@router.get(
    "/people/{int:person_id}",
    auth=TokenFor(Scope.PEOPLE_READ),
    response={200: PersonOut, **problems(404)},
    summary="一个人",
)
def person(request: HttpRequest, person_id: int):
    return as_people([found(people_within(caller(request).person).select_related("employment"), person_id)])[0]


@router.post(
    "/people", auth=TokenFor(Scope.PEOPLE_WRITE), response={201: PersonOut, **problems(409)}, summary="新建一个人"
)
def add(request: HttpRequest, body: PersonIn, key: IdempotencyKey):
    """没有密码：管理员在网站上发设置密码的链接。"""
    return written(request, key, body, lambda: (201, _add(request, body)))


def _add(request: HttpRequest, body: PersonIn) -> dict[str, Any]:
    trainee = body.role == "trainee"
    if trainee and not (body.hired_on and body.probation_ends_on and body.probation_ends_on >= body.hired_on):
        raise Refused(422, _("学员要有入职日期和不早于它的试用期截止。"))
    if not trainee and (body.team or body.hired_on or body.probation_ends_on):
        raise Refused(422, _("主管不写小组、入职日期和试用期截止；给小组换主管请用表格导入。"))
    team = Team.objects.filter(pk=body.team).first() if body.team else None
    if body.team and team is None:
        raise Refused(422, _("没有这个小组。"))
    if User.objects.filter(username__iexact=body.username).exists():
        raise Refused(409, _("用户名“%(name)s”已经有人用了。") % {"name": body.username})
    try:
        made = add_person(
            username=body.username,
            display_name=body.name.strip(),
            role=body.role,
            password=None,
            by=caller(request).person,
            at=timezone.now(),
            team=team,
            hired_on=body.hired_on,
            probation_ends_on=body.probation_ends_on,
        )
    except IntegrityError as error:
        raise Refused(409, _("用户名“%(name)s”已经有人用了。") % {"name": body.username}) from error
    made = User.objects.select_related("employment").get(pk=made.pk)
    return PersonOut(**as_people([made])[0]).model_dump(mode="json")


@router.post(
    "/people/{int:person_id}/deactivate",
    auth=TokenFor(Scope.PEOPLE_WRITE),
    response={200: PersonOut, **problems(404, 409)},
    summary="停用一个人的账号",
)
def deactivate(request: HttpRequest, person_id: int, key: IdempotencyKey):
    """停用后不能登录，成绩、结论和记录都留着；已经停用的，再停用一次没有变化。"""
    return written(request, key, None, lambda: (200, _deactivate(request, person_id)))


def _deactivate(request: HttpRequest, person_id: int) -> dict[str, Any]:
    by = caller(request).person
    person = found(people_within(by).filter(is_superuser=False), person_id)
    try:
        switch_off(person_id=person.pk, by=by, at=timezone.now())
    except LastAdmin as error:
        raise Refused(409, _("这样就没有管理员了，至少留一位。")) from error
    except StillLeads as error:
        raise Refused(409, _("这个人还带着小组，请先给小组换主管。")) from error
    changed = User.objects.select_related("employment").get(pk=person.pk)
    return PersonOut(**as_people([changed])[0]).model_dump(mode="json")


@router.get("/teams", auth=TokenFor(Scope.TEAMS_READ), response={200: Page[TeamOut], **problems()}, summary="小组")
def teams(request: HttpRequest, paging: Query[Paging]):
    rows = teams_within(caller(request).person).order_by("pk")
    return paged(
        rows, paging, lambda teams: [{"id": t.pk, "name": t.name, "supervisor": t.supervisor_id} for t in teams]
    )


def as_people(people) -> list[dict[str, Any]]:
    roles = roles_of(person.pk for person in people)
    return [_as_person(person, roles[person.pk]) for person in people]


def _as_person(person: User, role: str) -> dict[str, Any]:
    employment = getattr(person, "employment", None)
    return {
        "id": person.pk,
        "username": person.username,
        "name": str(person),
        "role": role,
        "active": person.is_active,
        "team": employment and employment.team_id,
        "hired_on": employment and employment.hired_on,
        "probation_ends_on": employment and employment.probation_ends_on,
        "state": employment and employment.state,
        "email": person.email,
    }


def found(rows: QuerySet, pk: int):
    """The row with this id among those in reach. Raises ``Refused`` with 404."""
    row = rows.filter(pk=pk).first() if pk <= BIGGEST_ID else None
    if row is None:
        raise Refused(404)
    return row
