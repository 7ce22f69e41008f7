"""Kills `rollcall restart` at a random moment and has `rollcall resume` finish it; checks by /proc and by asking the workers."""
import json
import random
import shutil
import signal
import statistics
import subprocess
import time
from pathlib import Path
from typing import List, NamedTuple, Optional, Set

from arena import Arena, until
from load import WAYS, Journals, Load, below, comes_up
from processes import Proc


class Round(NamedTuple):
    """What came of one crash; `cut` and `note` are for whoever looks into it."""

    number: int
    cut: str
    leftovers: int
    harmed: int
    twice: int
    down: int
    interrupted: int
    missed: int
    seconds: float
    note: str

    def is_bad(self) -> bool:
        return bool(self.leftovers or self.harmed or self.twice or self.down or self.missed)


class Crash:
    """One round on an arena that is up.

    lengths: how long the latest runs took that nobody cut off; the moment is drawn from their median
    """

    def __init__(self, arena: Arena, load: Load, rng: random.Random, lengths: List[float]) -> None:
        self.arena = arena
        self.load = load
        self.rng = rng
        self.lengths = lengths
        self.whole = statistics.median(lengths[-5:])
        self.born: Set[Proc] = set()
        self.notes: List[str] = []

    def round(self, number: int) -> Round:
        kind = self.rng.choice(("busy", "busy", "idle", "orphans", "orphans+new"))
        self.prepare(kind)
        journals = Journals(self.arena)
        before, running = self.workers(), self.supervisords()
        begun = time.monotonic()
        moment = self.rng.uniform(0, self.whole)
        if not self.cut_off(self.restart(), moment):
            self.lengths.append(time.monotonic() - begun)
        self.see_born(before, running)
        cut = "%s at %.2f s, %s" % (kind, moment, self.last_word(journals))
        finisher = self.finish(before, running)
        changed = any(e["type"] == "shutdown_begun" for e in journals.events())
        seconds = time.monotonic() - begun
        return self.verdict(number, cut + ", " + finisher, journals, before, changed, seconds)

    def prepare(self, kind: str) -> None:
        self.load.forget()
        self.load.detach(self.rng.sample(WAYS, 2))
        if kind != "idle":
            self.load.occupy(self.rng)
        if kind.startswith("orphans"):
            for supervisord in self.supervisords():
                supervisord.signal(signal.SIGKILL)
            until("supervisord is gone", lambda: not self.supervisords())
        if kind.endswith("new"):
            (self.arena.root / "s").unlink()
            self.arena.start_supervisord()
            if not comes_up(self.arena, 60):
                raise RuntimeError("the arena does not come up beside its orphans")

    def workers(self) -> Set[Proc]:
        spared = {b.pid for b in self.load.bystanders}
        return {p for p in self.arena.celery() if p.pid not in spared}

    def supervisords(self) -> Set[Proc]:
        return {p for p in self.arena.processes() if p.is_supervisord()}

    def restart(self) -> List[str]:
        return self.arena.rollcall("restart", "--output", "json")

    def resume(self) -> List[str]:
        words = self.arena.rollcall("resume", "--output", "json")
        at = words.index("-c")
        return words[:at] + words[at + 2 :]

    def start(self, command: List[str]) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            command,
            env=self.arena.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            universal_newlines=True,
        )

    def cut_off(self, command: List[str], moment: float) -> bool:
        """The launcher has become the JVM: exactly that is killed, what it has started lives on. False if it was done before."""
        victim = self.start(command)
        try:
            victim.wait(moment)
        except subprocess.TimeoutExpired:
            victim.kill()
        victim.wait()
        for pipe in (victim.stdout, victim.stderr):
            assert pipe
            pipe.close()
        return victim.returncode == -signal.SIGKILL

    def see_born(self, before: Set[Proc], running: Set[Proc]) -> None:
        """Workers below a living supervisord that is none of before: nobody may stop them again."""
        for supervisord in self.supervisords() - running:
            tree = below(supervisord.pid)
            self.born |= {p for p in self.workers() - before if p.pid in tree and parent_is_no_worker(p)}

    def finish(self, before: Set[Proc], running: Set[Proc]) -> str:
        if self.rng.random() < 0.25:
            begun = time.monotonic()
            self.run_out(self.restart())
            self.lengths.append(time.monotonic() - begun)
            self.born = set()
            return "restart"
        finisher = "resume"
        if self.rng.random() < 0.25:
            moment = self.rng.uniform(0, self.whole)
            self.cut_off(self.resume(), moment)
            self.see_born(before, running)
            finisher = "resume cut at %.2f s, resume" % moment
        self.run_out(self.resume())
        return finisher

    def run_out(self, command: List[str]) -> None:
        run = self.start(command)
        out, err = run.communicate()
        if run.returncode != 0:
            self.notes.append("exit %d %s" % (run.returncode, said(out) or err.strip()[-200:]))

    def last_word(self, journals: Journals) -> str:
        events = journals.events()
        return str(events[-1]["type"]) if events else "not begun"

    def verdict(
        self, number: int, cut: str, journals: Journals, before: Set[Proc], changed: bool, seconds: float
    ) -> Round:
        harmed = self.load.harmed()
        if changed:
            down = int(not comes_up(self.arena, 20))
            leftovers = self.left(before)
        else:
            # nothing was begun: then nothing may have changed
            down, leftovers = 0, []
            harmed += sum(not p.is_alive() for p in before)
        interrupted = self.load.interrupted()
        missed = interrupted - journals.named()
        twice = [p for p in self.born if not p.is_alive()]
        for what, which in (("leftovers", leftovers), ("twice", twice), ("missed", sorted(missed))):
            if which:
                self.notes.append("%s %s" % (what, ", ".join(map(str, which))))
        found = (len(leftovers), harmed, len(twice), down, len(interrupted), len(missed))
        return Round(number, cut, *found, seconds=seconds, note="; ".join(self.notes))

    def left(self, before: Set[Proc]) -> List[Proc]:
        """Whatever is not below the supervisord of now: workers of before, and what a Rollcall that was killed has left."""
        tops = self.supervisords()
        trees: Set[int] = set().union(*(below(top.pid) for top in tops))
        own = trees | self.load.own()
        strangers = [p for p in self.arena.processes() if p.pid not in own and not p.is_supervisord()]
        lasting = [p for p in strangers if p.is_celery() or stays(p)]
        return lasting + [p for p in before if p.is_alive() and p.pid in own]


