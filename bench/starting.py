"""How long ``make run`` takes on a warm machine until the first page answers."""

import os
import subprocess
from collections.abc import Iterator

from bench.figures import Figure
from bench.server import ROOT, first_answer, free_port, running


def measure() -> Iterator[Figure]:
    database = {"DATABASE_URL": f"sqlite:///{ROOT / 'var' / 'bench.sqlite3'}", "DEBUG": "1"}
    warm = [str(ROOT / ".venv" / "bin" / "python"), "manage.py", "prepare"]
    subprocess.run(warm, cwd=ROOT, env=os.environ | database, check=True, stdout=subprocess.DEVNULL)
    port = free_port()
    with running(["make", "run", f"ADDRESS=127.0.0.1:{port}"], database):
        seconds = first_answer(f"http://127.0.0.1:{port}/accounts/login/")
    yield Figure("first page after make run, warm", seconds, "s", most=10, places=1)
