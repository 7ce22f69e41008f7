"""Who asks for restarts in a storm: clients over HTTP that ask again when they were cut off, and people who drop files."""
import json
import random
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional

from serving import Serving

PATIENCE = 120.0
BODIES: List[Dict[str, Any]] = [{}, {"target": "default"}, {"kill_grace": "1s"}, {"stop_timeout": "20s"}]
ENDS = ("json", "yaml", "restart")


class Asked(NamedTuple):
    """What a client has sent over HTTP, and what it was told in the end.

    at: when it was sent first; run: empty if it never got a 2xx
    """

    key: Optional[str]
    body: int
    at: float
    run: str = ""
    tries: int = 0
    why: str = ""


class Dropped(NamedTuple):
    """A file; at: when it was there under its name."""

    name: str
    at: float


class Want(NamedTuple):
    """One trigger of the plan."""

    after: float
    kind: str
    key: Optional[str] = None
    body: int = 0


def plan(rng: random.Random, count: int, seconds: float) -> List[Want]:
    """A quarter are files; of the others two in five have no key, one in five repeats one that was used before."""
    moments = sorted(rng.uniform(0, seconds) for _ in range(count))
    wants: List[Want] = []
    keyed: List[Want] = []
    for number, after in enumerate(moments):
        if rng.random() < 0.25:
            wants.append(Want(after, rng.choice(ENDS), "drop-%04d" % number))
        elif rng.random() < 0.4:
            wants.append(Want(after, "http", None, rng.randrange(len(BODIES))))
        elif keyed and rng.random() < 1 / 3:
            wants.append(rng.choice(keyed[-20:])._replace(after=after))
        else:
            wants.append(Want(after, "http", "release-%04d" % number, rng.randrange(len(BODIES))))
            keyed.append(wants[-1])
    return wants


class Senders:
    def __init__(self, serving: Serving, rng: random.Random) -> None:
        self.serving = serving
        self.rng = rng
        self.pool = ThreadPoolExecutor(48)
        self.asked: List["Future[Asked]"] = []
        self.dropped: List[Dropped] = []

    def send_all(self, wants: List[Want]) -> None:
        """Each at its time, whatever became of those before."""
        begun = time.monotonic()
        for want in wants:
            time.sleep(max(0.0, begun + want.after - time.monotonic()))
            if want.kind == "http":
                self.asked.append(self.pool.submit(self.ask, want))
            else:
                self.drop(want)

    def ask(self, want: Want) -> Asked:
        """A client that was cut off, or told to come back, asks for the same again."""
        asked = Asked(want.key, want.body, time.time())
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            asked = self.once(asked)
            if asked.run or asked.why.startswith("4"):
                return asked
            time.sleep(0.2)
        return asked

    def once(self, asked: Asked) -> Asked:
        try:
            status, text = self.serving.post(BODIES[asked.body], asked.key)
        except OSError as cut:
            return asked._replace(tries=asked.tries + 1, why=repr(cut))
        if status // 100 == 2:
            return asked._replace(tries=asked.tries + 1, run=str(json.loads(text.decode())["run_id"]), why="")
        return asked._replace(tries=asked.tries + 1, why="%d %s" % (status, text.decode(errors="replace")[:200]))

    def drop(self, want: Want) -> None:
        """Most are written elsewhere and renamed; one in three is written where it lies, in two halves."""
        name = "%s.%s" % (want.key, want.kind)
        text = {"json": '{"kill_grace": "1s"}', "yaml": "kill_grace: 1s\n", "restart": ""}[want.kind]
        place = self.serving.inbox / name
        at = time.time()
        if self.rng.random() < 1 / 3:
            self.write(place, text)
        else:
            elsewhere = self.serving.arena.root / "tmp" / name
            elsewhere.write_text(text)
            elsewhere.rename(place)
        self.dropped.append(Dropped(name, at))

    @staticmethod
    def write(place: Path, text: str) -> None:
        with place.open("w") as file:
            file.write(text[: len(text) // 2])
            file.flush()
            file.write(text[len(text) // 2 :])

    def answers(self) -> List[Asked]:
        return [future.result() for future in self.asked]

    def close(self) -> None:
        self.pool.shutdown()
