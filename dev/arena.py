"""A supervisord, its Celery workers and a Redis, all real, in a temporary folder; for bench, soak and demo.

Every process of an arena has ROLLCALL_ARENA=<id> or its supervisord's address in its environment, or its configuration in its command
line: so it is found, and so `close` knows what it may end.
"""
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional

from processes import Proc, having

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = REPOSITORY / "src" / "test" / "resources" / "arena"
sys.path.insert(0, str(SHARED))

from pidbox import Pidbox  # noqa: E402 - shared with the Java arena

MARKER = "ROLLCALL_ARENA"
LAUNCHER = Path(os.environ.get("ROLLCALL_LAUNCHER", str(REPOSITORY / "bin" / "rollcall")))
SUPERVISORD = ["/usr/bin/supervisord", "-c"]
CELERY = "/usr/bin/python3 -m celery -A tasks worker -l info -n {name}@%%h --concurrency=2 {more}"


def celery(name: str, more: str = "") -> Dict[str, str]:
    """A program as the procedure's author runs it: stopped by QUIT."""
    return {"name": name, "command": CELERY.format(name=name, more=more).strip(), "stopsignal": "QUIT"}


def wrapped(name: str, more: str = "") -> Dict[str, str]:
    """The shell alone gets supervisord's TERM, so the whole node survives the stop. (A blank before `;` starts a comment.)"""
    return {"name": name, "command": 'sh -c "%s; true"' % celery(name, more)["command"], "stopsignal": "TERM"}


def until(what: str, condition: Callable[[], object], patience: float = 30.0, pause: float = 0.02) -> None:
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("waited %.0f s until %s" % (patience, what))
        time.sleep(pause)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Arena:
    """Use as a context: entered it is up, left nothing of it remains."""

    def __init__(self, programs: List[Dict[str, str]]) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="ra", dir="/tmp"))
        self.id = self.root.name
        self.conf = self.root / "supervisord.conf"
        # a worker that is killed leaves its temporary folder
        own = {"PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": str(self.root / "tmp"), MARKER: self.id}
        self.environment = dict(os.environ, **own)
        self.nodes = len(programs)
        self.port = free_port()
        self.pidbox = Pidbox(self.port)
        self._write(programs)

    def __enter__(self) -> "Arena":
        try:
            self._start_redis()
            self.start_supervisord()
            self.await_nodes()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _write(self, programs: List[Dict[str, str]]) -> None:
        for name in ("app", "marks", "log", "tmp"):
            (self.root / name).mkdir()
        shutil.copy(str(SHARED / "tasks.py"), str(self.root / "app"))
        settings = "BROKER = 'redis://127.0.0.1:%d/0'\nMARKS = '%s/marks'\n" % (self.port, self.root)
        (self.root / "app" / "settings.py").write_text(settings)
        sections = "".join(self._section(program) for program in programs)
        self.conf.write_text(CONF.format(root=self.root) + sections)

    def _section(self, program: Dict[str, str]) -> str:
        settings = {k: v for k, v in program.items() if k != "name"}
        settings["directory"] = str(self.root / "app")
        return "[program:%s]\n%s\n" % (program["name"], "".join("%s=%s\n" % pair for pair in settings.items()))

    def _start_redis(self) -> None:
        command = ["redis-server", "--bind", "127.0.0.1", "--port", str(self.port), "--save", ""]
        # A title of its own would overwrite the environment, and with it the marker.
        command += ["--dir", str(self.root), "--set-proc-title", "no"]
        self.redis = subprocess.Popen(command, env=self.environment, stdout=subprocess.DEVNULL)
        until("Redis answers", self.pidbox.is_up)

    def start_supervisord(self) -> None:
        command = SUPERVISORD + [str(self.conf)]
        subprocess.run(command, env=self.environment, cwd="/", check=True, stdout=subprocess.DEVNULL)

    def supervisorctl(self, *words: str) -> str:
        command = ["/usr/bin/supervisorctl", "-c", str(self.conf)] + list(words)
        return subprocess.run(command, env=self.environment, stdout=subprocess.PIPE).stdout.decode()

    def rollcall(self, *words: str) -> List[str]:
        """The command line that runs the launcher on this arena."""
        more = ["-c", str(self.conf), "--state-dir", str(self.root / "state")]
        return [str(LAUNCHER), words[0]] + more + list(words[1:])

    def result(self) -> Dict[str, Any]:
        """One `rollcall restart`; its result document."""
        run = subprocess.run(
            self.rollcall("restart", "--output", "json"),
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        try:
            return dict(json.loads(run.stdout.decode()))
        except ValueError:
            raise RuntimeError("rollcall ended with %d: %s" % (run.returncode, run.stderr.decode())) from None

    def send(self, task: str, *arguments: object) -> str:
        """The id of the new task; sent by a short-lived client, so that no connection of ours stays."""
        code = "import sys, json; from tasks import app; print(app.send_task(sys.argv[1], args=json.loads(sys.argv[2])).id)"
        command = ["/usr/bin/python3", "-c", code, "tasks." + task, json.dumps(arguments)]
        output = subprocess.check_output(command, cwd=str(self.root / "app"), env=self.environment)
        return output.decode().strip()

    def mark(self, task_id: str, what: str) -> str:
        """What a task has written under this name, as soon as it is there."""
        path = self.root / "marks" / ("%s.%s" % (task_id, what))
        until("%s of %s" % (what, task_id), path.exists)
        return path.read_text()

    def detached(self, how: str, seconds: int = 900) -> Proc:
        found = Proc.read(int(self.mark(self.send("detach", how, seconds), "child")))
        assert found is not None
        return found

    def await_nodes(self, count: Optional[int] = None, patience: float = 30.0) -> List[int]:
        """Waits until so many nodes answer; the pids of their main processes."""
        wanted = self.nodes if count is None else count
        until("%d nodes answer" % wanted, lambda: len(self.pidbox.main_pids(0.25, wanted)) == wanted, patience)
        return self.pidbox.main_pids(0.4)

    def processes(self) -> List[Proc]:
        """A supervisord that Rollcall has started with no more than it knew lacks the marker, and so do its workers."""
        entries = ["%s=%s" % (MARKER, self.id), "SUPERVISOR_SERVER_URL=unix://%s/s" % self.root]
        return having(entries, str(self.conf))

    def celery(self) -> List[Proc]:
        return [p for p in self.processes() if p.is_celery()]

    def supervisord(self) -> Proc:
        return next(p for p in self.processes() if p.is_supervisord())

    def close(self) -> None:
        until("the arena is empty", self._ended)
        if hasattr(self, "redis"):
            self.redis.wait()
        shutil.rmtree(str(self.root), ignore_errors=True)

    def _ended(self) -> bool:
        left = [p for p in self.processes() if p.pid != os.getpid()]
        for process in sorted(left, key=lambda p: not p.is_supervisord()):
            process.signal(signal.SIGKILL)
        return not left


CONF = """[unix_http_server]
file={root}/s

[supervisorctl]
serverurl=unix://{root}/s

[supervisord]
logfile={root}/log/supervisord.log
pidfile={root}/supervisord.pid
childlogdir={root}/log

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface

"""


def stop_on_signals() -> None:
    """Ctrl-C and TERM leave every context, so that every arena is closed."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(130))
