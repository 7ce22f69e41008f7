"""Work on several arenas side by side, each in a process of its own: most of a round is waiting."""
import contextlib
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
from multiprocessing.connection import Connection
from typing import Any, Callable, Iterator, List, Tuple

from arena import Arena
from crash import Round
from lives import have_diary
from load import Load, locks, programs

Work = Callable[[Connection], None]


@contextlib.contextmanager
def arena_with_load(side: int) -> Iterator[Tuple[Arena, Load]]:
    arena = Arena(programs(side))
    have_diary(arena)
    with arena:
        load = Load(arena)
        try:
            yield arena, load
        finally:
            load.close()
            for file in locks(arena):
                # a round that was given up, or a fault: either way nobody holds it once its arena is gone
                print("removed %s" % file, file=sys.stderr)
                file.unlink(missing_ok=True)


def collect(works: List[Work], said: Callable[[Any], None]) -> None:
    """Every work in a process of its own, until all have closed their end; what they send is given to `said`."""
    sides, ends = [], []
    try:
        for work in works:
            end, to = multiprocessing.Pipe(duplex=False)
            sides.append(multiprocessing.Process(target=alone, args=(work, to)))
            sides[-1].start()
            to.close()
            ends.append(end)
        while ends:
            for end in multiprocessing.connection.wait(ends):
                assert isinstance(end, Connection)
                try:
                    said(end.recv())
                except EOFError:
                    ends.remove(end)
    finally:
        for side in sides:
            if side.is_alive():
                side.terminate()
        for side in sides:
            side.join()


def alone(work: Work, to: Connection) -> None:
    """The first signal leaves every context; another one must not cut that short."""

    def leave(*_: object) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        sys.exit(130)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)
    work(to)
    to.close()


class Parent:
    """Nobody works on for one who is gone."""

    def __init__(self) -> None:
        self.pid = os.getppid()

    def is_there(self) -> bool:
        return os.getppid() == self.pid


COLUMNS = "%-5s %9s %6s %5s %4s %6s %4s %5s %11s %7s  %s"
HEADING = COLUMNS % (
    (
        "run",
        "leftovers",
        "harmed",
        "twice",
        "down",
        "missed",
        "exit",
        "locks",
        "interrupted",
        "seconds",
        "cut off; note",
    )
)


def row(label: object, r: Round) -> str:
    text = "; ".join(part for part in (r.how, r.note) if part)
    if r.broken:
        return (COLUMNS % ((label,) + ("-",) * 9 + (text,))).rstrip()
    numbers = (r.leftovers, r.harmed, r.twice, r.down, r.missed, r.exit, r.locks, r.interrupted)
    return (COLUMNS % ((label,) + numbers + ("%.1f" % r.seconds, text))).rstrip()
