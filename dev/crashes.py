"""bin/soak --crash N: so many restarts that are cut off in the middle of their work, and what the figures add up to."""
import argparse
import collections
import random
import time
import traceback
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Dict, List, Optional

from arena import Arena, stop_on_signals
from crash import Crash, Round, keep, uncut
from load import Load
from moments import Length
from sides import HEADING, Parent, arena_with_load, collect, row

DRAWS = 20


class Side:
    """Rounds of these numbers, one after the other, each drawn again until it is a crash."""

    def __init__(self, index: int, numbers: List[int], options: argparse.Namespace) -> None:
        self.index = index
        self.numbers = numbers
        self.options = options
        self.draws = 0

    def run(self, to: Connection) -> None:
        self.parent = Parent()
        while self.numbers and self.parent.is_there():
            try:
                self.on_one_arena(to)
            except Exception as broken:  # no verdict, and no arena any more: counted apart
                traceback.print_exc()
                to.send(Round(self.numbers[0], broken=True, note=repr(broken)))
                self.next()

    def on_one_arena(self, to: Connection) -> None:
        with arena_with_load(self.index) as (arena, load):
            lengths = {"idle": uncut(arena)}
            while self.numbers and self.parent.is_there() and self.one_draw(arena, load, lengths, to):
                pass

    def one_draw(self, arena: Arena, load: Load, lengths: Dict[str, Length], to: Connection) -> bool:
        """False if the arena is not fit for another one."""
        number = self.numbers[0]
        self.draws += 1
        rng = random.Random("%s/%d/%d" % (self.options.seed, number, self.draws))
        result = Crash(arena, load, rng, lengths).round(number)
        if result.is_bad():
            keep(arena, "round-%d-%d" % (number, self.draws), self.options.keep)
        load.dismiss()
        to.send(result)
        if result.is_crash() or self.draws == DRAWS:
            self.next()
        return not result.is_bad()

    def next(self) -> None:
        self.numbers.pop(0)
        self.draws = 0


class Count:
    """What came of all draws. Only crashes are runs; the others are looked at as well, and counted apart."""

    def __init__(self) -> None:
        self.crashes: List[Round] = []
        self.others: List[Round] = []
        self.broken: List[Round] = []

    def add(self, drawn: Round) -> None:
        (self.broken if drawn.broken else self.crashes if drawn.is_crash() else self.others).append(drawn)
        if drawn.is_crash() or drawn.is_bad():
            print(row(drawn.number, drawn), flush=True)

    def is_good(self, wanted: int) -> bool:
        return len(self.crashes) == wanted and not any(r.is_bad() for r in self.crashes + self.others + self.broken)

    def of(self, field: str) -> int:
        return sum(int(getattr(r, field)) for r in self.crashes)

    def lines(self, seconds: float) -> str:
        lines = [
            ("runs cut off", len(self.crashes)),
            ("service up at the end", sum(not r.down for r in self.crashes)),
            ("leftovers", self.of("leftovers")),
            ("bystanders harmed", self.of("harmed")),
            ("workers shut down twice", self.of("twice")),
            ("tasks interrupted", self.of("interrupted")),
            ("tasks missed", self.of("missed")),
            ("finished with an exit code", sum(bool(r.exit) for r in self.crashes)),
            ("locks left", self.of("locks")),
            ("not counted: over before the cut", len(self.others)),
            ("  and not well", sum(r.is_bad() for r in self.others)),
            ("not counted: the arena failed", len(self.broken)),
            ("seconds", round(seconds)),
        ]
        return "\n".join("%-34s %d" % line for line in lines)

    def cuts(self) -> str:
        """Which was the last event on disk, how often."""
        found = collections.Counter(r.cut for r in self.crashes)
        return "\n".join("  %-32s %d" % pair for pair in found.most_common())


def main(words: Optional[List[str]] = None) -> int:
    parser = argparse.ArgumentParser(prog="soak", description=__doc__)
    parser.add_argument("--crash", type=int, metavar="N", required=True, help="how many runs to cut off")
    parser.add_argument("--side", type=int, metavar="N", default=4, help="arenas side by side (4)")
    parser.add_argument("--seed", default=str(int(time.time())), help="for kind of load, moments and finishers")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="copy logs and journals of bad rounds there")
    options = parser.parse_args(words)
    stop_on_signals()
    print("seed %s, %d side by side" % (options.seed, options.side))
    print(HEADING)
    begun = time.monotonic()
    count = Count()
    numbers = range(1, options.crash + 1)
    sides = [Side(i, list(numbers[i :: options.side]), options) for i in range(min(options.side, options.crash))]
    try:
        collect([side.run for side in sides], count.add)
    finally:
        print(count.lines(time.monotonic() - begun))
        print("last event before the cut\n" + count.cuts())
    return 0 if count.is_good(options.crash) else 1
