"""A deployment that would be unsafe does not start."""

import json
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.conf import settings as django_settings

from trainer import checks

KEY = "abcdefghij" * 5
SETTINGS = (
    "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY", "X_FRAME_OPTIONS", "DEBUG",
)  # fmt: skip


def manage(*arguments, tmp_path, **environment):
    """Run this interpreter on ``arguments`` with the settings that this environment, and no other, gives."""
    clean = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "trainer.settings"}
    return subprocess.run(
        [sys.executable, *arguments],
        env=clean | {"DATABASE_URL": f"sqlite:///{tmp_path}/x.sqlite3"} | environment,
        cwd=django_settings.BASE_DIR, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("key", ["", "short", "for-development-only-never-serve-with-it-really-never"])
def test_a_secret_key_that_is_none_is_refused(settings, key):
    settings.DEBUG, settings.TESTING, settings.SECRET_KEY = False, False, key

    assert [error.id for error in checks.secret_key_is_set(None)] == ["trainer.E001"]


def test_a_long_secret_key_is_accepted(settings):
    settings.DEBUG, settings.TESTING, settings.SECRET_KEY = False, False, KEY

    assert checks.secret_key_is_set(None) == []


def test_any_host_is_refused_outside_debug(settings):
    settings.ALLOWED_HOSTS = ["*"]

    assert [error.id for error in checks.hosts_are_named(None)] == ["trainer.E002"]
    settings.ALLOWED_HOSTS = ["train.example"]
    assert checks.hosts_are_named(None) == []


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc/passwd"])
def test_an_unknown_time_zone_is_refused(monkeypatch, zone):
    assert checks.time_zone_is_known(None) == []
    # not the setting itself: it would reach the clock of this process
    monkeypatch.setattr(checks, "settings", SimpleNamespace(TIME_ZONE=zone))

    assert [error.id for error in checks.time_zone_is_known(None)] == ["trainer.E003"]


@pytest.mark.parametrize(("failures", "hours"), [(0, 0.25), (5, 0), (5, -1)])
def test_sign_in_without_a_throttle_is_refused(settings, failures, hours):
    assert checks.sign_in_is_throttled(None) == []
    settings.AXES_FAILURE_LIMIT, settings.AXES_COOLOFF_TIME = failures, hours

    assert [error.id for error in checks.sign_in_is_throttled(None)] == ["trainer.E004"]


def test_outside_debug_everything_is_closed(tmp_path):
    code = f"import json; from django.conf import settings as s; print(json.dumps([getattr(s, n) for n in {SETTINGS}]))"

    ran = manage("-c", code, tmp_path=tmp_path, SECRET_KEY=KEY, ALLOWED_HOSTS="train.example")

    values = dict(zip(SETTINGS, json.loads(ran.stdout), strict=True))
    assert values == {
        "SECURE_SSL_REDIRECT": True, "SECURE_HSTS_SECONDS": 31536000, "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True, "SESSION_COOKIE_HTTPONLY": True, "X_FRAME_OPTIONS": "DENY", "DEBUG": False,
    }  # fmt: skip


def test_djangos_deployment_checks_find_nothing(tmp_path):
    ran = manage(
        "manage.py", "check", "--deploy", "--fail-level", "WARNING",
        tmp_path=tmp_path, SECRET_KEY=KEY, ALLOWED_HOSTS="train.example",
    )  # fmt: skip

    assert ran.returncode == 0, ran.stderr


def test_without_a_secret_key_it_does_not_start(tmp_path):
    ran = manage("manage.py", "check", "--deploy", tmp_path=tmp_path)

    assert ran.returncode != 0
    assert "trainer.E001" in ran.stderr


def test_the_policy_of_a_page_allows_nothing_inline(client):
    policy = client.get("/accounts/login/")["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy, "nothing comes from another site"


@pytest.mark.parametrize(("megabytes", "found"), [(0, ["trainer.E005"]), (20, []), (500, ["trainer.E005"])])
def test_uploads_are_bounded(settings, megabytes, found):
    settings.LARGEST_UPLOAD = megabytes * 1024 * 1024

    assert [error.id for error in checks.uploads_are_bounded(None)] == found


def test_one_file_may_not_be_larger_than_all_together(settings):
    settings.LARGEST_REQUEST = settings.LARGEST_UPLOAD - 1

    assert [error.id for error in checks.uploads_are_bounded(None)] == ["trainer.E007"]


@pytest.mark.parametrize(("word", "found"), [("database", []), ("immediate", []), ("celery", ["trainer.E006"])])
def test_the_queue_is_one_that_is_there(settings, word, found):
    settings.BACKGROUND = word

    assert [error.id for error in checks.background_is_known(None)] == found


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, []),
        ({"url": "http://models.example"}, ["trainer.E010"]),
        ({"url": "https://models.example", "name": ""}, ["trainer.E011"]),
        ({"url": "https://models.example", "seconds": 600}, ["trainer.E011"]),
        ({"url": "https://models.example"}, []),
    ],
)
def test_an_outside_model_is_named_completely_and_reached_safely(settings, changed, found):
    settings.TESTING = False
    settings.QUIZZES_OUTSIDE_MODEL = {"url": "", "name": "m", "key": "", "seconds": 15, **changed}

    assert [error.id for error in checks.outside_model_is_complete(None)] == found
