"""Reading files that strangers made: in a process of its own, with a limit on time and on memory.

A file that takes minutes, or wants all memory, costs its own reader and nothing else: the site lives on, and the
person is told which file it was.
"""

import multiprocessing
import resource
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

from django.conf import settings

from trainer.readers.files import FileRead, Wanted, read_file

SECONDS = 60
MEGABYTES = 2_048
STOP_SECONDS = 5

Read = Callable[[bytes, str, Wanted], FileRead]


@dataclass(frozen=True)
class Given:
    """A file as it was handed in: its name (or path), its bytes, and how it is to be read."""

    name: str
    data: bytes
    wanted: Wanted = field(default_factory=Wanted)


class _Reader:
    """The process that reads; it serves many files and is replaced when one of them kills it."""

    def __init__(self, megabytes: int, read: Read):
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, megabytes, read), daemon=True)
        self.process.start()
        theirs.close()
        self.pipe.recv()  # it has loaded its libraries: the time of a file is the file's own

    def stop(self) -> None:
        self.pipe.close()
        self.process.join(STOP_SECONDS)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()

    def kill(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


def read_all(files: Iterable[Given]) -> Iterator[FileRead]:
    """What each file holds, in order: read apart, with limits, unless ``settings.READ_FILES_APART`` says otherwise."""
    if settings.READ_FILES_APART:
        yield from read_bounded(files)
    else:
        for file in files:
            yield read_file(file.data, file.name, file.wanted)


def read_bounded(
    files: Iterable[Given],
    *,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
    read: Read = read_file,
) -> Iterator[FileRead]:
    """What each file holds, in order; a file that cannot be read within the limits has its ``error`` set.

    ``seconds`` is the time for one file, ``megabytes`` what the reading process may address.
    """
    reader: _Reader | None = None
    try:
        for file in files:
            reader = reader or _Reader(megabytes, read)
            try:
                reader.pipe.send((file.data, file.name, file.wanted))
                if reader.pipe.poll(seconds):
                    yield reader.pipe.recv()
                    continue
                error = f"这个文件读了 {seconds:g} 秒还没读完，已经停下，什么也没有导入。请把它拆小，或另存一份再试"
            except (EOFError, OSError):
                error = "读这个文件时出了错，读取已经停下，什么也没有导入。请另存一份再试"
            reader.kill()
            reader = None
            yield FileRead("", error=error)
    finally:
        if reader:
            reader.stop()


def _serve(pipe: Connection, megabytes: int, read: Read) -> None:
    most = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    pipe.send("ready")
    with suppress(EOFError, KeyboardInterrupt):
        while True:
            data, name, wanted = pipe.recv()
            try:
                answer = read(data, name, wanted)
            except MemoryError:
                answer = FileRead("", error="这个文件展开后太大，内存不够，什么也没有导入。请把它拆小再试")
            pipe.send(answer)
