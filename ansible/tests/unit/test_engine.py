"""An engine that misbehaves is a failure with a name and a sentence, never a traceback and never a success."""
import os

from ansible_collections.rollcall.celery.plugins.module_utils._engine import Engine, Trouble
from stage import Stage, document

UNDER_WAY = "rollcall: run %s is under way\n"


class EngineTest(Stage):
    def trouble(self, work):
        with self.assertRaises(Trouble) as caught:
            work()
        self.assertEqual(caught.exception.error["message"], str(caught.exception))
        return caught.exception

    def engine(self, seconds=20):
        return Engine([self.fake], ["--state-dir", "/s"], longest_look=seconds)

    def restart(self):
        return self.trouble(lambda: self.engine().restart({}))

    def test_another_protocol_is_refused_with_both_versions(self):
        self.behave("version", {"document": {"version": "2.0", "protocol": 2, "java": "21"}})
        trouble = self.restart()
        self.assertEqual(self.calls("restart"), [])
        self.assertEqual(trouble.error["code"], "ENGINE_PROTOCOL")
        self.assertIn("rollcall 2.0 but it speaks protocol 2 and this collection speaks 1", str(trouble))

    def test_another_program_is_no_engine(self):
        for command in ("/bin/true", "/bin/false", "/bin/echo"):
            trouble = self.trouble(lambda command=command: Engine([command]).restart({}))
            self.assertEqual(trouble.error["code"], "ENGINE_PROTOCOL")
            self.assertIn(command, str(trouble))

    def test_another_program_is_never_told_to_restart(self):
        """It would: this one may be an init script."""
        with open(self.fake, "w") as file:
            file.write('#!/bin/sh\necho "$1" >>%s\n' % self.path("told"))
        self.assertEqual(self.restart().error["code"], "ENGINE_PROTOCOL")
        with open(self.path("told")) as file:
            self.assertEqual(file.read().split(), ["version"])

    def test_the_launcher_begins_to_start_while_it_is_asked(self):
        with open(self.fake, "a") as file:
            file.write("# rollcall.jar\n")
        self.behave("version", {"document": {"version": "2.0", "protocol": 2, "java": "21"}})
        self.behave("restart", {"rc": 2})
        self.restart()
        self.until(lambda: self.calls("restart"), "the one that was begun has ended")
        self.assertEqual(self.calls("restart")[0]["stdin"], "")

    def test_what_cannot_be_run_is_said(self):
        trouble = self.trouble(lambda: Engine(["/etc/passwd"]).restart({}))
        self.assertEqual(trouble.error["code"], "ENGINE_NOT_FOUND")
        self.assertIn("Permission denied", str(trouble))

    def test_no_output(self):
        self.behave("restart", {"out": "", "err": "rollcall: tried to start but there is no Java; install one\nmore", "rc": 1})
        trouble = self.restart()
        self.assertEqual(trouble.error["code"], "ENGINE_UNUSABLE_ANSWER")
        self.assertIn("it ended with 1 and printed nothing (rollcall: tried to start but there is no Java; install one)", str(trouble))
        self.assertFalse(trouble.error["safe_to_retry"])
        self.assertEqual(trouble.ended.rc, 1)

    def test_half_a_document(self):
        for half in ('{"outcome": "succ', "[]", "3", "null", "{}", "ok", '{"a": 1}{"b": 2}'):
            self.behave("restart", {"out": half})
            self.assertEqual(self.restart().error["code"], "ENGINE_UNUSABLE_ANSWER", half)

    def test_an_engine_that_is_killed_names_the_run_that_it_leaves(self):
        self.behave("restart", {"out": "", "err": UNDER_WAY % "R6" + UNDER_WAY % "R7", "signal": 9})
        self.behave("runs", {"document": document(outcome="interrupted", exit_code=1, run_id="R7")})
        trouble = self.restart()
        self.assertEqual(trouble.error["code"], "ENGINE_KILLED")
        self.assertIn("it was ended by signal 9 and printed nothing; what", str(trouble))
        self.assertEqual(trouble.document["run_id"], "R7")
        self.assertEqual([call["argv"][:2] for call in self.calls("runs")], [["runs", "R7"]])

    def test_a_launcher_that_tells_137_is_a_killed_engine_too(self):
        self.behave("restart", {"out": "", "rc": 137})
        self.assertEqual(self.restart().error["code"], "ENGINE_KILLED")

    def test_the_run_of_somebody_else_is_not_taken_for_the_one_that_was_left(self):
        """Two tasks at once on a host: what the other has begun meanwhile is the latest run."""
        self.behave("restart", {"out": "", "rc": 137})
        self.behave("runs", {"document": [document(started_at="2999-01-01T00:00:00Z", run_id="R9")]})
        self.assertEqual(self.restart().document, {})
        self.assertEqual(self.calls("runs"), [])

    def test_a_journal_that_cannot_be_asked_does_not_hide_the_trouble(self):
        self.behave("restart", {"out": "", "err": UNDER_WAY % "R7", "rc": 137})
        self.behave("runs", {"out": "half"})
        self.assertEqual(self.restart().error["code"], "ENGINE_KILLED")

    def test_a_hanging_look_is_ended(self):
        self.behave("roll", {"document": {"nodes": []}})
        for word, asked in (("plan", "plan"), ("version", "roll")):
            self.behave(word, {"until": self.path("never")})
            trouble = self.trouble(lambda asked=asked: self.engine(seconds=2).ask(asked, {}))
            self.assertEqual(trouble.error["code"], "ENGINE_HANGS")
            self.assertIn("rollcall " + word, str(trouble))

    def test_a_hanging_restart_is_waited_for_no_longer_than_allowed_and_goes_on(self):
        running = document(outcome="running", run_id="R8")
        self.behave("restart", {"err": UNDER_WAY % "R8", "until": self.path("go"), "leaves": self.path("finished")})
        self.behave("runs", {"document": running})
        trouble = self.trouble(lambda: self.engine().restart({}, wait=0.5))
        self.assertEqual(trouble.error["code"], "STILL_RUNNING")
        self.assertNotIn("token", str(trouble))
        self.assertIn("see: rollcall runs R8", str(trouble))
        self.assertEqual(trouble.document["run_id"], "R8")
        self.assertIsNone(trouble.ended.rc)
        open(self.path("go"), "w").close()
        self.until(lambda: os.path.exists(self.path("finished")), "the run has ended by itself")

    def test_a_flood_is_refused(self):
        self.behave("restart", {"flood_mib": 50})
        trouble = self.restart()
        self.assertEqual(trouble.error["code"], "ENGINE_UNUSABLE_ANSWER")
        self.assertIn("printed more than 16 MiB", str(trouble))

    def test_the_request_stands_on_stdin_and_not_in_argv(self):
        self.behave("restart", {"document": document()})
        self.engine().restart({"token": "r1", "conf": "/s.conf"})
        self.assertEqual(self.request("restart"), {"token": "r1", "conf": "/s.conf", "output": "json"})
        argv = ["restart", "--state-dir", "/s", "--request", "-", "--requested-by", "ansible"]
        self.assertEqual(self.calls("restart")[0]["argv"], argv)
