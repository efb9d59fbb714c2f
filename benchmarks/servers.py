"""The servers of the benchmark: each started on a port of its own, asked over a kept connection, its CPU time read."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parents[1]


class Server:
    """One server with its processes; `also` are others whose work counts too, those of PostgreSQL."""

    def __init__(self, name: str, command: list[str], env: dict[str, str], also: int | None = None) -> None:
        self.name, self._also = name, also
        self._spent: dict[int, float] = {}
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        command = [part.replace("PORT", str(self.port)) for part in command]
        env = {**os.environ, **env, "PORT": str(self.port)}
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._connection: http.client.HTTPConnection | None = None

    def __enter__(self) -> Server:
        for _attempt in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.1)
        raise TimeoutError(f"{self.name} didn't start")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(20)

    def connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)

    def get(self, address: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body, over a connection that is kept."""
        for attempt in (0, 1):
            if self._connection is None:
                self._connection = self.connection()
            try:
                self._connection.request("GET", address, headers=headers or {})
                response = self._connection.getresponse()
                return response.status, {k.lower(): v for k, v in response.getheaders()}, response.read()
            except (http.client.HTTPException, ConnectionError):
                self._connection = None
                if attempt:
                    raise
        raise AssertionError

    def cpu(self) -> float:
        """Seconds of CPU, user and system, of all its processes so far, of those that ended as they were last seen."""
        for pid in (*tree(self._process.pid), *(tree(self._also) if self._also else ())):
            self._spent[pid] = max(self._spent.get(pid, 0.0), _cpu(pid))
        return sum(self._spent.values())

    def settled(self) -> float:
        """The same once nothing more is done: an answer is there before the work after it has ended."""
        before = self.cpu()
        for _look in range(50):
            time.sleep(0.0005)
            now = self.cpu()
            if now == before:
                break
            before = now
        return before

    def memory(self) -> float:
        """The most memory of its own that one of its processes has now, in MB; pages of the database's file aside."""
        peaks = [0.0]
        for pid in tree(self._process.pid):
            text = Path(f"/proc/{pid}/status").read_text()
            peaks += [int(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith("RssAnon")]
        return max(peaks)


def tree(pid: int) -> list[int]:
    """A process and all below it."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(deeper for child in children for deeper in tree(int(child)))]


def _cpu(pid: int) -> float:
    """By the scheduler's own count, in nanoseconds: ticks are too coarse for one request."""
    total = 0
    for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        try:
            total += int(task.read_text().split()[0])
        except OSError:
            continue
    return total / 1e9


def gunicorn(module: str) -> list[str]:
    """As Dateline is deployed: two workers of four threads."""
    return [sys.executable, "-m", "gunicorn", "--config", "python:timeline.gunicorn", module]
