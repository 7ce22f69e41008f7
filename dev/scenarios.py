"""Plays the scenarios in ansible/tests/arena, three at a time, for they mostly wait for servers of their own: scenarios.py [FILE...]

Each has a process of its own and its output in one piece. What it takes from the environment is told in playing.py there.
"""
import subprocess
import sys
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Iterator, List, Tuple

FOLDER = Path(__file__).resolve().parent.parent / "ansible" / "tests" / "arena"
AT_ONCE = 3


def names(suite: unittest.TestSuite) -> Iterator[str]:
    for each in suite:
        if isinstance(each, unittest.TestSuite):
            yield from names(each)
        else:
            yield each.id()


def play(name: str) -> Tuple[int, str]:
    command = [sys.executable, "-B", "-m", "unittest", "-v", name]
    run = subprocess.run(command, cwd=str(FOLDER), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return run.returncode, run.stdout.decode(errors="replace")


def main(files: List[str]) -> int:
    sys.path.insert(0, str(FOLDER))
    # the longest ones come late in the alphabet: they begin first
    wanted = files or sorted((path.stem for path in FOLDER.glob("test_*.py")), reverse=True)
    loader = unittest.TestLoader()
    every = list(names(loader.loadTestsFromNames(wanted)))
    if loader.errors:
        print("\n".join(loader.errors))
        return 1
    failed = []
    with ThreadPoolExecutor(AT_ONCE) as several:
        for name, (rc, said) in zip(every, several.map(play, every)):
            print(said, flush=True)
            if rc:
                failed.append(name)
    print("%d of %d scenarios passed" % (len(every) - len(failed), len(every)))
    for name in failed:
        print("failed: " + name)
    return 1 if failed or not every else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
