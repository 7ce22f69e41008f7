"""The module restart with ansible-playbook, the packaged launcher, a real supervisord, Celery and Redis."""
import signal
import tempfile
import unittest
from pathlib import Path

from playing import (
    Arena,
    HeldArena,
    Player,
    celery,
    files,
    journals,
    looks_at_runs,
    pids,
    restart,
    roll_info,
    tree,
    until,
    wrapped,
)


class RestartTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="play")
        self.addCleanup(folder.cleanup)
        self.player = Player(folder.name)

    def test_check_mode_touches_nothing_then_it_is_done_once(self):
        with Arena([celery("q"), wrapped("w")]) as arena:
            bystander = arena.detached("nohup")
            before, listed = pids(arena), files(arena.root)

            plan, roll = self.player.tasks(
                restart(arena, check_mode=True, token="r1", inspect_timeout="20s"), roll_info(arena, inspect_timeout="20s"), words=["--diff"]
            )

            self.assertEqual((pids(arena), files(arena.root)), (before, listed))
            self.assertEqual((plan["changed"], plan["outcome"], plan["journal"]), (True, "planned", None))
            self.assertEqual(plan["roll"]["bystanders"][0]["pid"], bystander.pid)
            self.assertFalse(roll["changed"])
            self.assertEqual(roll["roll"]["nodes"], plan["roll"]["nodes"])

            done, again, planned = self.player.tasks(
                restart(arena, token="r1"), restart(arena, token="r1"), restart(arena, token="r1", check_mode=True), words=["--diff"]
            )

            self.assertEqual((done["changed"], done["outcome"], done["service"]), (True, "succeeded", "up"), done["msg"])
            self.assertTrue(bystander.is_alive())
            self.assertFalse(pids(arena) & before - {(bystander.pid, bystander.start_ticks)})
            # the node behind the shell has survived the stop
            self.assertIn("w@", done["killed"][0]["node"])
            self.assertTrue(Path(done["journal"]).is_file())
            self.assertIn("main %d " % done["roll"]["nodes"][0]["pid"], done["diff"]["before"])
            self.assertIn("supervisord %d\n" % arena.supervisord().pid, done["diff"]["after"])
            self.assertIn("bystander %d" % bystander.pid, done["diff"]["after"])
            for result in (again, planned):
                self.assertEqual((result["changed"], result["outcome"]), (False, "nothing_to_do"), result["msg"])
            self.assertEqual(set(done) - {"diff", "warnings"}, set(again) - {"warnings"})

    def test_an_async_limit_cuts_no_run_and_a_repeat_joins_it(self):
        with HeldArena() as arena:
            before = pids(arena)
            limited = dict(restart(arena, token="r1"), **{"async": 8, "poll": 1})
            playing = self.player.start_tasks(limited, restart(arena, token="r1"))
            arena.await_stop()
            until("the repeat has joined", lambda: looks_at_runs(playing.pid), 60)
            arena.let_go()
            cut, joined = self.player.end_tasks(playing)

            self.assertTrue(cut["failed"], cut)
            self.assertNotIn("run_id", cut)
            self.assert_joined(arena, joined, before)

    def test_ansible_is_killed_with_all_that_it_waits_for(self):
        with HeldArena() as arena:
            before = pids(arena)
            lost = self.player.start_tasks(restart(arena, token="r1"))
            arena.await_stop()
            own = [process for process in tree(lost.pid) if "--request" not in process.command]
            for process in own:
                process.signal(signal.SIGKILL)
            self.assertEqual(self.player.end(lost), -signal.SIGKILL)
            self.assertTrue(any("AnsiballZ_restart.py" in word for process in own for word in process.command), own)

            again = self.player.start_tasks(restart(arena, token="r1"))
            until("the repeat has joined", lambda: looks_at_runs(again.pid), 60)
            arena.let_go()
            (joined,) = self.player.end_tasks(again)

            self.assert_joined(arena, joined, before)

    def assert_joined(self, arena, joined, before):
        self.assertEqual((joined["joined"], joined["outcome"], joined["service"]), (True, "succeeded", "up"), joined["msg"])
        self.assertTrue(joined["changed"])
        self.assertFalse(pids(arena) & before)
        self.assertEqual(journals(arena).count('"shutdown_begun"'), 1)

    def test_an_engine_that_is_killed_names_its_run_and_a_repeat_finishes_it(self):
        with HeldArena() as arena:
            before = pids(arena)
            playing = self.player.start_tasks(restart(arena, token="r1"))
            arena.await_stop()
            (engine,) = [process for process in tree(playing.pid) if "--request" in process.command]
            engine.signal(signal.SIGKILL)
            (killed,) = self.player.end_tasks(playing)
            self.assertEqual((killed["error"]["code"], killed["outcome"]), ("ENGINE_KILLED", "interrupted"), killed["msg"])
            self.assertEqual([killed["run_id"]], [path.stem for path in (arena.root / "state" / "runs").glob("*.jsonl")])

            playing = self.player.start_tasks(restart(arena, token="r1"))
            until("the repeat goes on with it", lambda: '"resumed"' in journals(arena), 60)
            arena.let_go()
            (again,) = self.player.end_tasks(playing)

            self.assertEqual((again["outcome"], again["changed"]), ("nothing_to_do", True), again["msg"])
            self.assertEqual(again["msg"], "run %s has succeeded with token r1 already; nothing to do" % killed["run_id"])
            self.assertEqual([finding["code"] for finding in again["findings"]], ["RUN_FINISHED", "TOKEN_DONE"])
            self.assertFalse(pids(arena) & before)

    def test_a_wait_that_is_over_names_the_run_and_another_task_is_turned_away(self):
        with HeldArena() as arena:
            playing = self.player.start_tasks(restart(arena, token="r1", wait_timeout=8), restart(arena, token="r2"))
            arena.await_stop()
            impatient, busy = self.player.end_tasks(playing)
            self.assertEqual((impatient["error"]["code"], impatient["outcome"]), ("STILL_RUNNING", "running"), impatient["msg"])
            self.assertEqual((busy["error"]["code"], busy["rc"], busy["changed"]), ("TARGET_BUSY", 3, False))
            self.assertEqual(busy["run_id"], impatient["run_id"])
            arena.let_go()
            until("the run is over", lambda: '"ended"' in journals(arena), 60)

    def test_failures_say_what_to_do_with_the_same_keys(self):
        with Arena([celery("q")]) as arena:
            before = pids(arena)
            nowhere, refused, impatient = self.player.tasks(
                restart(arena, conf="/nowhere/supervisord.conf"),
                restart(arena, stop_timeout="soon"),
                restart(arena, conf=str(_broken(arena))),
            )
            self.assertEqual(pids(arena), before)
        for result, code, rc in ((nowhere, "CONF_NOT_FOUND", 2), (refused, "BAD_REQUEST", 2), (impatient, "CONF_INVALID", 4)):
            self.assertTrue(result["failed"])
            self.assertEqual((result["error"]["code"], result["rc"], result["changed"]), (code, rc, False), result["msg"])
            self.assertIn(result["msg"], result["error"]["message"])
            self.assertIn("restart", result["cmd"])
            self.assertIn(code, result["stdout"])
            self.assertIn("journal", result)


def _broken(arena):
    """The arena's own file, as somebody has just spoiled it."""
    arena.conf.write_text(arena.conf.read_text() + "[program:broken]\nautostart=true\n")
    return arena.conf


if __name__ == "__main__":
    unittest.main()
