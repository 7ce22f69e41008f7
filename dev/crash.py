"""Cuts `rollcall restart` off by SIGKILL and has `rollcall resume` finish it; checks by /proc, by logs and by asking the service."""
import json
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Dict, List, NamedTuple, Optional, Set

from arena import Arena, until
from lives import Lives
from load import WAYS, Journals, Load, below, locks
from moments import Length, Moment, cut_off
from processes import Proc
from service import comes_up

KINDS = ("busy", "busy", "idle", "orphans", "orphans+new")


class Round(NamedTuple):
    """What came of one draw.

    cut: the last event on disk when the run was killed; empty if it was over by then, so that this was no crash
    exit: of whoever finished it; locks: files that nobody holds any more
    how, note: for whoever looks into it; broken: there is no verdict, for the arena failed
    """

    number: int
    cut: str = ""
    leftovers: int = 0
    harmed: int = 0
    twice: int = 0
    down: int = 0
    interrupted: int = 0
    missed: int = 0
    exit: int = 0
    locks: int = 0
    seconds: float = 0.0
    how: str = ""
    note: str = ""
    broken: bool = False

    def is_crash(self) -> bool:
        return bool(self.cut) and not self.broken

    def faults(self) -> Set[str]:
        return {name for name in FAULTS if getattr(self, name)}

    def is_bad(self) -> bool:
        return self.broken or bool(self.faults())


FAULTS = ("leftovers", "harmed", "twice", "down", "missed", "exit", "locks")


class Scene:
    """What there is right before a run begins, and what is read of it from then on."""

    def __init__(self, arena: Arena, load: Load) -> None:
        spared = {b.pid for b in load.bystanders}
        self.workers = {p for p in arena.celery() if p.pid not in spared}
        self.journals = Journals(arena)
        self.lives = Lives(arena)
        self.begun = time.monotonic()


