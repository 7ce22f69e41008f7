"""The story of bin/demo: a worker that survives, what the usual procedure makes of it, and `rollcall restart`."""
import os
import subprocess
import sys
from typing import List

from arena import Arena, stop_on_signals, until, wrapped
from processes import Proc

COLOURED = sys.stdout.isatty() and "NO_COLOR" not in os.environ


def say(colour: int, text: str) -> None:
    print("\033[%dm%s\033[0m" % (colour, text) if COLOURED else text, flush=True)


def chapter(text: str) -> None:
    say(1, "\n" + text)


def check(fact: str, holds: bool) -> bool:
    say(32 if holds else 31, "  %s %s" % ("yes" if holds else "NO ", fact))
    return holds


def show(what: str, processes: List[Proc]) -> None:
    print("  %s: %s" % (what, ", ".join(str(p.pid) for p in processes)), flush=True)


def by_hand(arena: Arena) -> None:
    """supervisorctl shutdown, the wait that most scripts lack, supervisord."""
    supervisord = arena.supervisord()
    arena.supervisorctl("shutdown")
    until("supervisord is gone", lambda: not supervisord.is_alive())
    arena.start_supervisord()
    arena.await_nodes(2)


def story(arena: Arena) -> bool:
    chapter("1. A supervisord with one Celery node, started through a shell as many are")
    task = arena.send("nap", 600)
    arena.mark(task, "started")
    report = arena.detached("nohup")
    old = arena.celery()
    show("Celery", old)
    show("a report that a task has started with nohup and that must live", [report])

    chapter("2. Restarted by hand: supervisorctl shutdown, wait, supervisord")
    by_hand(arena)
    say(31, "  Two nodes of one name now answer: supervisord stopped the shell only, the old node works on with old code.")
    show("still there from before", [p for p in old if p.is_alive()])

    chapter("3. rollcall restart")
    old = arena.celery()
    exit_code = subprocess.run(arena.rollcall("restart"), env=arena.environment).returncode

    chapter("4. Afterwards")
    mains = arena.await_nodes()
    facts = [
        check("rollcall ended with 0 (it was %d)" % exit_code, exit_code == 0),
        check("every Celery process of before is gone", not any(p.is_alive() for p in old)),
        check("the report lives, pid %d, never touched" % report.pid, report.is_alive()),
        check("one node answers, and it is a new one: %s" % mains, len(mains) == 1),
    ]
    return all(facts)


def main() -> int:
    stop_on_signals()
    with Arena([wrapped("w")]) as arena:
        went_well = story(arena)
    print("\nThe folder and every process of this demonstration are gone.")
    return 0 if went_well else 1


if __name__ == "__main__":
    sys.exit(main())
