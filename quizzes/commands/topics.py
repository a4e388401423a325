"""Topics of the bank that are made on the way, by their name alone."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from quizzes.models import AuditEntry, Topic


@transaction.atomic
def ensure_topic(*, name: str, by, at: datetime) -> Topic:
    """The topic of that name, made when there is none; its slug is how the name is pronounced."""
    name = name.strip()
    topics = {topic.name: topic for topic in Topic.objects.select_for_update()}
    if name in topics:
        return topics[name]
    from pypinyin import lazy_pinyin  # takes long to load, and is rarely needed

    wanted = slugify("-".join(lazy_pinyin(name)))[:40] or "topic"
    taken = {topic.slug for topic in topics.values()}
    slug = next(s for n in range(1, len(taken) + 2) if (s := wanted if n == 1 else f"{wanted}-{n}") not in taken)
    last = Topic.objects.aggregate(last=Max("position"))["last"] or 0
    topic = Topic.objects.create(slug=slug, name=name[:50], name_en=name[:50], position=last + 1)
    AuditEntry.objects.create(at=at, by=by, action="add_topic", target=f"topic:{slug}", detail={"name": name})
    return topic
