"""Days and lengths of time as people here write them: 11月22日 周日 14:00, 3.5 小时."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

register = template.Library()

WEEKDAYS = (
    gettext_lazy("周一"),
    gettext_lazy("周二"),
    gettext_lazy("周三"),
    gettext_lazy("周四"),
    gettext_lazy("周五"),
    gettext_lazy("周六"),
    gettext_lazy("周日"),
)


@register.filter
def day(value: date | datetime) -> str:
    """11月22日 周日"""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return _("%(date)s %(weekday)s") % {
        "date": date_format(value, "SHORT_DATE_FORMAT"),
        "weekday": WEEKDAYS[value.weekday()],
    }


@register.filter
def day_time(value: datetime) -> str:
    """11月22日 周日 14:00"""
    return f"{day(value)} {date_format(timezone.localtime(value), 'TIME_FORMAT')}"


@register.filter
def about(minutes: int) -> str:
    """40 分钟, 3 小时, 5.5 小时: above an hour nobody plans by the minute."""
    if minutes < 60:
        return _("%(n)d 分钟") % {"n": minutes}
    return _("%(n)s 小时") % {"n": f"{round(minutes / 30) / 2:g}"}
