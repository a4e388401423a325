"""What a supervisor saw of somebody at real work."""

from datetime import timedelta

import pytest
from django.utils import timezone

from quizzes.models import AuditEntry
from trainer.models import Observation

pytestmark = pytest.mark.django_db


def written(**more):
    return {"on": timezone.localdate().isoformat(), "verdict": "ready", "text": "接了十一位，没有漏话。", **more}


def test_the_same_again_is_kept_once(client, supervisor, trainee):
    client.force_login(supervisor)
    for text in ("接了十一位，没有漏话。", "接了十一位，没有漏话。", "又看了一小时，还是稳。"):
        assert client.post(f"/team/{trainee.pk}/observe/", written(text=text)).status_code == 302

    assert Observation.objects.count() == AuditEntry.objects.filter(action="observe").count() == 2


def test_nobody_has_seen_what_has_not_happened(client, supervisor, trainee):
    client.force_login(supervisor)
    tomorrow = timezone.localdate() + timedelta(days=1)

    response = client.post(f"/team/{trainee.pk}/observe/", written(on=tomorrow.isoformat()))

    assert (response.status_code, Observation.objects.count()) == (422, 0)
    assert "这一天还没到" in response.content.decode()
