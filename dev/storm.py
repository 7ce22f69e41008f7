"""bin/soak --serve N: so many triggers within a minute, over HTTP, by file and by timer, while the engine is killed again and again."""
import argparse
import random
import threading
import time
from pathlib import Path
from typing import Dict, List, Optional, Set, Tuple, Type

import evidence
import judge
from arena import Arena, stop_on_signals, until
from crash import Crash, Scene, keep
from lives import have_diary
from load import Load, locks, programs
from senders import Senders, plan
from service import comes_up
from serving import Serving

PATIENCE = 180.0


class Storm:
    """One storm on an arena that is up."""

    wanted: Set[str] = set()

    def __init__(self, arena: Arena, load: Load, serving: Serving, options: argparse.Namespace) -> None:
        self.arena = arena
        self.load = load
        self.serving = serving
        self.options = options
        self.rng = random.Random(options.seed)
        self.senders = Senders(serving, random.Random("%s/files" % options.seed))
        self.exit = -1
        self.timer: List[float] = []

    def run(self) -> None:
        self.load.detach(["nohup", "setsid", "fork-setsid"])
        self.load.occupy(self.rng)
        self.scene = Scene(self.arena, self.load)
        self.serving.start()
        seconds = self.options.seconds
        begun = time.time()
        wants = plan(self.rng, self.options.serve - round(seconds), seconds)
        sending = threading.Thread(target=self.senders.send_all, args=(wants,))
        sending.start()
        self.kill_at(sorted(self.rng.uniform(2, seconds - 1) for _ in range(self.options.kills)))
        sending.join()
        self.answers = self.senders.answers()
        time.sleep(max(0.0, begun + seconds - time.time()))
        self.timer = [float(s) for s in range(int(begun) + 1, int(begun + seconds))]
        self.drain()

    def kill_at(self, moments: List[float]) -> None:
        begun = time.monotonic()
        for number, moment in enumerate(moments):
            time.sleep(max(0.0, begun + moment - time.monotonic()))
            following = begun + (moments[number + 1] if number + 1 < len(moments) else moment + 60)
            self.serving.kill_and_start(self.rng.uniform(0, 1), following)

    def drain(self) -> None:
        """The timer rings for ever: an engine without it carries out what is left, and so must do what others have accepted."""
        self.stop()
        self.serving.configure(timer=False)
        self.serving.start()
        until("all requests are carried out", self.is_drained, PATIENCE, pause=0.2)
        self.stop()

    def stop(self) -> None:
        self.exit = max(self.exit, self.serving.stop())

    def is_drained(self) -> bool:
        """What is not gone then is told by the evidence."""
        waiting = list((self.serving.state / "queue").glob("*.jsonl"))
        return not waiting and not any(p.is_file() for p in self.serving.inbox.iterdir())

    def evidence(self) -> evidence.Evidence:
        return evidence.read(self.serving, self.answers, self.senders.dropped, self.timer)

    def verdict(self) -> Dict[str, List[str]]:
        """By the evidence on disk, by /proc and by asking the service."""
        found = judge.judge(self.evidence())
        down = comes_up(self.arena, self.load.programs, 30)[1]
        crash = Crash(self.arena, self.load, self.rng, {})
        found["leftovers"] = [str(p) for p in crash.left(self.scene.workers)]
        found["harmed"] = ["%d bystanders" % self.load.harmed()] if self.load.harmed() else []
        found["twice"] += ["worker %s" % life for life in self.scene.lives.twice(self.scene.journals.shutdowns())]
        found["missed"] = sorted(self.load.interrupted() - self.scene.journals.named())
        found["down"] = [down] if down else []
        found["locks"] = [str(file) for file in locks(self.arena)]
        found["engine"] = self.defects()
        return found

    def defects(self) -> List[str]:
        wrong = judge.defects(self.serving.log.read_text(errors="replace"))
        return wrong[:5] + (["exit code %d" % self.exit] if self.exit else [])

    def figures(self) -> Dict[str, object]:
        e = self.evidence()
        http = [a for a in self.answers if a.run]
        down = sum(o.ended - o.begun for o in e.outages)
        return {
            "triggers over HTTP, answered with a run": len(http),
            "  of them with a key": sum(bool(a.key) for a in http),
            "  of them with a key of another": len([a for a in http if a.key]) - len({a.key for a in http if a.key}),
            "  asked again after a lost or refused answer": sum(a.tries > 1 for a in http),
            "files dropped": len(e.dropped),
            "firings of the timer": len(e.timer),
            "  of them accepted one by one": len(evidence.firings(e.runs)),
            "engine killed": self.options.kills,
            "  seconds without it": "%.1f" % down,
            "runs": len(e.runs),
            "tasks interrupted": len(self.load.interrupted()),
        }


def on_an_arena(options: argparse.Namespace, kind: Type[Storm] = Storm) -> Tuple[Dict[str, List[str]], Dict[str, object]]:
    """What is wrong, and the figures."""
    arena = Arena(programs(0))
    have_diary(arena)
    with arena:
        load = Load(arena)
        try:
            one = kind(arena, load, Serving(arena), options)
            one.run()
            found = one.verdict()
            if {name for name, which in found.items() if which} != one.wanted:
                keep(arena, "storm-%s" % options.seed, options.keep)
            return found, one.figures()
        finally:
            load.close()


def main(words: Optional[List[str]] = None) -> int:
    parser = argparse.ArgumentParser(prog="soak", description=__doc__)
    parser.add_argument("--serve", type=int, metavar="N", nargs="?", const=1000, required=True, help="how many triggers (1000)")
    parser.add_argument("--seconds", type=float, default=60, help="within how long (60)")
    parser.add_argument("--kills", type=int, default=5, help="how often the engine is killed (5)")
    parser.add_argument("--seed", default=str(int(time.time())), help="for what is asked, when, and for the kills")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="copy logs and journals there if something is wrong")
    options = parser.parse_args(words)
    stop_on_signals()
    print("seed %s, %d triggers within %.0f s, %d kills" % (options.seed, options.serve, options.seconds, options.kills))
    begun = time.monotonic()
    found, figures = on_an_arena(options)
    print("\n".join("%-48s %s" % pair for pair in figures.items()))
    for name, which in found.items():
        print("%-48s %d" % ("wrong: " + name, len(which)))
        print("".join("    %s\n" % one for one in which[:10]), end="")
    print("%-48s %d" % ("seconds", time.monotonic() - begun))
    return 1 if any(found.values()) else 0
