"""What 10,000 journals of former runs cost: to list them, and to find the one of a token, beside a folder with a single one."""
import json
import subprocess
import time
import zlib
from datetime import datetime, timedelta, timezone
from pathlib import Path
from statistics import median
from typing import Dict, List

from arena import LAUNCHER, Arena, celery
from contenders import Goal

MANY = 10_000
TURNS = 7
CONFIG = "keeps-all.yaml"
RESTART = ("restart", "--output", "json", "--token")


def goals() -> List[Goal]:
    with Arena([celery("q")]) as arena:
        (arena.root / CONFIG).write_text("journals: {keep: %d}\n" % (2 * MANY))
        run(arena, *RESTART, "release")
        lists, finds = seconds(arena, "runs"), seconds(arena, *RESTART, "release")
        fill(arena.root / "state" / "runs")
        run(arena, *RESTART, "release-%d" % MANY)
        lists_many, finds_many = seconds(arena, "runs"), seconds(arena, *RESTART, "release-%d" % (MANY // 2))
    print("rollcall runs   %.2f s of one run, %.2f s of %d" % (lists, lists_many, MANY))
    print("a token's run   %.2f s of one run, %.2f s of %d\n" % (finds, finds_many, MANY))
    return [
        Goal("runs over %d journals, after its start" % MANY, lists_many - lists, 0.5, "s"),
        Goal("a token among %d runs, after its start" % MANY, (finds_many - finds) * 1000, 50, "ms"),
    ]


def run(arena: Arena, *words: str) -> None:
    conf = [] if words[0] == "runs" else ["-c", str(arena.conf)]
    places = ["--state-dir", str(arena.root / "state"), "--config", str(arena.root / CONFIG)]
    command = [str(LAUNCHER), *words, *conf, *places]
    ended = subprocess.run(command, env=arena.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if ended.returncode:
        raise RuntimeError("tried to run %s but it ended with %d: %s" % (words[0], ended.returncode, ended.stderr.decode()))


def seconds(arena: Arena, *words: str) -> float:
    def once() -> float:
        begun = time.monotonic()
        run(arena, *words)
        return time.monotonic() - begun

    return median([once() for _ in range(TURNS)])


def fill(folder: Path) -> None:
    """The journal of a real run, again and again: one a minute before it, each with a run id and a token of its own."""
    model = max(folder.glob("*.jsonl"), key=lambda file: file.stat().st_size)
    lines = [json.loads(line) for line in model.read_text().splitlines()]
    first = datetime.strptime(model.name[:16], "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)
    for number in range(1, MANY + 1):
        earlier = first - timedelta(minutes=number)
        run_id = "%s-%06x" % (earlier.strftime("%Y%m%dT%H%M%SZ"), number)
        text = "".join(line(dict(event), run_id, "release-%d" % number, timedelta(minutes=number)) for event in lines)
        (folder / (run_id + ".jsonl")).write_text(text)


def line(event: Dict, run_id: str, token: str, earlier: timedelta) -> str:
    """As the journal writes it: whoever reads it trusts no line whose checksum is wrong."""
    del event["crc"]
    at = datetime.strptime(event["at"][:19], "%Y-%m-%dT%H:%M:%S") - earlier
    event.update(run_id=run_id, at=at.strftime("%Y-%m-%dT%H:%M:%SZ"))
    if event["type"] == "requested":
        event["options"]["token"] = token
    body = json.dumps(event, separators=(",", ":"), ensure_ascii=False)[:-1]
    return '%s,"crc":"%08x"}\n' % (body, zlib.crc32(body.encode()))
