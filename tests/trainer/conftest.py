import pytest

from tests.trainer.fake_company import serving
from tests.trainer.signing_in import open_company


@pytest.fixture(scope="session")
def server():
    """A server on this machine that answers as it is told."""
    with serving() as running:
        yield running


@pytest.fixture
def company(server, settings, monkeypatch):
    return open_company(server, settings, monkeypatch)
