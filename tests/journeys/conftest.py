"""One browser, in which one person after another signs in."""

import pytest


@pytest.fixture
def become(page, live_server, sign_in):
    """``become(user, path)`` is the page as ``user`` sees it at ``path``; without a user, as a stranger does."""

    def became(user, path):
        page.context.clear_cookies()
        if user is not None:
            sign_in(page.context, user)
        page.goto(live_server.url + path)
        return page

    return became
