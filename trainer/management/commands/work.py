"""``manage.py work``: does what waits in the queue, and every minute what has become due."""

import logging
import signal
import socket
import threading
import time
from os import getpid

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker

from trainer.commands.due import run_due
from trainer.commands.loads import beat

log = logging.getLogger(__name__)
MINUTE = 60


class Command(BaseCommand):
    help = "Read the files that wait, and do every minute what has become due. Runs until it is stopped."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do what waits and what is due now, and end")

    def handle(self, once: bool, **options):
        name = f"{socket.gethostname()}-{getpid()}"[-64:]
        stop = threading.Event()
        due_once(name)
        if settings.BACKGROUND != "database":
            if not once:
                self._keep_time(name, stop)
            return
        worker = _worker(name, once)
        if once:
            worker.run()
            return
        worker.configure_signals()
        clock = threading.Thread(target=_every_minute, args=(name, stop), daemon=True)
        clock.start()
        try:
            worker.run()
        finally:
            stop.set()

    def _keep_time(self, name: str, stop: threading.Event):
        """Without a queue only the clock is needed."""
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, lambda *_: stop.set())
        _every_minute(name, stop)


def due_once(name: str) -> None:
    """Tell that this worker lives, and do what is due."""
    now = timezone.now()
    try:
        beat(name=name, at=now)
    except DatabaseError:  # the clock goes on: the database may be back in a minute
        log.exception("The database does not answer.")
    else:
        log.debug("due: %s", run_due(at=now))


def _every_minute(name: str, stop: threading.Event) -> None:
    while not stop.wait(MINUTE - time.time() % MINUTE):
        close_old_connections()
        due_once(name)
    connection.close()


def _worker(name: str, once: bool) -> Worker:
    return Worker(
        queue_names=["default"],
        interval=1,
        batch=once,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )
