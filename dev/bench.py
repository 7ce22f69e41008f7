"""Measures `rollcall restart` against the floor and against the shell procedure, in one run, taking turns."""
import argparse
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from statistics import median
from typing import Callable, Dict, List

import bench_ansible
import bench_journals
import bench_serve
import contenders
from arena import LAUNCHER, REPOSITORY, Arena, celery, stop_on_signals
from contenders import Figures, Goal


def turns(arena: Arena, count: int) -> Dict[str, List[Figures]]:
    figures: Dict[str, List[Figures]] = {"floor": [], "procedure": [], "rollcall": []}
    for turn in range(count):
        for name in figures:
            arena.mark(arena.send("nap", 600), "started")
            figures[name].append(getattr(contenders, name)(arena))
            print("turn %d  %-9s %s" % (turn + 1, name, line(figures[name][-1])), flush=True)
    return figures


def line(one: Figures) -> str:
    return "total %5.2f s   downtime %5.2f s" % (one.total, one.downtime)


def version_seconds() -> float:
    def once() -> float:
        begun = time.monotonic()
        subprocess.run([str(LAUNCHER), "--version"], check=True, stdout=subprocess.DEVNULL)
        return time.monotonic() - begun

    return median([once() for _ in range(5)])


def first_call_seconds(arena: Arena) -> float:
    """From exec to the first connection to supervisord, seen by a relay in front of its socket."""
    real, front = arena.root / "real", arena.root / "s"
    front.rename(real)
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(front))
            listener.listen(16)
            listener.settimeout(10)
            begun = time.monotonic()
            command = arena.rollcall("roll", "--output", "json")
            run = subprocess.Popen(command, env=arena.environment, stdout=subprocess.DEVNULL)
            first = listener.accept()[0]
            seconds = time.monotonic() - begun
            threading.Thread(target=relay_all, args=(listener, first, real), daemon=True).start()
            run.wait()
            return seconds
    finally:
        front.unlink()
        real.rename(front)


def relay_all(listener: socket.socket, connection: socket.socket, real: Path) -> None:
    while True:
        supervisord = socket.socket(socket.AF_UNIX)
        supervisord.connect(str(real))
        for pair in ((connection, supervisord), (supervisord, connection)):
            threading.Thread(target=relay, args=pair, daemon=True).start()
        try:
            connection = listener.accept()[0]
        except OSError:
            return


def relay(source: socket.socket, sink: socket.socket) -> None:
    try:
        for data in iter(lambda: source.recv(65536), b""):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def goals(figures: Dict[str, List[Figures]], version: float, first_call: float) -> List[Goal]:
    def of(name: str, pick: Callable[[Figures], float]) -> float:
        return median([pick(f) for f in figures[name]])

    total = {name: of(name, lambda f: f.total) for name in figures}
    down = {name: of(name, lambda f: f.downtime) for name in figures}
    print("\nmedians    " + "   ".join("%s: %.2f s, down %.2f s" % (n, total[n], down[n]) for n in figures))
    inspect = {name: of(name, lambda f: f.inspect_seconds) for name in figures}
    print("the roll   once connected: %.1f ms   celery inspect active: %.0f ms\n"
          % (inspect["rollcall"] * 1000, inspect["procedure"] * 1000))
    return [
        Goal("total, as part of the procedure's", total["rollcall"] / total["procedure"], 0.80, ""),
        Goal("downtime, as part of the floor's", down["rollcall"] / down["floor"], 1.08, ""),
        Goal("added to the floor in all", total["rollcall"] - total["floor"], 0.60, "s"),
        Goal("the roll over Redis, once connected", inspect["rollcall"] * 1000, 10, "ms"),
        Goal("the roll, of celery inspect's time", inspect["rollcall"] / inspect["procedure"] * 100, 1.0, "%"),
        Goal("rollcall --version", version, 0.25, "s"),
        Goal("first call to supervisord after exec", first_call, 0.50, "s"),
        Goal("largest resident size of a restart", of("rollcall", lambda f: f.max_rss_mb), 110, "MB"),
    ]


def scale() -> int:
    """The figures of src/test/java/dev/rollcall/core/Scale.java, in a JVM as small as the launcher's."""
    target = REPOSITORY / "target"
    folders = [target / "classes", target / "test-classes"]
    if not (folders[1] / "dev/rollcall/core/Scale.class").exists():
        print("bench: tried to find the compiled tests but %s has none; run: mvn test-compile" % folders[1], file=sys.stderr)
        return 2
    java = ["java", "-XX:TieredStopAtLevel=1", "-XX:CompileThresholdScaling=8", "-XX:+UseSerialGC"]
    java += ["-Xms64m", "-Xmn24m", "-Xmx96m", "-Xss512k"]
    path = ":".join(str(folder) for folder in folders)
    return subprocess.run(java + ["-cp", path, "dev.rollcall.core.Scale"], check=False).returncode


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("turns", nargs="?", type=int, default=5, help="how often each contender runs (5)")
    parser.add_argument("--check", action="store_true", help="exit 1 if a goal is missed")
    parser.add_argument("--ansible", action="store_true", help="only what a task costs that finds nothing to do")
    parser.add_argument("--scale", action="store_true", help="only how long a plan takes on a crowded host")
    parser.add_argument("--journals", action="store_true", help="only what 10,000 journals of former runs cost")
    parser.add_argument("--serve", action="store_true", help="only what the engine takes")
    options = parser.parse_args()
    if options.scale:
        return scale()
    stop_on_signals()
    if options.ansible:
        results = bench_ansible.goals(options.turns)
        return report(results, options.check)
    if options.journals:
        return report(bench_journals.goals(), options.check)
    if options.serve:
        return report(bench_serve.goals(), options.check)
    with Arena([celery("q")]) as arena:
        first_call = median([first_call_seconds(arena) for _ in range(3)])
        results = goals(turns(arena, options.turns), version_seconds(), first_call)
    return report(results, options.check)


def report(results: List[Goal], check: bool) -> int:
    for goal in results:
        print(goal.line())
    return 1 if check and not all(goal.is_met() for goal in results) else 0


if __name__ == "__main__":
    sys.exit(main())