class Crash:
    """One draw on an arena that is up.

    lengths: of the latest run of each kind that nobody cut off; moments are drawn from them
    """

    def __init__(self, arena: Arena, load: Load, rng: random.Random, lengths: Dict[str, Length]) -> None:
        self.arena = arena
        self.load = load
        self.rng = rng
        self.lengths = lengths
        self.exit = 0
        self.killed_with_lock = False
        self.notes: List[str] = []

    def round(self, number: int) -> Round:
        kind = self.rng.choice(KINDS)
        return self.cut(number, kind, Moment.draw(self.rng, self.length(kind)))

    def length(self, kind: str) -> Length:
        """Of a kind that was never seen whole: more than of one that has nothing to do."""
        idle = self.lengths["idle"]
        return self.lengths.get(kind, idle._replace(events=idle.events + 4))

    def cut(self, number: int, kind: str, moment: Moment) -> Round:
        self.prepare(kind)
        scene = Scene(self.arena, self.load)
        victim = self.start(self.restart())
        whole = cut_off(victim, moment, scene.journals.types)
        last = scene.journals.types()[-1:]
        if whole and not last:
            raise RuntimeError("restart ended with %d and without a journal" % victim.returncode)
        how = "%s, at %s" % (kind, moment)
        if last == ["ended"]:
            self.killed_with_lock = not whole
            self.lengths[kind] = whole or self.length(kind)
            self.exit = max(0, victim.returncode)
            return self.verdict(Round(number, how=how + ", was over"), scene)
        how += ", behind %s, %s" % (last[0], self.finish(scene))
        return self.verdict(Round(number, cut=last[0], how=how), scene)

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
            wrong = comes_up(self.arena, self.load.programs, 60)[1]
            if wrong:
                raise RuntimeError("the arena does not come up beside its orphans: " + wrong)

    def supervisords(self) -> Set[Proc]:
        return {p for p in self.arena.processes() if p.is_supervisord()}

    def restart(self) -> List[str]:
        return self.arena.rollcall("restart", "--output", "json")

    def resume(self) -> List[str]:
        words = self.arena.rollcall("resume", "--output", "json")
        at = words.index("-c")
        return words[:at] + words[at + 2 :]

    def start(self, command: List[str]) -> "subprocess.Popen[str]":
        """The launcher becomes the JVM: exactly that is what is killed, what it has started lives on."""
        null = subprocess.DEVNULL
        return subprocess.Popen(command, env=self.arena.environment, stdin=null, stdout=null, stderr=null)

    def finish(self, scene: Scene) -> str:
        if self.rng.random() < 0.25:
            self.run_out(self.restart())
            return "restart"
        if self.rng.random() < 0.25:
            return self.cut_resume(scene) + self.run_out(self.resume())
        return self.run_out(self.resume())

    def cut_resume(self, scene: Scene) -> str:
        known = len(scene.journals.types())
        moment = Moment.draw(self.rng, self.lengths["idle"])
        whole = cut_off(self.start(self.resume()), moment, lambda: scene.journals.types()[known:])
        behind = (scene.journals.types()[known:] or ["nothing"])[-1]
        # nothing is left for the next one to do, so nobody takes the lock and lets it go
        self.killed_with_lock = not whole and behind == "ended"
        return "resume to its end, " if whole else "resume cut behind %s, " % behind

    def run_out(self, command: List[str]) -> str:
        run = subprocess.run(
            command,
            env=self.arena.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            universal_newlines=True,
        )
        self.exit = run.returncode
        if run.returncode != 0:
            self.notes.append("exit %d %s" % (run.returncode, said(run.stdout) or run.stderr.strip()[-200:]))
        return command[1]

    def verdict(self, drawn: Round, scene: Scene) -> Round:
        at_once, wrong = comes_up(self.arena, self.load.programs, 20)
        if at_once and not wrong:
            self.notes.append("up only after a while, at first " + at_once)
        leftovers = self.left(scene.workers)
        interrupted = self.load.interrupted()
        missed = sorted(interrupted - scene.journals.named())
        twice = scene.lives.twice(scene.journals.shutdowns())
        locked = [] if self.killed_with_lock else locks(self.arena)
        for what, which in (("leftovers", leftovers), ("twice", twice), ("missed", missed), ("locks", locked)):
            if which:
                self.notes.append("%s: %s" % (what, ", ".join(map(str, which))))
        return drawn._replace(
            leftovers=len(leftovers),
            harmed=self.load.harmed(),
            twice=len(twice),
            down=int(bool(wrong)),
            interrupted=len(interrupted),
            missed=len(missed),
            exit=self.exit,
            locks=len(locked),
            seconds=time.monotonic() - scene.begun,
            note="; ".join(self.notes + ["down: " + wrong] * bool(wrong)),
        )

    def left(self, before: Set[Proc]) -> List[Proc]:
        """Whatever is not below the supervisord of now: workers of before, and what a Rollcall that was killed has left."""
        tops = self.supervisords()
        trees: Set[int] = set().union(*(below(top.pid) for top in tops))
        own = trees | self.load.own()
        strangers = [p for p in self.arena.processes() if p.pid not in own and not p.is_supervisord()]
        lasting = [p for p in strangers if p.is_celery() or stays(p)]
        return lasting + [p for p in before if p.is_alive() and p.pid in own]


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


def uncut(arena: Arena) -> Length:
    """Of a run that nobody cuts off and that has nothing to do but to restart."""
    null = subprocess.DEVNULL
    command = arena.rollcall("restart", "--output", "json")
    journals = Journals(arena)
    run = subprocess.Popen(command, env=arena.environment, stdin=null, stdout=null, stderr=null)
    whole = cut_off(run, Moment(seconds=float("inf")), journals.types)
    if not whole or run.returncode != 0:
        raise RuntimeError("the first restart of the arena ended with %d" % run.returncode)
    return whole


def keep(arena: Arena, name: str, folder: Optional[Path]) -> None:
    if folder:
        unwanted = shutil.ignore_patterns("s", "marks", "tmp", "dump.rdb")
        shutil.copytree(str(arena.root), str(folder / name), ignore=unwanted, dirs_exist_ok=True)
