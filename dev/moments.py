"""When a run is cut off: some time behind its first event, or as soon as its journal shows so many events."""
import random
import signal
import subprocess
import time
from typing import Callable, List, NamedTuple, Optional

Run = "subprocess.Popen[str]"


class Length(NamedTuple):
    """Of a run that nobody cut off, from its first event to the end of its process."""

    seconds: float
    events: int


class Moment(NamedTuple):
    """One of the two is what counts. A type of event, if there is one, says more than a count of events."""

    seconds: Optional[float] = None
    events: Optional[int] = None
    behind: str = ""

    @staticmethod
    def draw(rng: random.Random, whole: Length) -> "Moment":
        """By time the long phases are hit, by event the short ones."""
        if rng.random() < 0.5:
            return Moment(seconds=rng.uniform(0, whole.seconds))
        return Moment(events=rng.randint(1, max(1, whole.events - 1)))

    def is_there(self, types: List[str], since: float) -> bool:
        if self.behind:
            return self.behind in types
        if self.events is not None:
            return len(types) >= self.events
        return self.seconds is not None and time.monotonic() - since >= self.seconds

    def __str__(self) -> str:
        if self.behind:
            return self.behind
        return "event %d" % self.events if self.events is not None else "%.2f s" % (self.seconds or 0)


def cut_off(victim: "subprocess.Popen[str]", moment: Moment, types: Callable[[], List[str]]) -> Optional[Length]:
    """Kills exactly this process at that moment; how long the run was if it came to its end before.

    types: of the events that are on disk by now; until there is one the run has not begun, and nothing is cut
    """
    since = None
    seen: List[str] = []
    while victim.poll() is None:
        seen = types()
        if seen and since is None:
            since = time.monotonic()
        if since is not None and moment.is_there(seen, since):
            victim.kill()
            break
        time.sleep(0.001)
    victim.wait()
    if victim.returncode == -signal.SIGKILL:
        return None
    return Length(time.monotonic() - since if since is not None else 0, len(types()))
