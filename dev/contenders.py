"""Three ways to restart the same arena; each ends when the node answers again."""
import json
import os
import socket
import subprocess
import time
from typing import Callable, Dict, List, NamedTuple

from arena import Arena, until
from processes import Proc


class Figures(NamedTuple):
    total: float
    downtime: float
    max_rss_mb: float
    inspect_seconds: float


class Goal(NamedTuple):
    name: str
    measured: float
    limit: float
    unit: str

    def line(self) -> str:
        verdict = "met" if self.is_met() else "MISSED"
        return "%-46s %8.2f %-3s goal <= %6.2f  %s" % (self.name, self.measured, self.unit, self.limit, verdict)

    def is_met(self) -> bool:
        return self.measured <= self.limit


class Stopwatch:
    """Started before a restart; the downtime begins when supervisord is asked to stop, as in Rollcall's own figure."""

    def __init__(self, arena: Arena) -> None:
        self.arena = arena
        self.supervisord = arena.supervisord()
        self.begun = self.asked = time.monotonic()

    def until_supervisord_is_gone(self, pause: float, meanwhile: Callable[[], object]) -> None:
        def over() -> bool:
            meanwhile()
            return not self.supervisord.is_alive()

        until("supervisord is gone", over, 60, pause)

    def until_the_node_answers(self, meanwhile: Callable[[], object]) -> None:
        def answers() -> bool:
            meanwhile()
            return bool(self.arena.pidbox.main_pids(0.2, 1))

        until("the node answers", answers, 60, 0.01)

    def figures(self, inspect_seconds: float = 0.0) -> Figures:
        now = time.monotonic()
        return Figures(now - self.begun, now - self.asked, 0.0, inspect_seconds)


def rpc(arena: Arena, method: str) -> bool:
    """One XML-RPC call without arguments; false if supervisord does not listen."""
    body = "<?xml version='1.0'?><methodCall><methodName>supervisor.%s</methodName></methodCall>" % method
    head = "POST /RPC2 HTTP/1.0\r\nContent-Type: text/xml\r\nContent-Length: %d\r\n\r\n" % len(body)
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(5)
            connection.connect(str(arena.root / "s"))
            connection.sendall((head + body).encode())
            return bool(connection.recv(4096))
    except OSError:
        return False


def floor(arena: Arena) -> Figures:
    """One RPC, one wait, one start, all polled by RPC: nobody can do it faster with what supervisord offers."""
    watch = Stopwatch(arena)
    rpc(arena, "shutdown")
    watch.until_supervisord_is_gone(0.01, lambda: rpc(arena, "getState"))
    arena.start_supervisord()
    watch.until_the_node_answers(lambda: rpc(arena, "getState"))
    return watch.figures()


def procedure(arena: Arena) -> Figures:
    """The shell procedure: save the pids, shut down, (its missing) wait, kill what was saved, start."""
    watch = Stopwatch(arena)
    inspect = ["/usr/bin/python3", "-m", "celery", "-A", "tasks", "inspect", "active", "--json"]
    begun = time.monotonic()
    output = subprocess.check_output(inspect, cwd=str(arena.root / "app"), env=arena.environment)
    inspected = time.monotonic() - begun
    saved = [Proc.read(pid) for pid in worker_pids(json.loads(output.decode()))]
    watch.asked = time.monotonic()
    arena.supervisorctl("shutdown")
    watch.until_supervisord_is_gone(0.1, lambda: None)
    for process in filter(None, saved):
        process.signal(9)  # type: ignore[arg-type]
    arena.start_supervisord()
    watch.until_the_node_answers(lambda: None)
    return watch.figures(inspected)


def worker_pids(active: Dict[str, List[Dict[str, int]]]) -> List[int]:
    return [task["worker_pid"] for tasks in active.values() for task in tasks]


def rollcall(arena: Arena) -> Figures:
    """`rollcall restart`; the downtime is its own figure, the total is until its process has ended."""
    watch = Stopwatch(arena)
    output = arena.root / "result.json"
    with output.open("wb") as out, (arena.root / "log" / "rollcall.err").open("wb") as err:
        process = subprocess.Popen(
            arena.rollcall("restart", "--output", "json"), env=arena.environment, stdout=out, stderr=err
        )
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = status
    figures = watch.figures()
    result = json.loads(output.read_text() or "{}")
    if status or result.get("outcome") != "succeeded":
        raise RuntimeError("rollcall failed: %s %s" % (result.get("error"), (arena.root / "log/rollcall.err").read_text()))
    watch.until_the_node_answers(lambda: None)
    detail = next(step["detail"] for step in result["steps"] if step["name"] == "inspect")
    asked = float(detail.split(" answered in ")[1].split(" ms")[0])
    return Figures(figures.total, result["downtime_ms"] / 1000, usage.ru_maxrss / 1024, asked / 1000)
