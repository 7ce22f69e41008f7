"""What runs on an arena while it is restarted: one long task a node, detached bystanders; and the truth about both, by /proc."""
import hashlib
import json
import random
import signal
import subprocess
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Set

from arena import SHARED, Arena, celery, until, wrapped
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

    def _files(self) -> List[Path]:
        return sorted(self.folder.glob("*.jsonl"))

    def files(self) -> List[Path]:
        return [path for path in self._files() if path not in self.known]

    def events(self) -> List[Dict[str, Any]]:
        """Of all runs of this round; a line that was cut off is none."""
        found = []
        for path in self.files():
            for line in path.read_text().splitlines():
                try:
                    found.append(dict(json.loads(line)))
                except ValueError:
                    break
        return found

    def named(self) -> Set[str]:
        return {e["task"]["id"] for e in self.events() if e["type"] == "task_interrupted"}


def host_lock(arena: Arena) -> Path:
    """Where a run locks this arena on its host."""
    name = hashlib.sha256(str(arena.conf.resolve()).encode()).hexdigest()[:32]
    return Path("/run/lock/rollcall-%s.lock" % name)


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


def up(arena: Arena) -> bool:
    """One supervisord, and below it as many main processes that answer as it has programs."""
    supervisords = [p for p in arena.processes() if p.is_supervisord()]
    if len(supervisords) != 1:
        return False
    tree = below(supervisords[0].pid)
    return sum(pid in tree for pid in arena.pidbox.main_pids(0.5)) == arena.nodes


def comes_up(arena: Arena, patience: float) -> bool:
    try:
        until("the service is up", lambda: up(arena), patience, pause=0.1)
        return True
    except TimeoutError:
        return False
