"""Which workers were born in a round and which of them have ended, by supervisord's own log and by what the workers themselves wrote.

No look at the process table at the right moment is needed: whoever was born stands there, and whoever is gone at the end has ended.
"""
import json
import re
import time
from pathlib import Path
from typing import Any, Dict, Iterable, List, NamedTuple, Optional, Set

from arena import Arena

LINE = re.compile(r"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),(\d{3}) \S+ (.*)$")
STARTED = re.compile(r"^supervisord started with pid (\d+)$")
SPAWNED = re.compile(r"^spawned: '(.+)' with pid (\d+)$")
ENDED = re.compile(r"^(?:exited|stopped|killed): (\S+) \(")


class Process(NamedTuple):
    """A main or pool process as it wrote itself down."""

    pid: int
    start_ticks: int


class Life(NamedTuple):
    """One worker, by what supervisord has spawned: the main process or the shell around it.

    ended: when, as far as somebody has written that
    processes: main and pool processes below it
    """

    program: str
    pid: int
    born: float
    ended: Optional[float]
    processes: Set[Process]

    def __str__(self) -> str:
        return "%s %d" % (self.program, self.pid)


def spawned(log: str) -> List[Life]:
    """The workers of every supervisord that was started in this part of its log; those of one that was there before are not new."""
    lives: List[Life] = []
    running: Dict[str, int] = {}
    is_new = False
    for line in filter(None, map(LINE.match, log.splitlines())):
        at, text = seconds(line.group(1), line.group(2)), line.group(3)
        birth, end = SPAWNED.match(text), ENDED.match(text)
        if STARTED.match(text):
            is_new, running = True, {}
        elif birth and is_new:
            running[birth.group(1)] = len(lives)
            lives.append(Life(birth.group(1), int(birth.group(2)), at, None, set()))
        elif end and end.group(1) in running:
            index = running.pop(end.group(1))
            lives[index] = lives[index]._replace(ended=at)
    return lives


def seconds(stamp: str, thousandths: str) -> float:
    return time.mktime(time.strptime(stamp, "%Y-%m-%d %H:%M:%S")) + int(thousandths) / 1000


def with_diary(lives: List[Life], lines: Iterable[Dict[str, Any]]) -> List[Life]:
    """Every line is of the worker that supervisord has spawned under its pid, or under that of its parent, and so on."""
    top = {life.pid: index for index, life in enumerate(lives)}
    found = list(lives)
    for line in lines:
        index = top.get(line["pid"], top.get(line["parent"]))
        if index is None or line["at"] < found[index].born - 1:
            continue
        life = found[index]
        top[line["pid"]] = index
        if line["what"] == "asked":
            found[index] = life._replace(ended=min(line["at"], life.ended or line["at"]))
        else:
            found[index] = life._replace(processes=life.processes | {Process(line["pid"], line["start_ticks"])})
    return found


def shut_down_twice(lives: List[Life], alive: Set[Process], pids: Set[int], shutdowns: List[float]) -> List[Life]:
    """Those that have ended, in whole or in part, though no run began its (first) shutdown while they lived.

    alive: every process of the arena at the end; pids: theirs
    shutdowns: when each run of the round began to shut down for the first time; what it has started since is not its to stop
    """
    found = []
    for life in lives:
        is_whole = life.ended is None and life.pid in pids and life.processes <= alive
        until = life.ended or float("inf")
        if not is_whole and not any(life.born < begun <= until for begun in shutdowns):
            found.append(life)
    return found


class Lives:
    """Of one arena from now on. Made for a new round before anything of it happens."""

    def __init__(self, arena: Arena) -> None:
        self.arena = arena
        self.log = arena.root / "log" / "supervisord.log"
        self.diary = diary(arena)
        self.behind = self.log.stat().st_size
        self.known = self.diary.stat().st_size

    def twice(self, shutdowns: List[float]) -> List[Life]:
        lines = [json.loads(line) for line in since(self.diary, self.known).splitlines()]
        lives = with_diary(spawned(since(self.log, self.behind)), lines)
        now = self.arena.processes()
        alive = {Process(p.pid, p.start_ticks) for p in now}
        return shut_down_twice(lives, alive, {p.pid for p in now}, shutdowns)


def diary(arena: Arena) -> Path:
    return arena.root / "diary"


def since(file: Path, size: int) -> str:
    with file.open("rb") as opened:
        opened.seek(size)
        return opened.read().decode(errors="replace")


def have_diary(arena: Arena) -> None:
    """Before the arena is entered."""
    app = arena.root / "app"
    (app / "diary.py").write_bytes((Path(__file__).parent / "diary.py").read_bytes())
    with (app / "settings.py").open("a") as settings:
        settings.write("import diary\ndiary.keep('%s')\n" % diary(arena))