def parent_is_no_worker(process: Proc) -> bool:
    """A pool process may come and go with its main process' own life."""
    try:
        parent = Path("/proc/%d/stat" % process.pid).read_text().rpartition(")")[2].split()[1]
    except OSError:
        return True
    found = Proc.read(int(parent))
    return found is None or not found.is_celery() or found.command[0].endswith("sh")


def stays(process: Proc) -> bool:
    """A shell or a starter that is on its way out is no leftover."""
    deadline = time.monotonic() + 3
    while process.is_alive() and time.monotonic() < deadline:
        time.sleep(0.02)
    return process.is_alive()


def said(out: str) -> str:
    try:
        result = json.loads(out)
    except ValueError:
        return out.strip()[-200:]
    codes = [f["code"] for f in result.get("findings") or [] if f["severity"] != "info"]
    return "%s %s %s" % (result.get("outcome"), (result.get("error") or {}).get("code"), ",".join(codes))


def uncut(arena: Arena) -> float:
    """How long a run takes that nobody cuts off."""
    begun = time.monotonic()
    arena.result()
    return time.monotonic() - begun


def heal(arena: Arena, load: Load) -> None:
    """A round that changed nothing leaves its orphans, or no supervisord at all, behind."""
    trees = [below(p.pid) for p in arena.processes() if p.is_supervisord()]
    pids = {p.pid for p in arena.celery()} - {b.pid for b in load.bystanders}
    if len(trees) != 1 or pids - trees[0]:
        arena.result()


def keep(arena: Arena, number: int, folder: Optional[Path]) -> None:
    if folder:
        target = folder / ("round-%d" % number)
        unwanted = shutil.ignore_patterns("s", "marks", "tmp", "dump.rdb")
        shutil.copytree(str(arena.root), str(target), ignore=unwanted, dirs_exist_ok=True)
