"""The application server as it is deployed, on a free port of this machine."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError

ROOT = Path(__file__).resolve().parent.parent
WORKERS, THREADS = 2, 4


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(settings: str, path: str) -> Iterator[int]:
    """Granian with ``settings``, ready when ``path`` answers; gives the port."""
    port = free_port()
    command = [
        f"{Path(sys.executable).parent}/granian",
        *("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws", "--log-level", "error"),
        *("--workers", str(WORKERS), "--blocking-threads", str(THREADS)),
        "trainer.wsgi:application",
    ]
    with running(command, {"DJANGO_SETTINGS_MODULE": settings}):
        first_answer(f"http://127.0.0.1:{port}{path}")
        yield port


@contextmanager
def running(command: list[str], environment: dict[str, str]) -> Iterator[None]:
    """A process and its children, ended with their group afterwards."""
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | environment, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def first_answer(url: str, within: float = 60) -> float:
    """Seconds until ``url`` answers 200. Raises ``TimeoutError`` when it does not within that time."""
    started = time.perf_counter()
    while time.perf_counter() - started < within:
        try:
            with urllib.request.urlopen(url, timeout=within):
                return time.perf_counter() - started
        except HTTPError:
            raise
        except (URLError, ConnectionError):
            time.sleep(0.05)
    raise TimeoutError(f"{url} did not answer within {within} s")
