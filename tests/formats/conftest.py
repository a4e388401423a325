import time
from contextlib import contextmanager

import pytest


@pytest.fixture
def quick():
    """Fails where its block takes long: something is quadratic, for a linear reader takes well under a second."""

    @contextmanager
    def limited(seconds: float = 20):
        start = time.process_time()
        yield
        assert time.process_time() - start < seconds

    return limited
