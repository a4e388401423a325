"""The same database and server, and nothing between the request and the view but the session."""

from trainer.settings import *  # noqa: F403
from trainer.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "bench.bare"]
MIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware"]
ROOT_URLCONF = "bench.bare.urls"
