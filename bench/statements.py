"""What requests cost inside the process: statements, bytes, milliseconds.

Statements are those that read or write rows: BEGIN, COMMIT and savepoints are not counted.
"""

import io
import random
import statistics
import time
from collections.abc import Iterator

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import site
from bench.driver import Unexpected
from bench.figures import Figure

ROUNDS = 100
LIST = 12  # statements of an ordinary page
# Each kind of requirement that a plan has, of unit that a course has and of event on a timeline is looked up by a
# statement or two of its own, the same for one person and for many: pages that judge people cost that much more.
MORE = {
    "home": 40, "record": 40, "person": 40, "packet": 40, "team": 34, "risk": 40,
    "meeting": 40,  # eight sections and the queues
    "courses": 30, "course": 24, "assignments": 20, "own_timeline": 24, "person_timeline": 24, "assessment": 16,
    "orders": 20, "plan": 20,  # several lists on one page, each with its own choices
}  # fmt: skip
CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


def measure() -> Iterator[Figure]:
    for name, who, path in site.pages():
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(who)
        client.get(path)  # what is kept between requests is kept already
        status, count, body = _counted(lambda client=client, path=path: client.get(path))
        if status != 200:
            raise Unexpected(f"{path} answered {status}")
        yield Figure(f"statements of the page {name}", count, "statements", most=MORE.get(name, LIST))
        if name == "sitting":
            yield Figure("HTML of an exam page of 10 questions", len(body) / 1000, "kB", most=40, places=1)
    yield _starting()
    yield from _saving()


def _starting() -> Figure:
    learner = site.new_trainee(2)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(learner)
    path = reverse("quizzes:exam_start", args=[site.EXAM])
    _status, count, _body = _counted(lambda: client.post(path))
    if learner.attempts.get().items.count() != 40:
        raise Unexpected(f"{path} did not start an exam of 40")
    return Figure("starting an exam of 40 questions", count, "statements", most=25)


def _saving() -> Iterator[Figure]:
    attempt = site.sitting(site.new_trainee(3))
    items = list(attempt.items.select_related("version")[:10])
    path, headers, rng = reverse("quizzes:save", args=[attempt.pk]), site.headers(attempt.learner), random.Random(1)
    application = get_wsgi_application()

    def save(count: int, sequence: int) -> None:
        body = site.save_body([(item, sequence) for item in items[:count]], rng)
        answer = _wsgi_post(application, path, headers, body)
        if f'"{items[0].pk}": {sequence}'.encode() not in answer:
            raise Unexpected(answer.decode())

    took = []
    for sequence in range(1, ROUNDS + 1):
        started = time.perf_counter()
        save(10, sequence)
        took.append((time.perf_counter() - started) * 1000)
    for name, count, sequence, most in [
        ("autosave of 10 answers", 10, ROUNDS + 1, 6),
        ("autosave of one answer", 1, ROUNDS + 2, 5),
    ]:
        with CaptureQueriesContext(connection) as captured:
            save(count, sequence)
        yield Figure(name, rows_of(captured), "statements", most=most)
    yield Figure("autosave of 10 answers, server time, median", statistics.median(took), "ms", most=12, places=1)


def _counted(call) -> tuple[int, int, bytes]:
    with CaptureQueriesContext(connection) as captured:
        response = call()
    return response.status_code, rows_of(captured), response.content


def rows_of(captured: CaptureQueriesContext) -> int:
    """Statements that read or write rows."""
    return sum(not query["sql"].upper().startswith(CONTROL) for query in captured.captured_queries)


def _wsgi_post(application, path: str, headers: dict[str, str], body: bytes) -> bytes:
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": headers["Content-Type"],
        "HTTP_COOKIE": headers["Cookie"],
        "HTTP_X_CSRFTOKEN": headers["X-CSRFToken"],
    }
    response = application(environ, lambda status, response_headers: None)
    answer = b"".join(response)
    response.close()
    return answer
