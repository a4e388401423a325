"""Fixtures of all tests: the roles, a clean slate between tests, and a real Chromium."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone, translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Error as PlaywrightError

from tests.browser import ARGUMENTS, CHROMIUM
from trainer.models.people import ADMIN, SUPERVISOR, TRAINEE

# Playwright's synchronous interface keeps an event loop in the thread of the test, which Django would take for
# asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

hypothesis_settings.register_profile(
    "ci", deadline=None, max_examples=60, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.register_profile("deep", deadline=None, max_examples=1_000)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


# --- the run ---------------------------------------------------------------------------------------------


def pytest_make_parametrize_id(val, argname):
    """Bytes go by the name of their argument: an archive has the time in it, and two workers would not agree."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if "page" in item.fixturenames:
            item.add_marker("browser")
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="there is no Chromium"))


def pytest_terminal_summary(terminalreporter):
    if CHROMIUM is None:
        terminalreporter.write_line("No Chromium was found: the browser tests were SKIPPED.", yellow=True, bold=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory, django_db_modify_db_settings_parallel_suffix):
    """A file for SQLite: the live server's threads need connections of their own, which memory cannot give."""
    default = django_settings.DATABASES["default"]
    if default["ENGINE"] == "django.db.backends.sqlite3":
        default.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        default["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"


@pytest.fixture(scope="session", autouse=True)
def quick_passwords():
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True)
def clean_slate():
    """No cached row (failed sign-ins are counted there, too) and no language of another test."""
    cache.clear()
    translation.activate(django_settings.LANGUAGE_CODE)
    yield
    translation.activate(django_settings.LANGUAGE_CODE)


# --- people ----------------------------------------------------------------------------------------------


@pytest.fixture
def now():
    return timezone.now().replace(microsecond=0)


@pytest.fixture
def supervisor(db):
    """The supervisor of ``trainee``'s team."""
    from tests.factories.trainer import TeamFactory, UserFactory

    user = UserFactory(username="supervisor", display_name="王主管", role=SUPERVISOR)
    TeamFactory(name="天猫一组", supervisor=user)
    return user


@pytest.fixture
def trainee(supervisor):
    from tests.factories.trainer import EmploymentFactory, UserFactory

    user = UserFactory(username="trainee", display_name="小林", role=TRAINEE)
    EmploymentFactory(user=user, team=supervisor.teams.get())
    return user


@pytest.fixture
def other_supervisor(db):
    """The supervisor of another team, which has a trainee, too."""
    from tests.factories.trainer import EmploymentFactory, TeamFactory, UserFactory

    user = UserFactory(username="other-supervisor", display_name="李主管", role=SUPERVISOR)
    EmploymentFactory(team=TeamFactory(name="抖音一组", supervisor=user))
    return user


@pytest.fixture
def admin(db):
    from tests.factories.trainer import UserFactory

    return UserFactory(username="admin", display_name="陈老师", role=ADMIN)


# --- the browser -----------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {
        **browser_context_args,
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "viewport": {"width": 1280, "height": 900},
        "reduced_motion": "reduce",
    }


@pytest.fixture
def sign_in(live_server, transactional_db):
    """``sign_in(context, user)`` gives a browser context the session of ``user``."""

    def signed_in(context, user):
        client = Client()
        client.force_login(user)
        value = client.cookies[django_settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])

    return signed_in


@pytest.fixture
def signed_in_page(page, live_server, sign_in):
    """``signed_in_page(user)`` is the page signed in as ``user``, not yet gone anywhere.

    The caller goes to ``live_server.url + path``.
    """

    def signed_in(user):
        sign_in(page.context, user)
        page.goto("about:blank")
        return page

    return signed_in


@pytest.fixture
def axe():
    """``axe(page)`` fails when the page has a serious or critical violation, naming each with its elements."""

    def violations(page):
        for _ in range(3):
            page.wait_for_load_state()
            try:
                return Axe().run(page).response["violations"]
            except PlaywrightError:  # a click before had not yet left the page: what comes next is meant
                page.wait_for_timeout(200)
        return Axe().run(page).response["violations"]

    def check(page):
        found = [
            f"{violation['id']} ({violation['impact']}): {violation['help']}\n"
            + "\n".join(f"    {' '.join(map(str, node['target']))}" for node in violation["nodes"])
            for violation in violations(page)
            if violation["impact"] in ("serious", "critical")
        ]
        assert not found, f"{page.url}\n" + "\n".join(found)

    return check
