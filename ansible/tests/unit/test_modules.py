"""The same keys on every path; check mode only plans; only what was asked for is sent."""
import json
import os
import re
import unittest

from ansible_collections.rollcall.celery.plugins.modules import restart, roll_info
from ansible_collections.rollcall.celery.plugins.module_utils import _report, _task
from stage import ROLL, Ended, Module, Stage, document, error

LAUNCHER = os.path.join(os.path.dirname(__file__), *[".."] * 3, "bin", "rollcall")
SCHEMA = os.path.join(os.path.dirname(__file__), *[".."] * 3, "docs", "schema", "result.schema.json")
RESTART = dict(_report.DOCUMENT, **_report.CALL, joined=False)
INFO = dict(_report.CALL, changed=False, roll=None, error=None)


class ModulesTest(Stage):
    def play(self, module_of=restart, check_mode=False, diff=False, **params):
        """The module object and how it ended, with every option that was not given as null, as Ansible does."""
        every = [*_task.ENGINE_OPTIONS, *_task.LOOK_OPTIONS, *restart.OPTIONS, "wait_timeout"]
        engine = {} if "jar" in params else {"executable": self.fake}
        module = Module(check_mode, diff, {**dict.fromkeys(every), **engine, **params})
        blank, work = (RESTART, restart.restart) if module_of is restart else (INFO, roll_info.roll_info)
        with self.assertRaises(Ended) as caught:
            _task.finish(module, blank, work)
        self.assertEqual(set(caught.exception.result) - {"diff"}, set(blank) | {"msg"})
        self.assertTrue(caught.exception.result["msg"])
        return module, caught.exception

    def test_a_restart_that_goes_well(self):
        self.behave("restart", {"document": document(killed=[{"pid": 12}])})
        dummy, ended = self.play()
        self.assertFalse(ended.failed)
        self.assertTrue(ended.result["changed"])
        self.assertEqual(ended.result["run_id"], "R1")
        self.assertEqual(ended.result["engine_version"], "9.9")
        self.assertEqual(
            ended.result["msg"], "up again after 3.9 s down; 1 leftovers killed, 1 bystanders spared, 0 tasks interrupted"
        )
        self.assertEqual(ended.result["stdout"], "")

    def test_only_what_was_asked_for_is_sent(self):
        self.behave("restart", {"document": document()})
        self.play()
        self.assertEqual(self.request("restart"), {"output": "json"})
        self.play(drain="30s", override=True, require_answers=False, programs=["a:*"], token="r1", conf="relative.conf")
        sent = self.request("restart")
        self.assertEqual(sent.pop("conf"), os.path.abspath("relative.conf"))
        self.assertEqual(
            sent, {"output": "json", "drain": "30s", "override": True, "require_answers": False, "programs": ["a:*"], "token": "r1"}
        )

    def test_an_empty_word_was_not_asked_for(self):
        """As of a variable that is not set: a token of no name would be done for ever after the first restart."""
        self.behave("restart", {"document": document()})
        self.play(token="", conf="", pidfile="", target="", stop_timeout="", programs=[])
        self.assertEqual(self.request("restart"), {"output": "json", "programs": []})

    def test_check_mode_plans_and_begins_nothing(self):
        self.behave("plan", {"document": document(outcome="planned", dry_run=True, journal=None)})
        dummy, ended = self.play(check_mode=True)
        self.assertTrue(ended.result["changed"])
        self.assertEqual(self.calls("restart"), [])
        self.assertEqual(ended.result["msg"], "a restart would go through; nothing has been touched")

    def test_check_mode_tells_that_it_would_be_refused(self):
        refused = document(outcome="refused", exit_code=4, changed=False, error=error("CONF_INVALID"))
        self.behave("plan", {"document": refused, "rc": 4})
        dummy, ended = self.play(check_mode=True)
        self.assertTrue(ended.failed)
        self.assertFalse(ended.result["changed"])

    def test_a_token_that_is_done(self):
        done = document(outcome="nothing_to_do", changed=False, token="r1", roll=None, downtime_ms=0)
        self.behave("restart", {"document": done})
        dummy, ended = self.play(token="r1", diff=True)
        self.assertFalse(ended.result["changed"])
        self.assertNotIn("diff", ended.result)
        self.assertEqual(ended.result["msg"], "nothing to do: a run with token r1 has succeeded before")
        sentence = "run R0 has succeeded with token r1 already; nothing to do"
        named = [{"code": "TOKEN_DONE", "severity": "info", "message": sentence, "fix": ""}]
        self.behave("restart", {"document": dict(done, findings=named)})
        self.assertEqual(self.play(token="r1")[1].result["msg"], sentence)

    def test_a_failure_says_what_to_do_and_all_that_was_seen(self):
        down = document(outcome="failed", exit_code=6, service="down", error=error("START_FAILED"))
        self.behave("restart", {"document": down, "rc": 6, "err": "a log"})
        dummy, ended = self.play()
        self.assertTrue(ended.failed)
        self.assertEqual(ended.result["msg"], "the service is down: tried to do it but it did not work; mend it")
        self.assertEqual((ended.result["rc"], ended.result["stderr"]), (6, "a log"))
        self.assertEqual(ended.result["cmd"][:2], [self.fake, "restart"])
        self.assertIn("START_FAILED", ended.result["stdout"])
        self.assertEqual(ended.result["journal"], "/state/runs/R1.jsonl")
        self.assertTrue(ended.result["changed"])

    def test_a_service_of_which_nobody_knows_may_be_down(self):
        unknown = document(outcome="failed", exit_code=6, service="unknown", error=error("SHUTDOWN_UNANSWERED"))
        self.behave("restart", {"document": unknown, "rc": 6})
        self.assertEqual(self.play()[1].result["msg"], "the service may be down: tried to do it but it did not work; mend it")

    def test_up_but_not_well_is_a_failure_that_names_the_finding(self):
        finding = {"code": "NODE_SILENT_AFTER", "severity": "error", "message": "node q@web1 is silent", "fix": "look at its log"}
        self.behave("restart", {"document": document(exit_code=5, findings=[finding]), "rc": 5})
        module, ended = self.play()
        self.assertTrue(ended.failed)
        self.assertEqual(ended.result["msg"], "the service is up, but node q@web1 is silent; look at its log")
        self.assertEqual(module.warnings, ["NODE_SILENT_AFTER: node q@web1 is silent"])

    def test_an_exit_code_that_the_document_does_not_know_is_a_failure(self):
        self.behave("restart", {"document": document(), "signal": 9})
        self.assertTrue(self.play()[1].failed)

    def test_no_usable_answer_has_the_same_keys(self):
        strange = ({"document": {"exit_code": 0, "outcome": "succeeded"}}, {"out": "[" * 100000})
        for behaviour in ({"out": ""}, {"out": '{"outco'}, {"out": "", "rc": 137}, {"flood_mib": 50}, {"out": "", "signal": 9}, *strange):
            self.behave("restart", behaviour)
            self.behave("roll", behaviour)
            for module_of in (restart, roll_info):
                dummy, ended = self.play(module_of)
                self.assertTrue(ended.failed, behaviour)
                self.assertFalse(ended.result["changed"])
                self.assertEqual(ended.result["msg"], ended.result["error"]["message"])
                self.assertLess(len(json.dumps(ended.result)), 20000)

    def test_an_engine_that_is_known_is_named_whatever_the_trouble(self):
        self.behave("restart", {"document": document(outcome="running"), "until": self.path("go")})
        dummy, late = self.play(wait_timeout=0, token="r1")
        open(self.path("go"), "w").close()
        self.behave("restart", {"out": ""})
        self.behave("roll", {"out": ""})
        for ended in (late, self.play(token="r1")[1], self.play(roll_info)[1]):
            self.assertEqual((ended.failed, ended.result["engine_version"]), (True, "9.9"), ended.result["msg"])

    def test_a_wait_of_less_than_nothing_is_refused_before_anything_is_begun(self):
        dummy, ended = self.play(wait_timeout=-1)
        self.assertTrue(ended.failed)
        self.assertEqual(ended.result["error"]["code"], "BAD_REQUEST")
        self.assertIn("tried to wait -1 s", ended.result["msg"])
        self.assertEqual(self.calls("restart"), [])

    def test_no_engine_has_the_same_keys(self):
        for params in ({"executable": "/nowhere/rollcall"}, {"jar": "/nowhere/rollcall.jar"}, {"executable": "/etc"}):
            dummy, ended = self.play(**params)
            self.assertTrue(ended.failed)
            self.assertEqual(ended.result["error"]["code"], "ENGINE_NOT_FOUND")
            self.assertEqual(ended.result["cmd"], [])

    def test_the_diff_shows_pids_before_and_after(self):
        after = json.loads(json.dumps(ROLL).replace("11", "21").replace("12", "22").replace('"pid": 10', '"pid": 20'))
        self.behave("restart", {"document": document()})
        self.behave("roll", {"document": after})
        diff = self.play(diff=True)[1].result["diff"]
        spared = "bystander 13: sleep 600\n"
        self.assertEqual(diff["before"], "supervisord 10\nq: node q@web1 main 11 pool 12\n" + spared)
        self.assertEqual(diff["after"], "supervisord 20\nq: node q@web1 main 21 pool 22\n" + spared)

    def test_the_diff_of_a_plan_knows_who_but_not_which_pid(self):
        orphan = dict(ROLL["nodes"][0], orphan=True, pid=99)
        roll = dict(ROLL, nodes=ROLL["nodes"] + [orphan])
        self.behave("plan", {"document": document(outcome="planned", roll=roll)})
        diff = self.play(diff=True, check_mode=True)[1].result["diff"]
        self.assertIn("q: node q@web1 (orphan) main 99 pool 12\n", diff["before"])
        self.assertEqual(diff["after"], "supervisord new\nq: node q@web1 main new pool new\nbystander 13: sleep 600\n")

    def test_a_diff_that_cannot_be_taken_fails_no_restart(self):
        self.behave("restart", {"document": document()})
        self.behave("roll", {"out": "", "rc": 1})
        dummy, ended = self.play(diff=True)
        self.assertFalse(ended.failed)
        self.assertEqual(ended.result["diff"]["after"], "the roll could not be taken\n")

    def test_roll_info(self):
        self.behave("roll", {"document": ROLL})
        dummy, ended = self.play(roll_info, conf="/s.conf")
        self.assertEqual(ended.result["roll"], ROLL)
        self.assertFalse(ended.result["changed"])
        self.assertEqual(
            ended.result["msg"],
            "supervisord runs, 1 of 1 nodes answered, 0 tasks are active, 0 workers of an earlier life are left",
        )
        self.assertEqual(self.request("roll"), {"conf": "/s.conf", "output": "json"})

    def test_a_roll_is_no_result_and_a_result_no_roll(self):
        self.behave("restart", {"document": ROLL})
        self.behave("roll", {"document": document()})
        for module_of in (restart, roll_info):
            self.assertEqual(self.play(module_of)[1].result["error"]["code"], "ENGINE_UNUSABLE_ANSWER")

    def test_roll_info_that_is_refused(self):
        refused = document(outcome="refused", exit_code=2, changed=False, roll=None, error=error("CONF_NOT_FOUND"))
        self.behave("roll", {"document": refused, "rc": 2})
        dummy, ended = self.play(roll_info)
        self.assertTrue(ended.failed)
        self.assertEqual(ended.result["error"]["code"], "CONF_NOT_FOUND")
        self.assertIsNone(ended.result["roll"])

    @unittest.skipUnless(os.path.exists(LAUNCHER), "the launcher lies beside the collection in its repository only")
    def test_a_jar_is_run_as_the_launcher_runs_it(self):
        with open(LAUNCHER) as file:
            text = file.read()
        said = re.search(r'^    \*\) memory="([^"]+)"', text, re.MULTILINE).group(1).split()
        options = re.search(r"^exec (.*)-jar", text, re.MULTILINE | re.DOTALL).group(1).split()
        said += [word for word in options if word.startswith("-X") and "SharedArchiveFile" not in word or word.startswith("-D")]
        self.assertEqual(set(_task.JAVA), set(said))

    @unittest.skipUnless(os.path.exists(SCHEMA), "the schema lies beside the collection in its repository only")
    def test_the_keys_are_those_of_the_schema(self):
        with open(SCHEMA) as file:
            self.assertEqual(set(_report.DOCUMENT), set(json.load(file)["required"]))
