"""Crash rounds on several arenas side by side, each in a process of its own: most of a round is waiting."""
import argparse
import multiprocessing
import multiprocessing.connection
import os
import random
import signal
import sys
import time
import traceback
from multiprocessing.connection import Connection
from pathlib import Path
from typing import List, Optional

from arena import Arena, stop_on_signals
from crash import Crash, Round, heal, keep, uncut
from load import Load, host_lock, programs

COLUMNS = "%-5s %9s %6s %5s %4s %11s %6s %7s  %s"


class Side:
    def __init__(self, index: int, numbers: List[int], options: argparse.Namespace, to: Connection) -> None:
        self.index = index
        self.numbers = numbers
        self.options = options
        self.to = to
        self.parent = os.getppid()

    def run(self) -> None:
        stop_once()
        self.parent = os.getppid()
        while self.numbers and os.getppid() == self.parent:
            try:
                self.on_one_arena()
            except Exception as broken:  # this arena is of no use any more: its round is reported as one that failed
                traceback.print_exc()
                number = self.numbers.pop(0)
                self.to.send(Round(number, "the arena broke", 0, 0, 0, 1, 0, 0, 0.0, repr(broken)))
        self.to.close()

    def on_one_arena(self) -> None:
        with Arena(programs(self.index)) as arena:
            load = Load(arena)
            try:
                lengths = [uncut(arena)]
                while self.numbers and os.getppid() == self.parent and self.one_round(arena, load, lengths):
                    heal(arena, load)
            finally:
                load.close()
                host_lock(arena).unlink(missing_ok=True)

    def one_round(self, arena: Arena, load: Load, lengths: List[float]) -> bool:
        """False if the arena is not fit for another one."""
        number = self.numbers[0]
        rng = random.Random("%s/%d" % (self.options.seed, number))
        result = Crash(arena, load, rng, lengths).round(number)
        load.dismiss()
        self.numbers.pop(0)
        self.to.send(result)
        if result.is_bad() or result.note:
            keep(arena, number, self.options.keep)
        return not result.is_bad()


def stop_once() -> None:
    """The first signal leaves every context; another one must not cut that short."""

    def leave(*_: object) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        sys.exit(130)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)


def row(label: object, r: Round) -> str:
    text = "; ".join(part for part in (r.cut, r.note) if part)
    numbers = (r.leftovers, r.harmed, r.twice, r.down, r.interrupted, r.missed)
    return (COLUMNS % ((label,) + numbers + ("%.1f" % r.seconds, text))).rstrip()


def collect(options: argparse.Namespace, rounds: List[Round]) -> None:
    sides, ends = [], []
    try:
        for index in range(min(options.side, options.crash)):
            end, to = multiprocessing.Pipe(duplex=False)
            numbers = list(range(index + 1, options.crash + 1, options.side))
            sides.append(multiprocessing.Process(target=Side(index, numbers, options, to).run))
            sides[-1].start()
            to.close()
            ends.append(end)
        while ends:
            for end in multiprocessing.connection.wait(ends):
                assert isinstance(end, Connection)
                try:
                    rounds.append(end.recv())
                except EOFError:
                    ends.remove(end)
                    continue
                print(row(rounds[-1].number, rounds[-1]), flush=True)
    finally:
        for side in sides:
            if side.is_alive():
                side.terminate()
        for side in sides:
            side.join()


def totals(rounds: List[Round], seconds: float) -> str:
    def of(field: int) -> int:
        return sum(r[field] for r in rounds)

    lines = (
        ("runs", len(rounds)),
        ("service up at the end", len(rounds) - of(5)),
        ("leftovers", of(2)),
        ("bystanders harmed", of(3)),
        ("workers shut down twice", of(4)),
        ("tasks interrupted", of(6)),
        ("tasks missed", of(7)),
        ("seconds", round(seconds)),
    )
    return "\n".join("%-24s %d" % line for line in lines)


def main(words: Optional[List[str]] = None) -> int:
    parser = argparse.ArgumentParser(prog="soak", description=__doc__)
    parser.add_argument("--crash", type=int, metavar="N", required=True, help="how many rounds")
    parser.add_argument("--side", type=int, metavar="N", default=4, help="arenas side by side (4)")
    parser.add_argument("--seed", default=str(int(time.time())), help="for kind of load, moments and finishers")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="copy logs and journals of odd rounds there")
    options = parser.parse_args(words)
    stop_on_signals()
    print("seed %s, %d side by side" % (options.seed, options.side))
    print(COLUMNS % ("run", "leftovers", "harmed", "twice", "down", "interrupted", "missed", "seconds", "cut off; note"))
    begun = time.monotonic()
    rounds: List[Round] = []
    try:
        collect(options, rounds)
    finally:
        print(totals(rounds, time.monotonic() - begun))
    is_whole = len(rounds) == options.crash
    return 0 if is_whole and not any(r.leftovers or r.harmed or r.twice or r.down for r in rounds) else 1
