"""Restarts one arena again and again under mixed load, and checks by /proc after each."""
import argparse
import sys
import time
from typing import List, NamedTuple

import controls
import crashes
import storm
import storm_controls
from arena import Arena, celery, stop_on_signals, wrapped
from load import WAYS
from processes import Proc
from service import comes_up

NODES = {"q", "w"}


class Round(NamedTuple):
    leftovers: int
    harmed: int
    down: int
    interrupted: int
    missed: int
    seconds: float


def one_round(arena: Arena, number: int, bystanders: List[Proc]) -> Round:
    bystanders.append(arena.detached(WAYS[number % len(WAYS)], 3600))
    tasks = [arena.send(name, 600) for name in ("nap", "nap_late")]
    for task in tasks:
        arena.mark(task, "started")
    spared = {b.pid for b in bystanders}
    old = [p for p in arena.celery() if p.pid not in spared]
    begun = time.monotonic()
    result = arena.result()
    seconds = time.monotonic() - begun
    named = {task["id"] for task in result["interrupted_tasks"]}
    return Round(
        leftovers=sum(p.is_alive() for p in old),
        harmed=sum(not b.is_alive() for b in bystanders),
        down=int(result["service"] != "up" or bool(comes_up(arena, NODES, 20)[1])),
        interrupted=len(named),
        missed=len(set(tasks) - named),
        seconds=seconds,
    )


def row(label: str, r: Round) -> str:
    columns = (label, r.leftovers, r.harmed, r.down, r.interrupted, r.missed, r.seconds)
    return "%-6s %9d %17s %10s %18d %12d %8.2f" % columns


def total(rounds: List[Round]) -> Round:
    sums = [sum(r[i] for r in rounds) for i in range(5)]
    return Round(*[int(s) for s in sums], seconds=sum(r.seconds for r in rounds) / max(1, len(rounds)))


def main() -> int:
    words = {word.split("=")[0] for word in sys.argv[1:]}
    if "--crash" in words:
        return crashes.main()
    if "--crash-controls" in words:
        return controls.main()
    if "--serve" in words:
        return storm.main()
    if "--serve-controls" in words:
        return storm_controls.main()
    others = "Or: --crash N, --crash-controls, --serve N, --serve-controls; --help behind one of these says more"
    parser = argparse.ArgumentParser(prog="soak", description=__doc__, epilog=others)
    parser.add_argument("runs", nargs="?", type=int, default=20, help="how many restarts (20)")
    runs = parser.parse_args().runs
    stop_on_signals()
    rounds: List[Round] = []
    bystanders: List[Proc] = []
    print("run    leftovers bystanders harmed times down tasks interrupted tasks missed  seconds")
    with Arena([celery("q"), wrapped("w")]) as arena:
        for number in range(runs):
            rounds.append(one_round(arena, number, bystanders))
            print(row(str(number + 1), rounds[-1]), flush=True)
    whole = total(rounds)
    print(row("all", whole))
    return 1 if whole.leftovers or whole.harmed or whole.down or whole.missed else 0


if __name__ == "__main__":
    sys.exit(main())
