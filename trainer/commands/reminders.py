"""Reminders that come with the calendar: lessons to be reviewed, products about to go on the shelf."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from trainer.commands.notices import notify
from trainer.models import Product, Team, User
from trainer.queries.content_report import versions_in_force
from trainer.queries.products import not_yet_by_team

REVIEW_SOON = timedelta(days=14)
SHELF_WARNINGS = (1, 3, 7)  # days before the shelf date
NAMES_TOLD = 8


@transaction.atomic
def remind_of_reviews(*, at: datetime) -> int:
    """Tell the owners of lessons, 14 days before and on the day by which they must be reviewed; how many were told.

    A lesson without an owner is the business of every admin. Each is told once, however often this runs.
    """
    today = timezone.localdate(at)
    told = 0
    admins = list(User.objects.admins().values_list("pk", flat=True))
    due = versions_in_force(today).filter(review_by__lte=today + REVIEW_SOON).select_related("lesson__owner")
    for version in due.defer("body"):
        owner = version.lesson.owner
        now = version.review_by <= today
        told += notify(
            people=[owner.pk] if owner and owner.is_active else admins,
            key=f"review:{version.pk}:{0 if now else REVIEW_SOON.days}",
            code="review_due" if now else "review_soon",
            params={"lesson": version.title, "day": version.review_by.isoformat()},
            url=reverse("trainer:content_lesson", args=[version.lesson.slug]),
            at=at,
        )
    return told


@transaction.atomic
def warn_before_shelf(*, at: datetime) -> int:
    """Tell supervisors 7, 3 and 1 days before a shelf date who of their teams may not serve the product yet.

    After days without a run only the most urgent warning is given. How many were told.
    """
    today = timezone.localdate(at)
    soon = Product.objects.sold().filter(
        shelf_on__gte=today, shelf_on__lte=today + timedelta(days=max(SHELF_WARNINGS)), blueprint__isnull=False
    )
    supervisors = dict(Team.objects.exclude(supervisor=None).values_list("pk", "supervisor"))
    told = 0
    for product in soon.select_related("lesson"):
        step = next(days for days in SHELF_WARNINGS if product.days_left(today) <= days)
        missing: dict[int, list[str]] = {}
        for team, people in not_yet_by_team(product).items():
            if team in supervisors:
                missing.setdefault(supervisors[team], []).extend(str(person) for person in people)
        for supervisor, names in missing.items():
            told += notify(
                people=[supervisor],
                key=f"gate:{product.pk}:{product.shelf_on}:{step}",
                code="gate_soon",
                params={
                    "product": product.name,
                    "day": product.shelf_on.isoformat(),
                    "count": len(names),
                    "names": names[:NAMES_TOLD],
                },
                url=reverse("trainer:product", args=[product.sku]),
                at=at,
            )
    return told
