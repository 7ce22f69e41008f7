"""Plants each fault that `--crash` looks for into a round of its own, and sees whether exactly that is reported."""
import argparse
import random
import signal
import time
import traceback
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Callable, List, NamedTuple, Optional, Set

from arena import stop_on_signals, until
from crash import Crash, Round, Scene, keep
from load import locks, parent
from moments import Moment
from processes import Proc
from service import comes_up
from sides import HEADING, arena_with_load, collect, row


class Planted(Crash):
    """A crash whose finisher is not to be trusted."""

    plant: Callable[["Planted", Scene], str]

    def finish(self, scene: Scene) -> str:
        return self.plant(self, scene)

    def nothing(self, _: Scene) -> str:
        return self.run_out(self.resume())

    def leave_a_leftover(self, _: Scene) -> str:
        """What people do by hand: the worker behind the shell stays."""
        self.shut_down()
        self.arena.start_supervisord()
        self.come_up()
        return "a restart without a kill"

    def harm_a_bystander(self, _: Scene) -> str:
        self.run_out(self.resume())
        bystander = self.load.bystanders[0]
        bystander.signal(signal.SIGKILL)
        until("the bystander is gone", lambda: not bystander.is_alive())
        return "resume, one bystander killed"

    def restart_twice(self, _: Scene) -> str:
        """Once more, by a Rollcall that keeps its journal elsewhere: all is well afterwards, and nothing but the second shutdown is wrong."""
        self.run_out(self.resume())
        words = self.restart()
        words[words.index("--state-dir") + 1] = str(self.arena.root / "elsewhere")
        self.run_out(words)
        return "resume, and a second shutdown"

    def stop_a_new_worker(self, _: Scene) -> str:
        """Born in the last resume and stopped by it, with another one in its place: no look before or after shows that."""
        self.run_out(self.resume())
        self.arena.supervisorctl("restart", "t")
        self.come_up()
        return "resume, one new worker stopped and started"

    def kill_a_new_pool_process(self, _: Scene) -> str:
        """supervisord does not see it, and Celery puts another one in its place."""
        self.run_out(self.resume())
        self.come_up()
        mains = {p.pid for p in self.mains()}
        victim = next(p for p in self.arena.celery() if parent(p) in mains)
        victim.signal(signal.SIGKILL)
        until("the pool process is gone", lambda: not victim.is_alive())
        return "resume, one new pool process killed"

    def hide_a_task(self, scene: Scene) -> str:
        self.run_out(self.resume())
        journal = scene.journals.files()[0]
        lines = journal.read_text().splitlines(keepends=True)
        hidden = next(line for line in lines if '"task_interrupted"' in line)
        journal.write_text("".join(line for line in lines if line != hidden))
        return "resume, one task's name taken out of the journal"

    def leave_it_down(self, scene: Scene) -> str:
        """Nobody finishes it, but nothing is left of before either."""
        until("supervisord has ended", lambda: not self.supervisords())
        self.end(scene.workers)
        self.remove_locks()
        return "nobody"

    def freeze_a_node(self, _: Scene) -> str:
        """supervisord says that all is well."""
        self.run_out(self.resume())
        self.come_up()
        for main in self.mains():
            main.signal(signal.SIGSTOP)
        return "resume, one node frozen"

    def keep_a_lock(self, _: Scene) -> str:
        self.run_out(self.resume())
        (self.arena.root / "state" / "locks" / "planted.lock").touch()
        return "resume, one lock left"

    def end_badly(self, _: Scene) -> str:
        self.run_out(self.resume())
        self.run_out(self.arena.rollcall("restart", "--no-such-option"))
        return "resume, and a command that fails"

    def mains(self) -> List[Proc]:
        """Of the node that stands right below supervisord."""
        tops = {p.pid for p in self.supervisords()}
        return [p for p in self.arena.celery() if parent(p) in tops and "t@%h" in p.command]

    def shut_down(self) -> None:
        old = self.supervisords()
        self.arena.supervisorctl("shutdown")
        until("supervisord has ended", lambda: not any(p.is_alive() for p in old), 60)
        self.remove_locks()

    def come_up(self) -> None:
        wrong = comes_up(self.arena, self.load.programs, 30)[1]
        if wrong:
            raise RuntimeError("tried to plant a fault but the service does not come up: " + wrong)

    def end(self, processes: Set[Proc]) -> None:
        for process in processes:
            process.signal(signal.SIGKILL)
        until("they are gone", lambda: not any(p.is_alive() for p in processes))

    def remove_locks(self) -> None:
        """Of the run that was cut off: the next one would have taken them."""
        for file in locks(self.arena):
            file.unlink()


