"""Plants each fault that `--serve` looks for into a small storm of its own, and sees whether exactly that is reported."""
import argparse
import json
import shutil
import signal
import subprocess
import time
import traceback
from pathlib import Path
from typing import Callable, Dict, List, NamedTuple, Optional, Set

from arena import Arena, stop_on_signals, until
from evidence import RESULT
from load import Load, parent
from senders import Want
from serving import Serving
from storm import Storm, on_an_arena


class Planted(Storm):
    """A storm without a timer and with somebody who spoils it: while requests wait for an engine that was killed, or when all is over."""

    def __init__(self, arena: Arena, load: Load, serving: Serving, options: argparse.Namespace) -> None:
        super().__init__(arena, load, serving, options)
        self.control: Control = options.control
        self.wanted = self.control.fault
        serving.configure(timer=False)

    def drain(self) -> None:
        self.timer = []
        if self.control.while_it_waits:
            self.kill_while_one_waits()
            self.control.plant(self)
            self.serving.start()
        super().drain()

    def kill_while_one_waits(self) -> None:
        """The first one is under way, or soon will be; the second is promised and has not begun."""
        for key in ("under-way", "waiting"):
            self.answers.append(self.senders.ask(Want(0, "http", key)))
            until("it has begun", lambda: self.journal(self.answers[-1].run if key == "under-way" else self.answers[-2].run).exists())
        self.serving.kill()
        if self.journal(self.answers[-1].run).exists():
            raise RuntimeError("the run that was to wait has begun")

    def verdict(self) -> Dict[str, List[str]]:
        if not self.control.while_it_waits:
            self.control.plant(self)
        return super().verdict()

    def journal(self, run: str) -> Path:
        return self.serving.state / "runs" / (run + ".jsonl")

    def waiting(self) -> Path:
        return self.serving.state / "queue" / (self.answers[-1].run + ".jsonl")

    def nothing(self) -> None:
        """A storm like any other."""

    def lose_a_request(self) -> None:
        """As if it had been answered before it was on disk."""
        self.waiting().unlink()

    def serve_one_twice(self) -> None:
        shutil.copy(str(self.waiting()), str(self.waiting().with_name(self.answers[-1].run[:-6] + "0d0d0d.jsonl")))

    def crowd(self) -> None:
        """Another request has a run of its own, though one waits already."""
        voucher = json.loads(self.waiting().read_text().splitlines()[0])
        other = self.waiting().with_name(self.answers[-1].run[:-6] + "0d0d0d.jsonl")
        other.write_text(json.dumps(dict(voucher, key="http:another")) + "\n")

    def expect_a_timer(self) -> None:
        """None has ever rung."""
        self.timer = [float(int(time.time()) - 30)]

    def leave_a_leftover(self) -> None:
        """A worker of the same application that no supervisord has started."""
        command = ["setsid", "-f", "/usr/bin/python3", "-m", "celery", "-A", "tasks", "worker", "-n", "stray@%h", "-P", "solo"]
        null = subprocess.DEVNULL
        app = str(self.arena.root / "app")
        subprocess.run(command, cwd=app, env=self.arena.environment, stdin=null, stdout=null, stderr=null, check=True)
        until("it is there", lambda: any("stray@%h" in p.command for p in self.arena.celery()))

    def harm_a_bystander(self) -> None:
        bystander = self.load.bystanders[0]
        bystander.signal(signal.SIGKILL)
        until("the bystander is gone", lambda: not bystander.is_alive())

    def freeze_a_node(self) -> None:
        tops = {p.pid for p in self.arena.processes() if p.is_supervisord()}
        for main in [p for p in self.arena.celery() if parent(p) in tops and "t@%h" in p.command]:
            main.signal(signal.SIGSTOP)

    def hide_a_task(self) -> None:
        task = sorted(self.load.interrupted())[0]
        for journal in (self.serving.state / "runs").glob("*.jsonl"):
            lines = journal.read_text().splitlines(keepends=True)
            journal.write_text("".join(line for line in lines if '"task_interrupted"' not in line or task not in line))

    def take_a_result_away(self) -> None:
        self.a_result().unlink()

    def change_a_result(self) -> None:
        """Of another run."""
        self.a_result().write_text(self.a_result().read_text().replace('"run_id"', '"no_run_id"'))

    def a_result(self) -> Path:
        return min((self.serving.inbox / "done").glob("*" + RESULT))

    def leave_a_file(self) -> None:
        (self.serving.inbox / "forgotten.json").write_text("{}")

    def put_a_file_away_twice(self) -> None:
        result = self.a_result()
        name = result.name[: -len(RESULT)]
        for end in ("", RESULT):
            shutil.copy(str(result.with_name(name + end)), str(result.with_name(name[:-6] + "0d0d0d" + end)))

    def keep_a_lock(self) -> None:
        (self.serving.state / "locks" / "planted.lock").touch()

    def break_the_engine(self) -> None:
        with self.serving.log.open("a") as log:
            log.write("\tat dev.rollcall.Planted.run(Planted.java:1)\n")


class Control(NamedTuple):
    """fault: what is to be reported, and nothing else"""

    plant: Callable[[Planted], None]
    fault: Set[str]
    while_it_waits: bool = False


CONTROLS = (
    Control(Planted.nothing, set()),
    Control(Planted.lose_a_request, {"lost"}, while_it_waits=True),
    Control(Planted.serve_one_twice, {"twice", "crowded"}, while_it_waits=True),
    Control(Planted.crowd, {"crowded"}, while_it_waits=True),
    Control(Planted.expect_a_timer, {"untimely"}),
    Control(Planted.leave_a_leftover, {"leftovers"}),
    Control(Planted.harm_a_bystander, {"harmed"}),
    Control(Planted.freeze_a_node, {"down"}),
    Control(Planted.hide_a_task, {"missed"}),
    Control(Planted.take_a_result_away, {"files"}),
    Control(Planted.change_a_result, {"files"}),
    Control(Planted.leave_a_file, {"files"}),
    Control(Planted.put_a_file_away_twice, {"files"}),
    Control(Planted.keep_a_lock, {"locks"}),
    Control(Planted.break_the_engine, {"engine"}),
)


def one(number: int, control: Control, keep: Optional[Path]) -> bool:
    seed = "control-%d" % number
    options = argparse.Namespace(serve=40, seconds=5.0, kills=1, seed=seed, keep=keep, control=control)
    try:
        found = on_an_arena(options, Planted)[0]
    except Exception:  # the others can be tried all the same
        traceback.print_exc()
        return False
    faults = {name for name, which in found.items() if which}
    is_right = faults == control.fault
    verdict = "as planted" if is_right else "WRONG, planted: " + (", ".join(sorted(control.fault)) or "nothing")
    name = control.plant.__name__.replace("_", " ")
    print("%-24s %-20s %s" % (name, ", ".join(sorted(faults)) or "nothing", verdict), flush=True)
    return is_right


def main(words: Optional[List[str]] = None) -> int:
    parser = argparse.ArgumentParser(prog="soak", description=__doc__)
    parser.add_argument("--serve-controls", action="store_true", required=True, help="plant every fault once")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="copy logs and journals of what failed there")
    options = parser.parse_args(words)
    stop_on_signals()
    begun = time.monotonic()
    right = sum(one(number, control, options.keep) for number, control in enumerate(CONTROLS, 1))
    print("%d of %d reported, and nothing else, %d s" % (right, len(CONTROLS), time.monotonic() - begun))
    return 0 if right == len(CONTROLS) else 1
