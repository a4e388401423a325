"""Every address as every role. A new URL pattern fails ``test_every_pattern_has_a_row`` until a table has its row."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.trainer.access import engine, frame, learning, people
from tests.trainer.access.rows import FORBIDDEN, IN, LOGIN, MISSING, NO_TOKEN, ROLES, Row
from tests.trainer.access.world import World

TABLES = [frame.ROWS, people.ROWS, learning.ROWS, engine.ROWS]
ROWS: dict[str, Row] = {name: row for table in TABLES for name, row in table.items()}


def patterns(resolver: URLResolver, namespace: str = "", prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Each pattern under its name with namespace; one without a name under its route, which no row can have."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from patterns(entry, inner, prefix + str(entry.pattern))
        else:
            yield namespace + (entry.name or prefix + str(entry.pattern)), entry


def keys() -> list[str]:
    """The names that rows must have: with the number of arguments after a slash where one name has two patterns."""
    found = [(name, len(pattern.pattern.converters)) for name, pattern in patterns(get_resolver())]
    names = Counter(name for name, _ in found)
    return sorted(name if names[name] == 1 else f"{name}/{arguments}" for name, arguments in found)


NAMES = keys()
OURS = [name for name in NAMES if not name.startswith("admin:") and name in ROWS]
# admin:jsi18n is a public catalogue of words; the others name no page of their own.
NO_PAGES = ("admin:jsi18n", "admin:login", "admin:logout", "admin:view_on_site", "admin:autocomplete")
BACKSTAGE = [
    reverse(name, args=["trainer"] if name == "admin:app_list" else ["1"] * len(pattern.pattern.converters))
    for name, pattern in patterns(get_resolver())
    if name.startswith("admin:") and pattern.name and name not in NO_PAGES
]


def outcome(response) -> str:
    """What became of the request; a form that was let in and found wanting (4xx) is in, too."""
    if response.status_code == 302 and response.url.startswith(reverse("login")):
        return LOGIN
    known = {401: NO_TOKEN, 403: FORBIDDEN, 404: MISSING}
    return known.get(response.status_code, IN if response.status_code < 500 else "broken")


@pytest.fixture
def as_role(client, request):
    def sign_in(role: str):
        if role != "anonymous":
            client.force_login(request.getfixturevalue(role))
        return client

    return sign_in


@contextmanager
def undone():
    """What happens in here leaves nothing behind: each role comes to the same rows."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    cache.clear()


def test_every_pattern_has_a_row():
    missing = [name for name in NAMES if not name.startswith("admin:") and name not in ROWS]
    assert not missing, f"no row in the access table for {missing}"


def test_every_row_has_a_pattern():
    assert set(ROWS) <= set(NAMES)


def test_no_address_has_a_row_in_two_tables():
    assert sum(map(len, TABLES)) == len(ROWS)


@pytest.mark.parametrize("name", OURS)
def test_who_gets_where(name, trainee, other_supervisor, supervisor, admin):
    row = ROWS[name]
    world = World(trainee)
    url, data = reverse(name.partition("/")[0], args=row.args(world)), row.data(world)
    sent = {"content_type": "application/json"} if row.as_json else {}
    visitors = dict(zip(ROLES, (None, trainee, other_supervisor, supervisor, admin), strict=True))
    found = {}

    for role, person in visitors.items():
        with undone():
            client = Client()
            if person:
                client.force_login(person)
            found[role] = outcome(getattr(client, row.method)(url, data, **sent))

    assert found == dict(zip(ROLES, row.outcomes, strict=True)), url


@pytest.mark.parametrize("role", ROLES[:-1])
def test_djangos_admin_is_for_admins(role, as_role, trainee):
    visitor = as_role(role)

    answers = {url: visitor.get(url, follow=True) for url in BACKSTAGE}

    if role == "anonymous":
        wrong = [url for url, got in answers.items() if not got.redirect_chain[-1][0].startswith(reverse("login"))]
    else:
        wrong = [url for url, got in answers.items() if got.status_code != 403]
    assert len(BACKSTAGE) > 50
    assert not wrong


def test_an_admin_opens_every_list_of_djangos_admin(as_role):
    visitor = as_role("admin")
    lists = [url for url in BACKSTAGE if url.count("/") == 4 and "/password_change/" not in url]

    answers = {url: visitor.get(url).status_code for url in lists}

    assert len(lists) > 15
    assert set(answers.values()) == {200}, answers