class Control(NamedTuple):
    """fault: the only column that is to show something; cut: the event behind which the run is cut off"""

    plant: Callable[[Planted, Scene], str]
    fault: Set[str]
    kind: str
    cut: str


CONTROLS = (
    Control(Planted.nothing, set(), "busy", "shutdown_begun"),
    Control(Planted.leave_a_leftover, {"leftovers"}, "idle", "roll_taken"),
    Control(Planted.harm_a_bystander, {"harmed"}, "busy", "kill_begun"),
    Control(Planted.restart_twice, {"twice"}, "busy", "start_begun"),
    Control(Planted.stop_a_new_worker, {"twice"}, "idle", "shutdown_done"),
    Control(Planted.kill_a_new_pool_process, {"twice"}, "orphans", "kill_done"),
    Control(Planted.hide_a_task, {"missed"}, "busy", "roll_taken"),
    Control(Planted.leave_it_down, {"down"}, "idle", "shutdown_done"),
    Control(Planted.freeze_a_node, {"down"}, "orphans+new", "kill_done"),
    Control(Planted.end_badly, {"exit"}, "idle", "start_done"),
    Control(Planted.keep_a_lock, {"locks"}, "idle", "verify_begun"),
)


class Side:
    def __init__(self, index: int, numbers: List[int], folder: Optional[Path]) -> None:
        self.index = index
        self.numbers = numbers
        self.folder = folder

    def run(self, to: Connection) -> None:
        for number in self.numbers:
            try:
                to.send(self.one(number, CONTROLS[number - 1]))
            except Exception as broken:  # the others can be tried all the same
                traceback.print_exc()
                to.send(Round(number, broken=True, note=repr(broken)))

    def one(self, number: int, control: Control) -> Round:
        with arena_with_load(self.index) as (arena, load):
            planted = Planted(arena, load, random.Random(number), {})
            planted.plant = control.plant
            result = planted.cut(number, control.kind, Moment(behind=control.cut))
            if not is_as_planted(result):
                keep(arena, "control-%d" % number, self.folder)
            return result


def is_as_planted(result: Round) -> bool:
    control = CONTROLS[result.number - 1]
    return result.is_crash() and result.faults() == control.fault


def main(words: Optional[List[str]] = None) -> int:
    parser = argparse.ArgumentParser(prog="soak", description=__doc__)
    parser.add_argument("--crash-controls", action="store_true", required=True, help="plant every fault once")
    parser.add_argument("--side", type=int, metavar="N", default=4, help="arenas side by side (4)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="copy logs and journals of what failed there")
    options = parser.parse_args(words)
    stop_on_signals()
    print(HEADING)
    results: List[Round] = []

    def said(result: Round) -> None:
        results.append(result)
        fault = ", ".join(CONTROLS[result.number - 1].fault) or "nothing"
        verdict = "as planted" if is_as_planted(result) else "WRONG"
        print("%s; %s: %s" % (row(result.number, result), fault, verdict), flush=True)

    begun = time.monotonic()
    numbers = range(1, len(CONTROLS) + 1)
    sides = [Side(i, list(numbers[i :: options.side]), options.keep) for i in range(options.side)]
    collect([side.run for side in sides], said)
    right = sum(is_as_planted(result) for result in results)
    print("%d of %d reported in their column and in no other, %d s" % (right, len(CONTROLS), time.monotonic() - begun))
    return 0 if right == len(CONTROLS) else 1
