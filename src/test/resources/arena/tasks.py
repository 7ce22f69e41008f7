"""The Celery application of an arena. Every task leaves marks in a folder, so that a test can wait for it."""
import os
import subprocess
import sys
import time

from celery import Celery
from settings import BROKER, MARKS

app = Celery("arena", broker=BROKER)
app.conf.update(worker_prefetch_multiplier=1, task_ignore_result=True)

DETACHED_COMMANDS = {
    "nohup": ["nohup", "sleep"],
    "setsid": ["setsid", "sleep"],
    "child": ["sleep"],
}


def mark(task_id: str, what: str, text: object) -> None:
    """One file a mark, complete as soon as it is there."""
    path = os.path.join(MARKS, "%s.%s" % (task_id, what))
    with open(path + ".part", "w") as part:
        part.write(str(text))
    os.rename(path + ".part", path)


def nap_with_marks(task_id: str, seconds: float) -> None:
    mark(task_id, "started", os.getpid())
    time.sleep(seconds)
    mark(task_id, "finished", os.getpid())


@app.task(bind=True)
def nap(self, seconds: float, *_secrets: str) -> None:
    """Acknowledged when it starts: lost if it is cut short."""
    nap_with_marks(self.request.id, seconds)


@app.task(bind=True, acks_late=True)
def nap_late(self, seconds: float) -> None:
    """Acknowledged when it ends: delivered again if it is cut short, and done with quickly then."""
    again = os.path.exists(os.path.join(MARKS, self.request.id + ".started"))
    nap_with_marks(self.request.id, 0 if again else seconds)


@app.task(bind=True)
def detach(self, how: str, seconds: int) -> None:
    """Starts a process that is to outlive the worker."""
    if how in DETACHED_COMMANDS:
        child = subprocess.Popen(DETACHED_COMMANDS[how] + [str(seconds)], stdin=subprocess.DEVNULL)
        mark(self.request.id, "child", child.pid)
    else:
        double_fork(self.request.id, how, seconds)


@app.task(bind=True)
def nested_worker(self) -> None:
    """A task that runs a Celery worker of its own: for the supervisor's worker it is a bystander like any other."""
    options = ["-A", "tasks", "worker", "-n", "nested@%h", "-Q", "nested", "--pool=solo", "--without-mingle"]
    child = subprocess.Popen(
        [sys.executable, "-m", "celery"] + options, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    mark(self.request.id, "child", child.pid)


def double_fork(task_id: str, how: str, seconds: int) -> None:
    """`fork` stays in the group, `fork-setsid` leaves it, `fork-exec` becomes another program."""
    first = os.fork()
    if first:
        os.waitpid(first, 0)
        return
    if how == "fork-setsid":
        os.setsid()
    if os.fork():
        os._exit(0)
    become_daemon(task_id, how, seconds)


def become_daemon(task_id: str, how: str, seconds: int) -> None:
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.closerange(3, 256)
    mark(task_id, "child", os.getpid())
    if how == "fork-exec":
        os.execvp("sleep", ["sleep", str(seconds)])
    time.sleep(seconds)
    os._exit(0)
