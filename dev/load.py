"""What runs on an arena while it is restarted: one long task a node, detached bystanders; and the truth about both, by /proc."""
import calendar
import hashlib
import json
import os
import random
import signal
import subprocess
import time
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Set, Tuple

from arena import SHARED, Arena, celery, wrapped
from processes import Proc

WAYS = ("nohup", "setsid", "child", "fork-exec", "fork", "fork-setsid")
NODES = ("t", "w")


def programs(side: int) -> List[Dict[str, str]]:
    """One that its long task keeps beyond stopwaitsecs, or that stops cold at once; and one that outlives its supervisord."""
    first = celery("t", more("t"))
    if side % 2 == 0:
        first.update(stopsignal="TERM", stopwaitsecs="2")
    return [first, dict(wrapped("w", more("w")), stopwaitsecs="3")]


def more(queue: str) -> str:
    return "-Q celery,%s --without-mingle --without-gossip" % queue


class Task(NamedTuple):
    id: str
    node: str
    process: Proc


class Load:
    """Speaks to the workers through one long-lived client; it has the arena's marker and is ended with it."""

    def __init__(self, arena: Arena) -> None:
        self.arena = arena
        self.programs = set(NODES)
        self.tasks: List[Task] = []
        self.bystanders: List[Proc] = []
        self.client = subprocess.Popen(
            ["/usr/bin/python3", "-B", str(SHARED / "client.py")],
            cwd=str(arena.root / "app"),
            env=dict(arena.environment, PYTHONPATH=str(arena.root / "app")),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            universal_newlines=True,
        )

    def send(self, name: str, *arguments: object, queue: str = "celery") -> str:
        request = {"do": "send", "name": "tasks." + name, "args": arguments, "queue": queue}
        assert self.client.stdin and self.client.stdout
        self.client.stdin.write(json.dumps(request) + "\n")
        self.client.stdin.flush()
        return str(json.loads(self.client.stdout.readline())["id"])

    def detach(self, ways: List[str]) -> None:
        for task in [self.send("detach", way, 3600) for way in ways]:
            found = Proc.read(int(self.arena.mark(task, "child")))
            assert found is not None
            self.bystanders.append(found)

    def forget(self) -> None:
        """What an earlier round has interrupted is that round's."""
        self.tasks = [task for task in self.tasks if task.process.is_alive()]

    def occupy(self, rng: random.Random) -> None:
        """One long task on each node that has none: the other pool process is for what is to be detached."""
        for node in NODES:
            if node not in [task.node for task in self.tasks]:
                task = self.send(rng.choice(("nap", "nap_late")), 3600, queue=node)
                process = Proc.read(int(self.arena.mark(task, "started")))
                assert process is not None
                self.tasks.append(Task(task, node, process))

    def interrupted(self) -> Set[str]:
        """The process that ran it is gone, an hour before its time."""
        return {task.id for task in self.tasks if not task.process.is_alive()}

    def harmed(self) -> int:
        return sum(not bystander.is_alive() for bystander in self.bystanders)

    def dismiss(self) -> None:
        """Bystanders are no use any more once they were looked after."""
        for bystander in self.bystanders:
            bystander.signal(signal.SIGKILL)
        self.bystanders = []

    def own(self) -> Set[int]:
        """Pids of the arena that belong to no supervisord and to no worker."""
        return {self.client.pid, self.arena.redis.pid} | {bystander.pid for bystander in self.bystanders}

    def close(self) -> None:
        self.dismiss()
        assert self.client.stdin and self.client.stdout
        self.client.stdin.close()
        self.client.stdout.close()
        self.client.wait()


class Journals:
    """What Rollcall wrote since the last look."""

    def __init__(self, arena: Arena) -> None:
        self.folder = arena.root / "state" / "runs"
        self.known = set(self._files())
        self._read: Dict[Path, Tuple[int, List[Dict[str, Any]]]] = {}

    def _files(self) -> List[Path]:
        names = os.listdir(str(self.folder)) if self.folder.is_dir() else []
        return sorted(self.folder / name for name in names if name.endswith(".jsonl"))

    def files(self) -> List[Path]:
        return [path for path in self._files() if path not in self.known]

    def events(self) -> List[Dict[str, Any]]:
        """Of all runs of this round."""
        found = []
        for path in self.files():
            size = path.stat().st_size
            # asked a thousand times a second while a run is watched
            if self._read.get(path, (-1, []))[0] != size:
                self._read[path] = (size, whole_lines(path.read_bytes()))
            found += self._read[path][1]
        return found

    def named(self) -> Set[str]:
        return {e["task"]["id"] for e in self.events() if e["type"] == "task_interrupted"}

    def shutdowns(self) -> List[float]:
        """When each run began to shut down for the first time."""
        first: Dict[str, float] = {}
        for event in self.events():
            if event["type"] == "shutdown_begun":
                first.setdefault(event["run_id"], moment(event["at"]))
        return list(first.values())

    def types(self) -> List[str]:
        return [str(event["type"]) for event in self.events()]


def whole_lines(text: bytes) -> List[Dict[str, Any]]:
    """A line that was cut off is none, and nothing stands behind one."""
    found = []
    for line in text.split(b"\n")[:-1]:
        try:
            found.append(dict(json.loads(line.decode())))
        except ValueError:
            break
    return found


def moment(at: str) -> float:
    """Of a journal's time, which has up to nine places behind the second, or none."""
    second, _, rest = at.rstrip("Z").partition(".")
    return calendar.timegm(time.strptime(second, "%Y-%m-%dT%H:%M:%S")) + float("0." + (rest or "0"))


def host_lock(locked: Path) -> Path:
    """Where a run locks this configuration, or an engine its folder, on the host."""
    name = hashlib.sha256(str(locked.resolve()).encode()).hexdigest()[:32]
    return Path("/run/lock/rollcall-%s.lock" % name)


def locks(arena: Arena) -> List[Path]:
    """Files of locks: there while a run holds them, and until the next one ends if it was killed."""
    here = [host_lock(arena.conf), host_lock(arena.root / "state" / "engine")]
    return [p for p in here + sorted((arena.root / "state" / "locks").glob("*.lock")) if p.exists()]


def parent(process: Proc) -> int:
    """0 if it is gone."""
    try:
        return int(Path("/proc/%d/stat" % process.pid).read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def below(top: int) -> Set[int]:
    """The pids of a process' whole tree, itself included."""
    children: Dict[int, List[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue
        children.setdefault(parent, []).append(int(stat.parent.name))
    found, left = set(), [top]
    while left:
        pid = left.pop()
        found.add(pid)
        left += children.get(pid, [])
    return found
