"""A packet in words, in the reader's language: the one that is frozen in a decision reads like the one of today."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext, pgettext_lazy

from quizzes.models.labels import LABELS as ENGINE_LABELS
from quizzes.rules.dialogue.scoring import Outcome
from trainer.models import User
from trainer.queries.packet_evidence import INTERVIEWS, OBSERVATIONS, TALKS, TEXTS
from trainer.queries.packet_links import Reader, evidence_url
from trainer.rules.vocabulary import Verdict

MARKED = {
    TEXTS: gettext_lazy("批简答题"),
    TALKS: gettext_lazy("复核对练"),
    INTERVIEWS: gettext_lazy("电话面试"),
    OBSERVATIONS: gettext_lazy("现场观察"),
}
VERDICTS = {
    Verdict.READY: gettext_lazy("可以独立上岗"),
    Verdict.ALMOST: gettext_lazy("快可以了"),
    Verdict.NOT_YET: gettext_lazy("还不行"),
}
FIGURES = {
    "exam_score": gettext_lazy("%(value)s 分，标准 %(target)s 分"),
    "roleplay": gettext_lazy("通过 %(value)s 种顾客，标准 %(target)s 种"),
    "lessons_done": gettext_lazy("学完 %(value)s 课，共 %(target)s 课"),
    "course_done": gettext_lazy("学完 %(value)s 个单元，共 %(target)s 个"),
    "typing": gettext_lazy("每分钟 %(value)s 字，标准 %(target)s 字"),
    "product_gates": gettext_lazy("通过 %(value)s 个商品考核，共 %(target)s 个"),
    "interview": gettext_lazy("%(value)s 分，标准 %(target)s 分（5 分制）"),
    "performance": gettext_lazy("达标 %(value)s 个月，标准 %(target)s 个月"),
    "days_in_post": gettext_lazy("在岗 %(value)s 天，标准 %(target)s 天"),
    "observation": gettext_lazy("%(value)s 人认可，标准 %(target)s 人"),
}
NOTHING_YET = {
    "exam_score": gettext_lazy("还没有成绩，标准 %(target)s 分"),
    "typing": gettext_lazy("还没有测过，标准每分钟 %(target)s 字"),
    "interview": gettext_lazy("还没有面试，标准 %(target)s 分（5 分制）"),
}
SORTS = {
    "attempt": pgettext_lazy("evidence", "考试"),
    "session": pgettext_lazy("evidence", "对练"),
    "typing": pgettext_lazy("evidence", "打字测试"),
    "interview": pgettext_lazy("evidence", "电话面试"),
    "month": pgettext_lazy("evidence", "月度绩效"),
    "observation": pgettext_lazy("evidence", "现场观察"),
}
WHY_REMARKED = {"correction": gettext_lazy("更正答案"), "appeal": gettext_lazy("申诉")}


@dataclass(frozen=True)
class EvidenceWords:
    """One piece of evidence: what it is, what it says, and where it can be looked at (empty: only here)."""

    title: str
    value: str
    url: str
    day: date | None
    by: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class RequirementWords:
    slug: str
    title: str
    state: str
    figure: str
    doubt: str
    evidence: tuple[EvidenceWords, ...]

    @property
    def met(self) -> bool:
        return self.state == "met"


@dataclass(frozen=True)
class PacketWords:
    """``team_of_it`` is who was the supervisor then; ``markers`` say who judged what."""

    plan: str
    requirements: tuple[RequirementWords, ...]
    rechecks: tuple[str, ...]
    markers: tuple[str, ...]
    supervisor: str
    hired_on: date | None
    probation_ends_on: date | None
    days_left: int | None
    all_met: bool
    at: datetime | None

    @property
    def unmet(self) -> tuple[RequirementWords, ...]:
        return tuple(one for one in self.requirements if not one.met)


class Names:
    """Who is who, by id, in one query."""

    def __init__(self, people: Iterable[int | None]):
        rows = User.objects.filter(pk__in={person for person in people if person is not None})
        self.known = {user.pk: str(user) for user in rows.only("display_name", "username")}

    def of(self, person: int | None) -> str:
        return self.known.get(person, "") if person is not None else ""

    def list(self, people: Iterable[int]) -> str:
        return gettext("、").join(filter(None, (self.of(person) for person in people)))


def people_in(*packets: Mapping[str, Any]) -> set[int | None]:
    """Everybody whom these packets name, by id."""
    found: set[int | None] = set()
    for packet in packets:
        found |= {packet.get("supervisor"), *(int(person) for person in packet.get("markers", {}))}
        for requirement in packet.get("requirements", []):
            found |= {person for one in requirement["evidence"] for person in one["by"]}
    return found


def in_words(packet: Mapping[str, Any], names: Names, *, reader: Reader) -> PacketWords:
    """``reader`` says where links may lead."""
    person = packet.get("person")
    return PacketWords(
        plan=plan_words(packet.get("plan")),
        requirements=tuple(
            requirement_words(one, person, names, reader=reader) for one in packet.get("requirements", [])
        ),
        rechecks=tuple(recheck_words(recheck) for recheck in packet.get("rechecks", [])),
        markers=tuple(_marker(int(who), what, names) for who, what in packet.get("markers", {}).items()),
        supervisor=names.of(packet.get("supervisor")),
        hired_on=_day(packet.get("hired_on")),
        probation_ends_on=_day(packet.get("probation_ends_on")),
        days_left=packet.get("days_left"),
        all_met=bool(packet.get("all_met")),
        at=_moment(packet.get("at")),
    )


def requirement_words(
    requirement: Mapping[str, Any], person: int | None, names: Names, *, reader: Reader
) -> RequirementWords:
    return RequirementWords(
        slug=requirement["slug"],
        title=titled(requirement),
        state=requirement["state"],
        figure=figure_words(requirement),
        doubt=doubt_words(requirement),
        evidence=tuple(evidence_words(one, person, names, reader=reader) for one in requirement["evidence"]),
    )


def figure_words(requirement: Mapping[str, Any]) -> str:
    kind, value = requirement["kind"], requirement["value"]
    text = FIGURES.get(kind) if value is not None else NOTHING_YET.get(kind)
    if text is None:
        return ""
    said = str(text) % {"value": short(value), "target": short(requirement["target"])}
    if requirement.get("margin"):
        said += gettext("（误差 ±%(margin)s）") % {"margin": short(requirement["margin"])}
    return said


def doubt_words(requirement: Mapping[str, Any]) -> str:
    """What is unsure about a requirement, or nothing."""
    if requirement["certainty"] == "borderline":
        return gettext("离标准太近，一份试卷定不了，要再考一份才算数")
    if requirement["certainty"] == "too_few":
        return gettext("数据还太少，下不了结论")
    return ""


def evidence_words(one: Mapping[str, Any], person: int | None, names: Names, *, reader: Reader) -> EvidenceWords:
    kind = one["kind"]
    moment = _moment(one["at"])
    day = _day(one.get("month")) if kind == "month" else moment and timezone.localdate(moment)
    return EvidenceWords(
        title=titled(one) or str(SORTS.get(kind, kind)),
        value=_value(one),
        url=evidence_url(one, person, reader),
        day=day,
        by=names.list(one["by"]),
        notes=tuple(_notes(one)),
    )


def recheck_words(recheck: Mapping[str, Any]) -> str:
    return gettext("《%(title)s》规则变了，复查还没做") % {"title": titled(recheck)}


def plan_words(plan: Mapping[str, Any] | None) -> str:
    if not plan:
        return ""
    name = plan["name_en"] if get_language() == "en" else plan["name"]
    return gettext("%(plan)s 第 %(number)s 版") % {"plan": name, "number": plan["version"]}


def titled(row: Mapping[str, Any]) -> str:
    if get_language() == "en" and row.get("title_en"):
        return row["title_en"]
    return row.get("title") or ""


def short(figure: str | None) -> str:
    """A figure with one decimal at most, cut off: nobody reads 85 and has failed with 84.99."""
    whole, _, rest = (figure or "").partition(".")
    rest = rest[:1].rstrip("0")
    return f"{whole}.{rest}" if rest else whole


def _value(one: Mapping[str, Any]) -> str:
    kind, value = one["kind"], one["value"]
    if kind == "observation":
        return str(VERDICTS.get(value, value))
    if kind == "month":
        return ngettext("%(n)d 项数据", "%(n)d 项数据", len(one["figures"])) % {"n": len(one["figures"])}
    if value is None:
        return gettext("待批改")
    if kind == "typing":
        return gettext("%(value)s 字/分") % {"value": short(value)}
    return gettext("%(value)s 分") % {"value": short(value)}


def _notes(one: Mapping[str, Any]) -> Iterable[str]:
    if one["kind"] == "session":
        yield str(ENGINE_LABELS.get(Outcome(one["outcome"]), one["outcome"]))
        if one["unsettled"]:
            yield gettext("还有质检项待复核，分数会变")
    elif one.get("unsettled"):
        yield gettext("依据的规则变了，复查没做完")
    for remark in one.get("remarks", ()):
        yield gettext("第 %(n)s 题改过分（%(why)s）") % {
            "n": remark["question"],
            "why": WHY_REMARKED.get(remark["why"], remark["why"]),
        }
    if one["kind"] == "observation" and one.get("text"):
        yield one["text"]


def _marker(who: int, what: Iterable[str], names: Names) -> str:
    did = gettext("、").join(str(MARKED.get(one, one)) for one in what)
    return gettext("%(person)s（%(did)s）") % {"person": names.of(who), "did": did}


def _day(text: str | None) -> date | None:
    return parse_date(text) if text else None


def _moment(text: str | None) -> datetime | None:
    return parse_datetime(text) if text else None
