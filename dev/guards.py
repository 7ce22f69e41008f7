"""Removes the guards of docs/safety.md one at a time from a copy of the checkout, and sees whether the tests that it cites notice.

Nothing but a test that ran and failed counts as noticing: not a text that is not there, not a compiler's error, not a test that
nobody found, not one that was red before.
"""
import argparse
import sys
import time
from collections import Counter
from typing import List, Tuple

from arena import stop_on_signals
from guard_list import Guard, faults, read
from scratch import CouldNotRun, Scratch

ROW = "%-4s %-11s %-56s %s"


def chosen(arguments: argparse.Namespace) -> List[Guard]:
    wanted = [g for g in read() if not arguments.promises or g.promise in arguments.promises]
    return [g for g in wanted if arguments.only in g.text()]


def baseline(scratch: Scratch, guards: List[Guard]) -> List[str]:
    """What is not green although nothing was changed."""
    tests = sorted({test for guard in guards for test in guard.tests})
    seen = scratch.run(tests)
    return ["%s is %s without any change" % (test, seen[test]) for test in tests if seen[test] != "green"]


def verdicts(scratch: Scratch, guard: Guard) -> List[Tuple[str, str]]:
    """Each cited test, and whether it noticed that the guard was gone."""
    try:
        with scratch.without(guard):
            seen = scratch.run(guard.tests)
    except CouldNotRun as cause:
        return [(test, str(cause)) for test in guard.tests]
    return [(test, "caught" if seen[test] == "red" else "NOT CAUGHT, it is " + seen[test]) for test in guard.tests]


def table(scratch: Scratch, guards: List[Guard]) -> Counter:
    counts: Counter = Counter()
    print(ROW % ("", "", "without", "by"))
    for guard in guards:
        for test, verdict in verdicts(scratch, guard):
            print(ROW % (guard.promise, verdict, guard.what, test.rpartition("/")[2]), flush=True)
            counts["caught" if verdict == "caught" else "not caught"] += 1
    return counts


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/guards", description=__doc__.partition("\n")[0])
    parser.add_argument("promises", nargs="*", metavar="S1", help="these promises only")
    parser.add_argument("--only", default="", metavar="WORD", help="guards with this word in their entry")
    parser.add_argument("--check", action="store_true", help="see only whether every entry's text and tests are there; runs nothing")
    return parser.parse_args()


def main() -> int:
    asked = arguments()
    guards = chosen(asked)
    wrong = faults(guards)
    if wrong or not guards or asked.check:
        print("\n".join(wrong) or ("no such guard" if not guards else "%d entries fit the sources" % len(guards)))
        return 1 if wrong or not guards else 0
    stop_on_signals()
    began = time.monotonic()
    with Scratch() as scratch:
        red = baseline(scratch, guards)
        if red:
            print("\n".join(red))
            return 1
        counts = table(scratch, guards)
    print("%d guards, %d pairs of guard and test: %d caught, %d not; %.0f s" % (
        len(guards), sum(counts.values()), counts["caught"], counts["not caught"], time.monotonic() - began))
    return 1 if counts["not caught"] else 0


if __name__ == "__main__":
    sys.exit(main())
