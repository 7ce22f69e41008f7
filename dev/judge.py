"""What is wrong with a storm, by its evidence alone."""
import collections
import itertools
import re
from typing import Callable, Dict, List, Optional

from evidence import Evidence, Run, firings

LATE = 3.0

# a stack trace, or what the engine says of itself
DEFECT = re.compile(r"^\tat |: run \S+ broke$|internal error|but a defect came between")

Fault = Callable[[Evidence], List[str]]


def unanswered(e: Evidence) -> List[str]:
    """A client over HTTP that never learned its run, however often it asked."""
    return ["%s sent at %.3f: %s" % (a.key, a.at, a.why) for a in e.asked if not a.run]


def lost(e: Evidence) -> List[str]:
    """A run that was promised and was not carried out to a good end."""
    promised = {a.run for a in e.asked if a.run} | set(e.runs)
    return ["run %s: %s" % (r, state(e.runs.get(r))) for r in sorted(promised) if not good(e.runs.get(r))]


def good(run: Optional[Run]) -> bool:
    return run is not None and run.is_good()


def state(run: Optional[Run]) -> str:
    if run is None:
        return "neither request nor journal"
    if run.ends > 1:
        return "ended %d times" % run.ends
    return "no journal" if run.begun is None else run.outcome or "cut off"


def twice(e: Evidence) -> List[str]:
    """One key is one request, and one request is one run."""
    of: Dict[str, set] = collections.defaultdict(set)
    for run in e.runs.values():
        for key in run.keys:
            of[key].add(run.id)
    for a in e.asked:
        if a.key and a.run:
            of["http:" + a.key].add(a.run)
    return ["%s: %s" % (key, ", ".join(sorted(runs))) for key, runs in sorted(of.items()) if len(runs) > 1]


def early(e: Evidence) -> List[str]:
    """Served by a run that had begun before: what it asked for had happened too soon. Of a repeated key the first counts."""
    first: Dict[Optional[str], float] = {}
    for a in e.asked:
        if a.key:
            first[a.key] = min(a.at, first.get(a.key, a.at))
    sent = [(str(a.key), first.get(a.key, a.at), a.run) for a in e.asked]
    at = {d.name: d.at for d in e.dropped}
    sent += [(s.name, at[s.name], s.id) for s in e.shelved if s.name in at]
    sent += [("firing of %.0f" % second, second, run) for second, runs in firings(e.runs).items() for run in runs]
    return ["%s: run %s began %.3f s before" % (who, run, when - begun(e, run)) for who, when, run in sent if begun(e, run) < when]


def begun(e: Evidence, run: str) -> float:
    """Of one that never began nothing is told here."""
    found = e.runs.get(run)
    return float("inf") if found is None or found.begun is None else found.begun


def crowded(e: Evidence) -> List[str]:
    """Of a target one run is under way and one waits at most: of any three one is over before the last is asked for."""
    living = [r for r in e.runs.values() if r.ended is not None and r.accepted < float("inf")]
    found = []
    for run in living:
        others = [r for r in living if r.accepted <= run.accepted < (r.ended or 0)]
        if len(others) > 2:
            found.append("at %.3f: %s" % (run.accepted, ", ".join(r.id for r in others)))
    order = sorted((r for r in e.runs.values() if r.begun is not None and r.ended is not None), key=lambda r: r.begun or 0)
    for one, other in itertools.pairwise(order):
        if (other.begun or 0) < (one.ended or 0):
            found.append("%s began before %s was over" % (other.id, one.id))
    return found


def untimely(e: Evidence) -> List[str]:
    """A firing is served by itself or by one right behind it; what was missed while the engine was down, when it is back."""
    fired = sorted(firings(e.runs))
    return ["firing of %.0f" % s for s in e.timer if not any(s <= f <= deadline(e, s) for f in fired)]


def deadline(e: Evidence, second: float) -> float:
    until = second + LATE
    for outage in sorted(e.outages):
        if outage.begun <= until and outage.ended >= second:
            until = max(until, outage.ended + LATE)
    return until


def files(e: Evidence) -> List[str]:
    """Each lies in `done` once, under the id of its run, with the result of it; nothing lies anywhere else."""
    count = collections.Counter(s.name for s in e.shelved)
    wrong = ["%s: put away %d times" % (d.name, count[d.name]) for d in e.dropped if count[d.name] != 1]
    wrong += ["left: " + name for name in e.left]
    dropped = {d.name for d in e.dropped}
    for s in e.shelved:
        if s.name not in dropped:
            wrong.append("%s: nobody has dropped it" % s.name)
        elif (s.folder, s.run) != ("done", s.id):
            wrong.append("%s: in %s, result of run %s" % (s.name, s.folder or "neither", s.run or "none"))
        elif s.id not in e.runs or s.outcome != e.runs[s.id].outcome:
            wrong.append("%s: its result says %s" % (s.name, s.outcome or "nothing"))
    return wrong


FAULTS: Dict[str, Fault] = {
    "unanswered": unanswered,
    "lost": lost,
    "twice": twice,
    "early": early,
    "crowded": crowded,
    "untimely": untimely,
    "files": files,
}


def judge(e: Evidence) -> Dict[str, List[str]]:
    return {name: fault(e) for name, fault in FAULTS.items()}


def defects(log: str) -> List[str]:
    """Lines of the engine's log that no storm may bring about."""
    return [line for line in log.splitlines() if DEFECT.search(line)]
