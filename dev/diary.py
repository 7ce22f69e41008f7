"""Runs inside the workers of an arena: every main and pool process writes down that it is there, and that it was asked to go."""
import json
import os
import time
from pathlib import Path

from celery import signals


def keep(path: str) -> None:
    """Called by the application's settings, so by every process that loads them; only workers send these signals."""

    def write(what: str, how: str = "") -> None:
        fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
        line = {"at": time.time(), "what": what, "how": how, "pid": os.getpid(), "parent": int(fields[1])}
        line["start_ticks"] = int(fields[19])
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, (json.dumps(line) + "\n").encode())
        finally:
            os.close(file)

    signals.celeryd_init.connect(lambda **_: write("main"), weak=False)
    signals.worker_process_init.connect(lambda **_: write("pool"), weak=False)
    signals.worker_shutting_down.connect(lambda how, **_: write("asked", how), weak=False)
