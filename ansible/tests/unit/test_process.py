"""Who waits for a run may be killed, with its whole process group: the run goes on."""
import os
import signal
import subprocess
import sys
import unittest

from ansible_collections.rollcall.celery.plugins.module_utils._process import LARGEST_OUTPUT, Started
from stage import VERSION, Stage

WAITS = """
import sys
from ansible_collections.rollcall.celery.plugins.module_utils._process import Started
started = Started(sys.argv[1:])
started.give(b"{}")
started.wait()
"""


class ProcessTest(Stage):
    def test_a_sigkill_to_the_group_of_the_module_does_not_cut_the_run(self):
        self.behave("restart", {"until": self.path("go"), "leaves": self.path("finished")})
        waiting = subprocess.Popen([sys.executable, "-c", WAITS, self.fake, "restart"], start_new_session=True)
        self.until(lambda: self.calls("restart"), "the run is under way")
        run = self.calls("restart")[0]["pid"]

        os.killpg(waiting.pid, signal.SIGKILL)
        self.assertEqual(waiting.wait(), -signal.SIGKILL)
        os.kill(run, 0)
        open(self.path("go"), "w").close()

        self.until(lambda: os.path.exists(self.path("finished")), "the run has ended by itself")

    def begin(self, word):
        started = Started([self.fake, word])
        started.give(b"{}")
        return started

    def test_what_ends_without_reading_is_no_trouble_of_ours(self):
        started = Started(["/bin/true"])
        self.assertEqual(os.waitid(os.P_PID, started._process.pid, os.WEXITED | os.WNOWAIT).si_status, 0)
        started.give(b"{}")
        self.assertEqual(started.wait().rc, 0)

    def test_more_than_a_request_has_does_not_hold_us_up(self):
        started = Started(["/bin/sleep", "0.2"])
        started.give(b"x" * (1 << 20))
        self.assertEqual(started.wait().rc, 0)

    def test_it_is_the_leader_of_its_own_session(self):
        self.begin("version").wait()
        call = self.calls("version")[0]
        self.assertEqual(call["sid"], call["pid"])

    def test_nothing_has_a_name_on_disk(self):
        self.behave("restart", {"until": self.path("go"), "out": "half"})
        started = self.begin("restart")
        self.until(lambda: self.calls("restart"), "it runs")
        files = [os.readlink("/proc/%d/fd/%d" % (self.calls("restart")[0]["pid"], fd)) for fd in (1, 2)]
        open(self.path("go"), "w").close()
        self.assertEqual(started.wait().stdout, b"half")
        self.assertTrue(all(name.startswith("/memfd:") for name in files), files)

    def test_more_than_anybody_reads_is_not_kept(self):
        self.behave("plan", {"flood_mib": 50})
        ended = self.begin("plan").wait()
        self.assertEqual(ended.rc, 0)
        self.assertEqual(len(ended.stdout), LARGEST_OUTPUT + 1)

    def test_a_wait_that_is_over_leaves_it_running(self):
        self.behave("restart", {"until": self.path("go"), "leaves": self.path("finished")})
        self.assertIsNone(self.begin("restart").wait(0.2).rc)
        self.until(lambda: self.calls("restart"), "it runs")
        os.kill(self.calls("restart")[0]["pid"], 0)
        open(self.path("go"), "w").close()
        self.until(lambda: os.path.exists(self.path("finished")), "it has ended by itself")

    def test_what_only_looks_is_ended_when_its_time_is_over(self):
        self.behave("plan", {"until": self.path("never")})
        started = self.begin("plan")
        self.until(lambda: self.calls("plan"), "it runs")
        self.assertIsNone(started.wait_or_end(0.1).rc)
        with self.assertRaises(ProcessLookupError):
            os.kill(self.calls("plan")[0]["pid"], 0)

    def test_the_answer_of_one_that_behaves(self):
        self.assertIn(VERSION["document"]["version"].encode(), self.begin("version").wait().stdout)


if __name__ == "__main__":
    unittest.main()
