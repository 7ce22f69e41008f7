"""What a task costs that finds nothing to do, beside community.general.supervisorctl's, in one run, taking turns."""
import json
import os
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any, Dict, List

from arena import LAUNCHER, REPOSITORY, Arena, celery
from contenders import Goal


class Plays:
    """ansible-playbook with one task, on this host."""

    def __init__(self, folder: Path, tasks: Dict[str, Dict[str, Any]]) -> None:
        self.folder = folder
        collections = folder / "ansible_collections" / "rollcall"
        collections.mkdir(parents=True)
        (collections / "celery").symlink_to(REPOSITORY / "ansible")
        own = {
            "ANSIBLE_HOME": str(folder / "home"),
            # Debian's community.general lies beside its ansible
            "ANSIBLE_COLLECTIONS_PATH": str(folder),
            "ANSIBLE_COLLECTIONS_ON_ANSIBLE_VERSION_MISMATCH": "ignore",
            "ANSIBLE_PYTHON_INTERPRETER": "/usr/bin/python3",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        self.environment = dict(os.environ, **own)
        for name, task in tasks.items():
            play = {"hosts": "localhost", "connection": "local", "gather_facts": False, "tasks": [task]}
            (folder / (name + ".json")).write_text(json.dumps([play]))

    def seconds(self, name: str, changed: bool = False) -> float:
        command = ["/usr/bin/ansible-playbook", "-i", "localhost,", str(self.folder / (name + ".json"))]
        begun = time.monotonic()
        run = subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        seconds = time.monotonic() - begun
        if run.returncode or ("changed=%d " % changed) not in run.stdout.decode():
            raise RuntimeError("a task of the wrong outcome: " + run.stdout.decode())
        return seconds


def tasks(arena: Arena) -> Dict[str, Dict[str, Any]]:
    rollcall = {"conf": str(arena.conf), "state_dir": str(arena.root / "state"), "executable": str(LAUNCHER), "token": "bench"}
    return {
        "ping": {"ansible.builtin.ping": {}},
        "supervisorctl": {"community.general.supervisorctl": {"name": "q", "state": "started", "config": str(arena.conf)}},
        "rollcall": {"rollcall.celery.restart": rollcall},
    }


def goals(turns: int) -> List[Goal]:
    with tempfile.TemporaryDirectory(prefix="bench") as folder, Arena([celery("q")]) as arena:
        plays = Plays(Path(folder), tasks(arena))
        plays.seconds("rollcall", changed=True)
        figures: Dict[str, List[float]] = {name: [] for name in tasks(arena)}
        for turn in range(turns):
            for name in figures:
                figures[name].append(plays.seconds(name))
            print("turn %d  %s" % (turn + 1, "   ".join("%s %.2f s" % (n, f[-1]) for n, f in figures.items())), flush=True)
    middle = {name: median(values) for name, values in figures.items()}
    print("\nmedians of the whole play   " + "   ".join("%s %.2f s" % pair for pair in middle.items()))
    print("beside an empty task        supervisorctl %.2f s   rollcall %.2f s\n"
          % (middle["supervisorctl"] - middle["ping"], middle["rollcall"] - middle["ping"]))
    return [Goal("a play with nothing to do, of supervisorctl's", middle["rollcall"] / middle["supervisorctl"], 1.30, "")]
