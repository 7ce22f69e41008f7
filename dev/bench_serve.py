"""What the engine takes: time to accept a request, to begin a run, to be ready; memory at rest."""
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import List

from arena import Arena, celery, until
from contenders import Goal
from firehose import Shower
from load import locks, moment, whole_lines
from serving import Serving

RATE = 500
WARM, SECONDS = 5, 15
REST = 30
DROPS = 20
STARTS = 5
# so long a supervisord waits for its worker, and the engine for supervisord
PATIENT = "120"


def goals() -> List[Goal]:
    with Arena([celery("q")]) as arena:
        serving = Serving(arena, timer=False)
        starts = [start_seconds(serving) for _ in range(STARTS)]
        report("start to ready", starts, "s")
        serving.start()
        fresh = resident(serving)
        begins = [begin_seconds(serving, n) for n in range(DROPS)]
        report("rename to run under way", [b * 1000 for b in begins], "ms")
        used = resident(serving)
        print("resident    after the start %.1f MB, after %d runs %.1f MB, each after %d s of rest" % (fresh, DROPS, used, REST))
        accept(serving, "while it restarts", SECONDS)
        end(serving)
    quiet = accept_seconds()
    return [
        Goal("HTTP accept, p99 at %d/s" % RATE, percentile(quiet.took, 99) * 1000, 10, "ms"),
        Goal("rename to run under way, median", median(begins) * 1000, 300, "ms"),
        Goal("rename to run under way, max", max(begins) * 1000, 300, "ms"),
        Goal("resident at rest after the start", fresh, 110, "MB"),
        Goal("resident at rest after runs", used, 110, "MB"),
        Goal("start to ready, median", median(starts), 1.5, "s"),
    ]


def accept_seconds() -> Shower:
    """While a run is under way that waits: every request joins the next one, is written and flushed, and no restart takes the processors."""
    with Arena([dict(celery("q"), stopsignal="TERM", stopwaitsecs=PATIENT)]) as arena:
        arena.mark(arena.send("nap", 600), "started")
        serving = Serving(arena, timer=False)
        serving.start()
        serving.post({}, "first")
        until("it waits for supervisord", lambda: any("shutdown_begun" in j.read_text() for j in journals(serving)), 60)
        accept(serving, "to warm up", WARM)
        shower = accept(serving, "while a run waits", SECONDS)
        end(serving)
        return shower


def end(serving: Serving) -> None:
    """In the middle of a run, so that nobody lets go of its locks any more."""
    serving.kill()
    for file in locks(serving.arena):
        file.unlink()


def start_seconds(serving: Serving) -> float:
    begun = time.monotonic()
    serving.start()
    seconds = time.monotonic() - begun
    serving.stop()
    return seconds


def begin_seconds(serving: Serving, number: int) -> float:
    """By the first event of the run's journal; waits until the run is over and put away."""
    written = serving.arena.root / "tmp" / ("drop-%d.json" % number)
    written.write_text("{}")
    known = journals(serving)
    at = time.time()
    written.rename(serving.inbox / written.name)
    until("it is put away", lambda: list((serving.inbox / "done").glob(written.name + ".*.result.json")), 60)
    until("it has left the inbox", lambda: not (serving.inbox / written.name).exists())
    (run,) = journals(serving) - known
    return moment(whole_lines(run.read_bytes())[0]["at"]) - at


def journals(serving: Serving) -> "set[Path]":
    return set((serving.state / "runs").glob("*.jsonl"))


def resident(serving: Serving) -> float:
    """At rest: nothing to wait for but time."""
    time.sleep(REST)
    assert serving.process
    for line in Path("/proc/%d/status" % serving.process.pid).read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("the engine has no resident size")


def accept(serving: Serving, label: str, seconds: float) -> Shower:
    """Every request has a key of its own, so every one is written and flushed."""
    firehose = str(Path(__file__).parent / "firehose.py")
    token = str(serving.arena.root / "token")
    command = [sys.executable, "-B", firehose, str(serving.port), token, str(RATE), str(seconds), label.replace(" ", "-")]
    shower = Shower(**json.loads(subprocess.check_output(command, input=b"{}")))
    if shower.wrong:
        raise RuntimeError("%d requests were not accepted, e.g. %s" % (len(shower.wrong), shower.wrong[0]))
    report("accept %s" % label, [t * 1000 for t in shower.took], "ms")
    report("  of it behind its time when sent", [t * 1000 for t in shower.late], "ms")
    return shower


def report(name: str, figures: List[float], unit: str) -> None:
    shares = "   ".join("p%-4s %7.2f" % (share, percentile(figures, share)) for share in (50, 90, 99, 99.9))
    print("%-34s %s   max %7.2f %s of %d; load %.1f" % (name, shares, max(figures), unit, len(figures), os.getloadavg()[0]), flush=True)


def percentile(figures: List[float], share: float) -> float:
    ordered = sorted(figures)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share / 100))]
