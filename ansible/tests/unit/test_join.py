"""A repeat with the same token joins the run that is under way, and takes no other one for it."""
from unittest import mock

from ansible_collections.rollcall.celery.plugins.module_utils import _join
from ansible_collections.rollcall.celery.plugins.module_utils._engine import Engine, Trouble
from stage import Stage, document, error

BUSY = {"document": document(run_id="R1", outcome="refused", exit_code=3, error=error("TARGET_BUSY")), "rc": 3}


def run(**keys):
    return {"document": document(run_id="R1", **keys)}


@mock.patch.object(_join, "PAUSE", 0.01)
class JoinTest(Stage):
    def join(self, token="r1", wait=20):
        request = {"token": token} if token else {}
        return _join.restart_or_join(Engine([self.fake]), request, wait)

    def test_it_waits_for_the_end_and_returns_what_that_run_did(self):
        self.behave("restart", BUSY)
        running = run(token="r1", outcome="running")
        self.behave("runs", running, running, run(token="r1", downtime_ms=77))
        ended, found, joined = self.join()
        self.assertEqual((ended.rc, found["outcome"], found["downtime_ms"], joined), (0, "succeeded", 77, True))
        self.assertEqual(len(self.calls("restart")), 1)

    def test_a_run_that_failed_is_reported_as_one(self):
        self.behave("restart", BUSY)
        self.behave("runs", run(token="r1", outcome="failed", exit_code=6, service="down", error=error("START_FAILED")))
        ended, found, joined = self.join()
        self.assertEqual((ended.rc, found["service"], joined), (6, "down", True))

    def test_a_run_that_is_cut_off_meanwhile_is_finished_by_ours(self):
        self.behave("restart", BUSY, {"document": document(run_id="R2", token="r1")})
        self.behave("runs", run(token="r1", outcome="running"), run(token="r1", outcome="interrupted", exit_code=1))
        ended, found, joined = self.join()
        self.assertEqual((ended.rc, found["run_id"], joined), (0, "R2", False))

    def test_another_token_is_another_run(self):
        self.behave("restart", BUSY)
        self.behave("runs", run(token="r2", outcome="running"))
        ended, found, joined = self.join()
        self.assertEqual((ended.rc, found["error"]["code"], joined), (3, "TARGET_BUSY", False))

    def test_without_a_token_nothing_is_joined(self):
        self.behave("restart", BUSY)
        self.assertEqual(self.join(token=None)[0].rc, 3)
        self.assertEqual(self.calls("runs"), [])

    def test_a_journal_may_come_after_the_lock(self):
        self.behave("restart", BUSY)
        self.behave("runs", {"out": "", "rc": 2}, run(token="r1"))
        self.assertTrue(self.join()[2])

    def test_a_run_in_a_state_folder_that_is_not_ours_is_a_busy_target(self):
        self.behave("restart", BUSY)
        self.behave("runs", {"out": "", "rc": 2})
        with mock.patch.object(_join, "NO_JOURNAL_YET", 0.1):
            ended, dummy, joined = self.join()
        self.assertEqual((ended.rc, joined), (3, False))

    def test_the_wait_has_an_end(self):
        self.behave("restart", BUSY)
        self.behave("runs", run(token="r1", outcome="running"))
        with self.assertRaises(Trouble) as caught:
            self.join(wait=0.5)
        self.assertEqual(caught.exception.error["code"], "STILL_RUNNING")
        self.assertIn("rollcall runs R1", str(caught.exception))
        self.assertEqual(caught.exception.document["run_id"], "R1")
