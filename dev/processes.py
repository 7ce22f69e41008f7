"""Processes as /proc shows them, by pid and start time."""
import os
import signal
from pathlib import Path
from typing import List, NamedTuple, Optional


class Proc(NamedTuple):
    pid: int
    start_ticks: int
    command: List[str]

    def __eq__(self, other: object) -> bool:
        """It is the same one whatever it executes by now."""
        return isinstance(other, Proc) and other[:2] == self[:2]

    def __hash__(self) -> int:
        return hash(self[:2])

    def __str__(self) -> str:
        return "%d %s" % (self.pid, " ".join(self.command)[:60])

    @staticmethod
    def read(pid: int) -> Optional["Proc"]:
        """None if there is no such process, or only its zombie."""
        try:
            fields = Path("/proc/%d/stat" % pid).read_text().rpartition(")")[2].split()
            command = Path("/proc/%d/cmdline" % pid).read_bytes().decode(errors="replace").rstrip("\0").split("\0")
        except (OSError, IndexError):
            return None
        return None if fields[0] in "ZX" else Proc(pid, int(fields[19]), command)

    def is_alive(self) -> bool:
        """Still there, and not another process under the same pid."""
        now = Proc.read(self.pid)
        return now is not None and now.start_ticks == self.start_ticks

    def is_celery(self) -> bool:
        return "worker" in self.command and any(word.endswith("celery") for word in self.command)

    def is_supervisord(self) -> bool:
        return any(word.endswith("/supervisord") for word in self.command)

    def signal(self, number: signal.Signals) -> None:
        if self.is_alive():
            try:
                os.kill(self.pid, number)
            except ProcessLookupError:
                pass


def having(entries: List[str], word: str) -> List[Proc]:
    """Every living process with one of these entries in its environment, or with this word in its command line."""
    wanted = {entry.encode() for entry in entries}
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            environment = Path("/proc/%s/environ" % name).read_bytes().split(b"\0")
            words = Path("/proc/%s/cmdline" % name).read_bytes().split(b"\0")
        except OSError:
            continue
        is_wanted = word.encode() in words or not wanted.isdisjoint(environment)
        process = Proc.read(int(name)) if is_wanted else None
        if process:
            found.append(process)
    return found


def within(folder: Path) -> List[Proc]:
    """Every living process that was started in this folder or below, or has a path in there on its command line."""
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        process = Proc.read(int(name))
        try:
            place = os.readlink("/proc/%s/cwd" % name)
        except OSError:
            continue
        inside = [word for word in (place, *(process.command if process else ())) if word.startswith("%s/" % folder)]
        if process and inside and process.pid != os.getpid():
            found.append(process)
    return found
