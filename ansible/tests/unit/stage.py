"""A fake engine in a folder of its own, and a module object that says how it ended instead of leaving the process."""
import json
import os
import shutil
import signal
import sys
import tempfile
import time
import unittest

FAKE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fake_engine.py")
LAUNCHER = '#!/bin/sh\nexec "%s" -B "%s" "$@"\n' % (sys.executable, FAKE)
VERSION = {"document": {"version": "9.9", "protocol": 1, "java": "17"}}
ROLL = {
    "taken_at": "2026-11-23T10:30:00Z",
    "host": "web1",
    "boot_id": "b",
    "supervisord": {"pid": 10, "start_ticks": 1, "conf": "/s.conf", "version": "4.2.5", "managed_by": "none"},
    "expected_nodes": 1,
    "answered_nodes": 1,
    "remote_control": "redis",
    "nodes": [
        {
            "name": "q@web1", "program": "q", "pid": 11, "start_ticks": 2, "pool": "prefork", "answered": True,
            "orphan": False, "processes": [{"pid": 12, "start_ticks": 3, "found_by": ["stats"]}], "tasks": [],
        }
    ],
    "bystanders": [{"pid": 13, "start_ticks": 4, "command": "sleep 600", "node": "q@web1"}],
}  # fmt: skip


def document(**keys):
    """A result document of a restart that went well, but for these keys."""
    whole = {
        "run_id": "R1", "target": "default", "scope": "supervisord", "token": None, "outcome": "succeeded",
        "exit_code": 0, "changed": True, "service": "up", "dry_run": False, "requested_by": "ansible",
        "started_at": "2026-11-23T10:30:00Z", "duration_ms": 4321, "downtime_ms": 3900, "steps": [], "roll": ROLL,
        "killed": [], "spared": [{"pid": 13, "reason": "bystander"}], "survivors": [], "interrupted_tasks": [],
        "findings": [], "error": None, "journal": "/state/runs/R1.jsonl",
    }  # fmt: skip
    assert not set(keys) - set(whole), "no such key"
    return dict(whole, **keys)


def error(code, message="tried to do it but it did not work; mend it"):
    return {"code": code, "step": None, "message": message, "safe_to_retry": True}


class Ended(Exception):
    def __init__(self, failed, result):
        super().__init__(result.get("msg"))
        self.failed = failed
        self.result = result


class Module:
    """What the modules use of an AnsibleModule."""

    def __init__(self, check_mode, diff, params):
        self.params = params
        self.check_mode = check_mode
        self._diff = diff
        self.warnings = []

    def get_bin_path(self, name):
        return shutil.which(name)

    def warn(self, text):
        self.warnings.append(text)

    def exit_json(self, **result):
        raise Ended(False, json.loads(json.dumps(result)))

    def fail_json(self, **result):
        raise Ended(True, json.loads(json.dumps(result)))


class Stage(unittest.TestCase):
    """Each test has a fake engine that answers `version` as it should."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="fake")
        self.addCleanup(shutil.rmtree, self.folder)
        self.addCleanup(self.end_engines)
        before = dict(os.environ)
        self.addCleanup(lambda: (os.environ.clear(), os.environ.update(before)))
        os.environ["FAKE_ENGINE"] = self.folder
        self.fake = self.path("rollcall")
        with open(self.fake, "w") as file:
            file.write(LAUNCHER)
        os.chmod(self.fake, 0o700)
        self.behave("version", VERSION)
        self.behave("runs", {"out": "[]"})

    def end_engines(self):
        """What a test has left running, also one that has failed half way: by pid, and only what is still a fake of this folder."""
        for name in os.listdir(self.folder):
            pid, dot, kind = name.partition(".")
            if kind == "pid" and self.is_fake(pid):
                os.kill(int(pid), signal.SIGKILL)
                self.until(lambda pid=pid: not self.is_fake(pid), "a fake engine has ended")

    def is_fake(self, pid):
        try:
            with open("/proc/%s/environ" % pid, "rb") as file:
                # that of a process that has ended, and that nobody waits for, is empty
                return ("FAKE_ENGINE=" + self.folder).encode() in file.read().split(b"\0")
        except (FileNotFoundError, ProcessLookupError):
            return False

    def behave(self, word, *behaviours):
        with open(os.path.join(self.folder, word + ".json"), "w") as file:
            json.dump(behaviours, file)

    def path(self, name):
        return os.path.join(self.folder, name)

    def calls(self, word):
        try:
            with open(self.path(word + ".calls")) as file:
                return [json.loads(line) for line in file]
        except FileNotFoundError:
            return []

    def request(self, word):
        """What was asked for on stdin, by the last call."""
        return json.loads(self.calls(word)[-1]["stdin"])

    def until(self, condition, what, seconds=20):
        deadline = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), deadline, "waited too long until " + what)
            time.sleep(0.01)
