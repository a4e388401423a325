"""Decisions about the demo people: one confirmed early by two, one waiting for its second signature, one appealed."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from trainer.commands.decision_appeals import appeal_decision
from trainer.commands.decisions import countersign, decide
from trainer.commands.statements import save_statement
from trainer.commands.verdicts import Verdict
from trainer.models import Decision, Employment, User
from trainer.queries.packets import Packet, packet_of
from trainer.rules.decisions import Contract, DecisionKind
from trainer.rules.packet import unmet

NEVERTHELESS = {
    "exam_score": "这一门考的是同一套规则，跟班两周里每天都在用，组长抽查了二十单，没有一单判错。",
    "roleplay": "对练的类型还差几种，真实顾客里都遇到过，记录附在跟班表里。",
    "lessons_done": "没学完的几课是别的平台的，本岗位用不到，入职满三个月前补完。",
    "course_done": "剩下的单元排在下月，和新人一起学。",
    "typing": "打字已经过线，正式测试排在下周。",
    "product_gates": "差的商品下周才上架，上架前考完。",
    "interview": "面试由两个人先后做，第二份表格还没交，口头意见一致。",
    "performance": "来的时间不长，月度数据还不满，已有的都在达标线上。",
    "observation": "跟班看过三次，记录本周补进系统。",
}
OTHERWISE = "主管当面核对过，可以边上岗边补。"
STATEMENTS = {
    "songqi": (
        "来之前做过两年门店导购，线上规则是从头学的。最怕的是价保和运费险，现在能对着订单讲清楚了。希望早点独立接班。"
    ),
    "shaoning": "短板是打字快了会漏看顾客的第二个问题，最近每单先复述一遍再答，漏的少了。",
    "fangke": "售后卷错在举证责任那几题，已经重做了三遍。家里的事处理完了，接下来班次都能排满。",
}


@transaction.atomic
def add_demo_decisions(*, people: Mapping[str, User], at: datetime) -> int:
    """Decide about some of the demo people; how many decisions were made. A second run makes none."""
    wanted = {"songqi", "shaoning", "fangke"}
    learners = [user.pk for name, user in people.items() if name in wanted]
    if len(learners) < len(wanted) or Decision.objects.filter(employment__user__in=learners).exists():
        return 0
    for name, text in STATEMENTS.items():
        save_statement(employment_id=_of(people[name]).pk, text=text, after=0, at=at - timedelta(days=5))
    _confirmed(people, at)
    _waiting(people, at)
    _appealed(people, at)
    return Decision.objects.filter(employment__user__in=learners).count()


def _confirmed(people: Mapping[str, User], at: datetime) -> None:
    zhou, admin, when = people["zhou"], people["admin"], at - timedelta(days=3)
    packet = packet_of(_of(people["songqi"]), at=when)
    decision = decide(
        employment_id=_of(people["songqi"]).pk,
        verdict=Verdict(
            DecisionKind.EARLY,
            "规则和售后两门都稳在线上，退换、补发、价保的单子能独立处理。最近两周跟班四十多单，没有一单需要接管。"
            "偏慢的是同时接三位以上，排在下个月练。",
            _nevertheless(packet),
        ),
        seen=packet,
        by=zhou,
        asked=admin,
        at=when,
    )
    if decision.is_pending:
        countersign(
            decision_id=decision.pk,
            seen=packet_of(_of(people["songqi"]), at=when),
            by=admin,
            at=when + timedelta(hours=5),
        )


def _waiting(people: Mapping[str, User], at: datetime) -> None:
    packet = packet_of(_of(people["shaoning"]), at=at - timedelta(hours=20))
    decide(
        employment_id=_of(people["shaoning"]).pk,
        verdict=Verdict(
            DecisionKind.EARLY,
            "发货和退换的规则考得最好，急单也接得住，复述再答的习惯养成了。简答题是我一个人批的，请陈屿再看一眼。",
            _nevertheless(packet),
        ),
        seen=packet,
        by=people["zhou"],
        asked=people["chen"],
        at=at - timedelta(hours=20),
    )


def _appealed(people: Mapping[str, User], at: datetime) -> None:
    employment, when = _of(people["fangke"]), at - timedelta(days=2)
    decision = decide(
        employment_id=employment.pk,
        verdict=Verdict(
            DecisionKind.EXTEND,
            "售后考试两次都没有到线，主要错在举证责任和运费由谁出。规则考试和态度没有问题，再给一个月，每周补一份卷。",
            until=employment.probation_ends_on + timedelta(days=30),
            contract=Contract.LONGER,
        ),
        seen=packet_of(employment, at=when),
        by=people["zhou"],
        asked=people["chen"],
        at=when,
    )
    if decision.is_pending:
        countersign(
            decision_id=decision.pk,
            seen=packet_of(_of(people["fangke"]), at=when),
            by=people["chen"],
            at=when + timedelta(hours=3),
        )
    appeal_decision(
        decision_id=decision.pk,
        learner_id=people["fangke"].pk,
        reason="第二次售后卷第三大题的答案后来更正过，按新答案我应该在线上；更正是不是算进来了，请再看一次。",
        at=at - timedelta(days=1),
    )


def _nevertheless(packet: Packet) -> dict[str, str]:
    return {one["slug"]: NEVERTHELESS.get(one["kind"], OTHERWISE) for one in unmet(packet)}


def _of(user: User) -> Employment:
    return Employment.objects.select_related("user", "team__supervisor").get(user=user)
