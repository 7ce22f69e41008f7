"""What a storm has left on disk: journals, requests, files; and the requests of clients. Read once, judged elsewhere."""
import json
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional, Set

from load import moment, whole_lines
from senders import Asked, Dropped
from serving import TIMER, Outage, Serving

RESULT = ".result.json"
GOOD = {"succeeded", "nothing_to_do"}


class Run(NamedTuple):
    """By its journal and its requests. accepted: the first of them; keys: of all; begun: None if it has no journal."""

    id: str
    accepted: float
    keys: Set[str]
    begun: Optional[float] = None
    ended: Optional[float] = None
    ends: int = 0
    outcome: str = ""
    waits: bool = False

    def is_good(self) -> bool:
        return self.ends == 1 and self.outcome in GOOD and not self.waits


class Shelved(NamedTuple):
    """One file that the engine has put away. run, outcome: of its result; empty if it has none that can be read."""

    name: str
    id: str
    folder: str
    run: str
    outcome: str


class Evidence(NamedTuple):
    asked: List[Asked]
    dropped: List[Dropped]
    runs: Dict[str, Run]
    shelved: List[Shelved]
    left: List[str]
    outages: List[Outage]
    timer: List[float]


def read(serving: Serving, asked: List[Asked], dropped: List[Dropped], timer: List[float]) -> Evidence:
    """timer: the seconds in which the timer was to fire"""
    lying = [p.name for p in serving.inbox.iterdir() if p.is_file()]
    odd = [p.name for f in ("done", "failed") for p in (serving.inbox / f).iterdir() if p.name.startswith(".")]
    runs = runs_of(serving.state)
    return Evidence(asked, dropped, runs, shelved(serving.inbox), sorted(lying + odd), serving.outages, timer)


def runs_of(state: Path) -> Dict[str, Run]:
    found: Dict[str, Run] = {}
    for path in sorted((state / "queue").glob("**/*.jsonl")):
        vouchers = whole_lines(path.read_bytes())
        keys = {v["key"] for v in vouchers if v["key"]}
        first = min([instant(v["at"]) for v in vouchers], default=float("inf"))
        found[path.stem] = Run(path.stem, first, keys, waits=path.parent.name == "queue")
    for path in sorted((state / "runs").glob("*.jsonl")):
        events = whole_lines(path.read_bytes())
        before = found.get(path.stem, Run(path.stem, float("inf"), set()))
        found[path.stem] = with_journal(before, events)
    return found


def instant(at: Any) -> float:
    return float(at) if isinstance(at, (int, float)) else moment(at)


def with_journal(run: Run, events: List[Dict[str, Any]]) -> Run:
    ends = [e for e in events if e["type"] == "ended"]
    return run._replace(
        begun=moment(events[0]["at"]) if events else None,
        ended=moment(ends[-1]["at"]) if ends else None,
        ends=len(ends),
        outcome=str(ends[-1]["outcome"]) if ends else "",
    )


def shelved(inbox: Path) -> List[Shelved]:
    """By what lies in done and failed; a result without its request is one of its own, without a folder."""
    found = []
    for folder in (inbox / "done", inbox / "failed"):
        names = {p.name for p in folder.iterdir()}
        for name in sorted(n for n in names if not n.endswith(RESULT)):
            result = document(folder / (name + RESULT))
            of, _, run = name.rpartition(".")
            found.append(Shelved(of, run, folder.name, str(result.get("run_id", "")), str(result.get("outcome", ""))))
        alone = [n for n in names if n.endswith(RESULT) and n[: -len(RESULT)] not in names]
        found += [Shelved(n[: -len(RESULT)].rpartition(".")[0], "", "", "", "") for n in sorted(alone)]
    return found


def document(path: Path) -> Dict[str, Any]:
    try:
        return dict(json.loads(path.read_text()))
    except (OSError, ValueError):
        return {}


def firings(runs: Dict[str, Run]) -> Dict[float, List[str]]:
    """The second of each firing that was accepted, and the runs that have it."""
    start = "timer:%s@" % TIMER
    found: Dict[float, List[str]] = {}
    for run in runs.values():
        for key in run.keys:
            if key.startswith(start):
                found.setdefault(moment(key[len(start) :]), []).append(run.id)
    return found
