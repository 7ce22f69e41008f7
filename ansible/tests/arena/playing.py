"""Plays tasks with ansible-playbook on this host, in a folder of its own; what each task returned comes back as Python.

ROLLCALL_COLLECTIONS names the folder with ansible_collections, ROLLCALL_ANSIBLE_BIN that of another ansible-playbook than
Debian's, and ROLLCALL_TARGET_PYTHON another Python for the modules.
"""
import json
import os
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(REPOSITORY / "dev"))

from arena import LAUNCHER, Arena, celery, until, wrapped  # noqa: E402,F401 - for the tests
from load import below  # noqa: E402
from processes import Proc  # noqa: E402

BIN = Path(os.environ.get("ROLLCALL_ANSIBLE_BIN", "/usr/bin"))
COLLECTIONS = os.environ["ROLLCALL_COLLECTIONS"]
TARGET_PYTHON = os.environ.get("ROLLCALL_TARGET_PYTHON", "/usr/bin/python3")
HOLD = str(Path(__file__).resolve().parent / "hold.py")
SECRET = "hunter2-very-secret"


class Player:
    """@param folder what Ansible writes stays in it"""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(exist_ok=True)
        kept = {k: v for k, v in os.environ.items() if not k.startswith("ANSIBLE_")}
        own = {
            "ANSIBLE_HOME": str(self.folder / "home"),
            "ANSIBLE_REMOTE_TEMP": str(self.folder / "remote"),
            "ANSIBLE_ASYNC_DIR": str(self.folder / "async"),
            "ANSIBLE_COLLECTIONS_PATH": COLLECTIONS,
            "ANSIBLE_COLLECTIONS_PATHS": COLLECTIONS,
            "ANSIBLE_COLLECTIONS_ON_ANSIBLE_VERSION_MISMATCH": "ignore",
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_RETRY_FILES_ENABLED": "false",
            "ANSIBLE_NOCOWS": "1",
            "ANSIBLE_DEPRECATION_WARNINGS": "false",
            "LC_ALL": "C.UTF-8",
            # a module that is killed leaves what it was unpacked to
            "TMPDIR": str(self.folder / "unpacked"),
        }
        Path(own["TMPDIR"]).mkdir(exist_ok=True)
        self.environment = dict(kept, **own)
        self.output = ""

    def start(self, playbook, *words, hosts=("localhost",)):
        """ansible-playbook on a file or a name; its output goes to a file, read by `end`."""
        inventory = self.folder / "inventory.json"
        local = {"ansible_connection": "local", "ansible_python_interpreter": TARGET_PYTHON}
        inventory.write_text(json.dumps({"all": {"hosts": {host: None for host in hosts}, "vars": local}}))
        command = [str(BIN / "ansible-playbook"), "-i", str(inventory), str(playbook), *words]
        with (self.folder / "output").open("wb") as output:
            return subprocess.Popen(
                command, env=self.environment, cwd=str(self.folder), stdin=subprocess.DEVNULL,
                stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip

    def end(self, process):
        rc = process.wait(300)
        self.output = (self.folder / "output").read_text()
        return rc

    def run(self, playbook, *words, **more):
        return self.end(self.start(playbook, *words, **more))

    def tasks(self, *tasks, words=()):
        """Plays these tasks one after the other, also behind one that failed; what each returned."""
        return self.end_tasks(self.start_tasks(*tasks, words=words))

    def start_tasks(self, *tasks, words=()):
        for told in self.folder.glob("told.*"):
            told.unlink()
        steps = []
        for number, task in enumerate(tasks):
            told = self.folder / ("told.%d" % number)
            steps.append(dict(task, register="told", ignore_errors=True))
            copy = {"content": "{{ told | to_json }}", "dest": str(told), "mode": "0600"}
            steps.append({"ansible.builtin.copy": copy, "check_mode": False, "diff": False, "no_log": True})
        playbook = self.folder / "playbook.json"
        playbook.write_text(json.dumps([{"hosts": "localhost", "gather_facts": False, "tasks": steps}]))
        return self.start(playbook, *words)

    def end_tasks(self, process):
        rc = self.end(process)
        assert rc == 0, self.output
        return [json.loads(told.read_text()) for told in sorted(self.folder.glob("told.*"))]


class HeldArena(Arena):
    """Its stop lasts until `let_go`."""

    def __init__(self):
        super().__init__([celery("q"), {"name": "hold", "command": "/usr/bin/python3 -B %s" % HOLD, "stopwaitsecs": "120"}])
        self.nodes = 1
        self.conf.write_text(self.conf.read_text().replace(HOLD, "%s %s/go" % (HOLD, self.root)))

    def let_go(self):
        (self.root / "go").touch()

    def await_stop(self):
        until("the stop has begun", lambda: '"shutdown_begun"' in journals(self))


def restart(arena, check_mode=None, **options):
    """A task on this arena."""
    given = dict({"executable": str(LAUNCHER), "conf": str(arena.conf), "state_dir": str(arena.root / "state")}, **options)
    task = {"name": "Restart", "rollcall.celery.restart": given}
    return task if check_mode is None else dict(task, check_mode=check_mode)


def roll_info(arena, **options):
    return {"name": "Take the roll", "rollcall.celery.roll_info": restart(arena, **options)["rollcall.celery.restart"]}


def tree(top):
    """The processes below this one, and it."""
    return [p for p in map(Proc.read, sorted(below(top))) if p]


def looks_at_runs(top):
    """Whether a task below this process waits for a run that it did not begin itself."""
    return any("runs" in process.command for process in tree(top))


def pids(arena):
    return {(p.pid, p.start_ticks) for p in arena.processes() if p.is_supervisord() or p.is_celery()}


def files(folder):
    """Every file below with what would change if anybody touched it; a log grows by those that go on working."""
    found = {}
    for path in [folder, *sorted(folder.rglob("*"))]:
        stat = path.lstat()
        grown = () if path.suffix == ".log" else (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
        found[str(path)] = (stat.st_ino, stat.st_mode, *grown)
    return found


def journals(arena):
    return "".join(path.read_text() for path in sorted((arena.root / "state" / "runs").glob("*.jsonl")))
