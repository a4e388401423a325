import pytest

from tests.trainer.fake_company import serving
from tests.trainer.performing import LONG_HERE
from tests.trainer.signing_in import open_company
from trainer.models import Employment


@pytest.fixture(scope="session")
def server():
    """A server on this machine that answers as it is told."""
    with serving() as running:
        yield running


@pytest.fixture
def company(server, settings, monkeypatch):
    return open_company(server, settings, monkeypatch)


@pytest.fixture
def hired_in_september(request, db):
    """``trainee``, where the test has one, is on probation from September to the end of November 2026."""
    if "trainee" in request.fixturenames:
        Employment.objects.filter(user=request.getfixturevalue("trainee")).update(**LONG_HERE)
