"""The database of the measurements: made for a run of them, and dropped after it."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg

NAME = "training_bench"
COPY = "training_bench_copy"
DEFAULT_URL = "postgres://root@127.0.0.1:5432/test"


@contextmanager
def fresh_database() -> Iterator[None]:
    """An empty ``training_bench`` beside the database of ``BENCH_DATABASE_URL``, with Django set up on it."""
    parts = urlsplit(_url())
    try:
        server = _server()
    except psycopg.OperationalError as error:
        raise SystemExit(f"The figures need a PostgreSQL; set BENCH_DATABASE_URL.\n{error}") from None
    os.environ |= {
        "DATABASE_URL": urlunsplit(parts._replace(path=f"/{NAME}")),
        "DJANGO_SETTINGS_MODULE": "trainer.settings",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "HTTPS": "0",
        "DEBUG": "0",
        "LOG_LEVEL": "ERROR",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # Playwright keeps an event loop in this thread
    }
    with server:
        server.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {NAME}")
        try:
            import django

            django.setup()
            yield
        finally:
            from django.db import connections

            connections.close_all()
            server.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


@contextmanager
def copied_database() -> Iterator[None]:
    """A copy of the database as it is now, for what would be in the way of other measurements; dropped after it."""
    from django.db import connection

    with _server() as server:
        server.execute(f"DROP DATABASE IF EXISTS {COPY} WITH (FORCE)")
        connection.close()
        server.execute(f"CREATE DATABASE {COPY} TEMPLATE {NAME}")
        connection.settings_dict["NAME"] = COPY
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = NAME
            server.execute(f"DROP DATABASE IF EXISTS {COPY} WITH (FORCE)")


def _server() -> psycopg.Connection:
    return psycopg.connect(_url(), autocommit=True, connect_timeout=5)


def _url() -> str:
    return os.environ.get("BENCH_DATABASE_URL", DEFAULT_URL)
