"""A small HTTP/1.1 client that keeps some connections busy: bounded by a number of requests, never by time."""

import asyncio
import time
from collections.abc import Iterable, Sequence


class Unexpected(Exception):
    """An answer that is not the one the measurement is about, so that the figure would mean nothing."""


def request(method: str, path: str, port: int, headers: dict[str, str], body: bytes = b"") -> bytes:
    lines = [
        f"{method} {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        f"Content-Length: {len(body)}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


def requests_per_second(port: int, each: Sequence[Iterable[bytes]], expected: bytes) -> float:
    """Send each connection's requests one after the other, all connections at once.

    Every answer must be 200 and contain ``expected``; raises ``Unexpected`` otherwise.
    """
    each = [list(requests) for requests in each]
    started = time.perf_counter()
    asyncio.run(_all(port, each, expected))
    return sum(map(len, each)) / (time.perf_counter() - started)


async def _all(port: int, each: Sequence[Sequence[bytes]], expected: bytes) -> None:
    async with asyncio.TaskGroup() as group:
        for requests in each:
            group.create_task(_one(port, requests, expected))


async def _one(port: int, requests: Sequence[bytes], expected: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request_ in requests:
        writer.write(request_)
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        body = await reader.readexactly(int(length.partition(b":")[2]))
        if not head.startswith(b"HTTP/1.1 200") or expected not in body:
            raise Unexpected(f"{head.decode()}{body[:300].decode(errors='replace')}")
    writer.close()
    await writer.wait_closed()


def latencies(port: int, each: Sequence[Sequence[bytes]], expected: bytes, gap: float) -> list[float]:
    """Seconds that each answer took, when every connection sends its requests ``gap`` seconds apart.

    The connections begin evenly spread over one gap, as people do who type. Every answer must be 200 and contain
    ``expected``; raises ``Unexpected`` otherwise.
    """
    return asyncio.run(_all_paced(port, each, expected, gap))


async def _all_paced(port: int, each: Sequence[Sequence[bytes]], expected: bytes, gap: float) -> list[float]:
    taken: list[float] = []
    async with asyncio.TaskGroup() as group:
        for place, requests in enumerate(each):
            group.create_task(_one_paced(port, requests, expected, gap, place * gap / len(each), taken))
    return taken


async def _one_paced(
    port: int, requests: Sequence[bytes], expected: bytes, gap: float, start: float, taken: list[float]
) -> None:
    began = time.perf_counter()
    for number, request_ in enumerate(requests):
        await asyncio.sleep(max(0.0, began + start + number * gap - time.perf_counter()))
        sent = time.perf_counter()
        await _one(port, [request_], expected)
        taken.append(time.perf_counter() - sent)
