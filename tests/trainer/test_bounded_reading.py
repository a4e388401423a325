"""Reading in a process of its own: what a file does to its reader it does to nothing else."""

import os
import time

import pytest

from trainer.commands.bounded_reading import Given, read_bounded
from trainer.readers.files import FileRead

pytestmark = pytest.mark.filterwarnings("error")


def behave(data, name, wanted):
    """A reader that does what the file says."""
    match data:
        case b"sleep":
            time.sleep(30)
        case b"eat":
            bytearray(4_000_000_000)
        case b"die":
            os._exit(9)
    return FileRead(data.decode())


def formats(*files, **limits):
    given = [Given(f"{number}.txt", data) for number, data in enumerate(files)]
    return [read.error or read.format for read in read_bounded(given, read=behave, **limits)]


def test_files_are_read_in_their_order():
    assert formats(b"one", b"two", b"three") == ["one", "two", "three"]


def test_no_file_needs_no_process():
    assert formats() == []


@pytest.mark.parametrize(
    ("bad", "says"), [(b"sleep", "还没读完"), (b"eat", "内存不够"), (b"die", "出了错")], ids=["slow", "greedy", "fatal"]
)
def test_a_bad_file_has_its_error_and_the_next_one_is_read(bad, says):
    before, error, after = formats(b"before", bad, b"after", seconds=5)

    assert (before, after) == ("before", "after")
    assert says in error


def test_the_real_reader_reads_there():
    text = "1. 签收后第几天起算？\nA. 当天\nB. 次日\n答案：B\n"

    (read,) = read_bounded([Given("bank.txt", text.encode())])

    assert [question.stem for question in read.questions] == ["签收后第几天起算？"]
