"""Ten hosts, each with its own supervisord, worker, broker and state folder; some of them cannot be restarted."""
import contextlib
import json
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor

from playing import LAUNCHER, Arena, Player, celery, journals, pids

HOSTS = ["h%02d" % number for number in range(1, 11)]
REFUSED = "h05"
DOWN = "h07"
BUSY = "h08"
LOST = "h02"


class Host(Arena):
    """Its worker comes up as long as a file is there."""

    def __init__(self):
        one = celery("q", "--without-mingle --without-gossip --without-heartbeat")
        command = 'sh -c "test -e ROOT/app/healthy && exec %s"' % one["command"].replace("--concurrency=2", "--concurrency=1")
        super().__init__([dict(one, command=command, startretries="0")])
        self.conf.write_text(self.conf.read_text().replace("ROOT", str(self.root)))
        self.healthy = self.root / "app" / "healthy"
        self.healthy.touch()


class RollingTest(unittest.TestCase):
    def setUp(self):
        with contextlib.ExitStack() as stack:
            self.player = Player(stack.enter_context(tempfile.TemporaryDirectory(prefix="roll")))
            self.fleet = {host: Host() for host in HOSTS}
            for arena in self.fleet.values():
                stack.callback(arena.close)
            with ThreadPoolExecutor(3) as several:
                list(several.map(Arena.__enter__, self.fleet.values()))
            self.addCleanup(stack.pop_all().close)
        variables = self.player.folder / "host_vars"
        variables.mkdir()
        for host, arena in self.fleet.items():
            own = {"rollcall_conf": str(arena.conf), "rollcall_state_dir": str(arena.root / "state"), "rollcall_executable": str(LAUNCHER)}
            (variables / (host + ".json")).write_text(json.dumps(own))

    def roll(self, playbook, *words):
        """Who was restarted, and that all others are as they were."""
        before = {host: pids(arena) for host, arena in self.fleet.items()}
        self.assertNotEqual(self.player.run(playbook, *words, hosts=HOSTS), 0, self.player.output)
        touched = {host for host, arena in self.fleet.items() if pids(arena) != before[host]}
        self.assertEqual([host for host in touched if pids(self.fleet[host]) & before[host]], [], self.player.output)
        return touched

    def test_the_first_host_that_fails_ends_it_and_the_rest_is_untouched(self):
        self.assert_one_that_cannot_be_reached_ends_it_too()
        spoiled = self.fleet[REFUSED].conf
        sound = spoiled.read_text()
        spoiled.write_text(sound + "[program:spoiled]\n")
        self.assertEqual(self.roll("rollcall.celery.rolling_restart", "-e", "rollcall_token=r1"), set(HOSTS[:4]))
        self.assert_told(REFUSED, "spoiled", HOSTS[5:])
        # the canary was alone
        self.assertLess(self.player.output.index("h01"), self.player.output.index("h02"))

        spoiled.write_text(sound)
        self.fleet[DOWN].healthy.unlink()
        self.assertEqual(self.roll("rollcall.celery.rolling_restart", "-e", "rollcall_token=r1"), {"h05", "h06", "h07"})
        self.assert_told(DOWN, "the service is down: ", HOSTS[7:])
        self.assertEqual([h for h, arena in self.fleet.items() if "shutdown_begun" not in journals(arena)], HOSTS[7:])

        self.assert_more_may_fail_where_that_is_said()

    def assert_told(self, host, why, later):
        self.assertIn(host + " is not well: ", self.player.output)
        self.assertIn(why, self.player.output)
        self.assertIn("hosts of later batches stay as they are", self.player.output)
        self.assertEqual([h for h in later if h in self.player.output], [])

    def assert_one_that_cannot_be_reached_ends_it_too(self):
        """Ansible alone would go on with the next batch."""
        variables = self.player.folder / "host_vars" / (LOST + ".json")
        own = variables.read_text()
        nobody_listens = dict(json.loads(own), ansible_connection="ssh", ansible_host="127.0.0.1", ansible_port=1)
        variables.write_text(json.dumps(nobody_listens))
        more = json.dumps({"rollcall_token": "r0", "rollcall_hosts": "h01,h02,h09,h10", "rollcall_serial": [1]})
        self.assertEqual(self.roll("rollcall.celery.rolling_restart", "-e", more), {"h01"})
        self.assert_told(LOST, "Failed to connect", ["h09", "h10"])
        variables.write_text(own)

    def assert_more_may_fail_where_that_is_said(self):
        """One of two is allowed to fail; one fails since it is down still, one since a task was lost on it."""
        self.fleet[BUSY].mark(self.fleet[BUSY].send("nap", 600), "started")
        play = {"hosts": "h06,h07,h08,h09", "gather_facts": False, "serial": 2, "max_fail_percentage": 50}
        play["vars"] = {"rollcall_token": "r2", "rollcall_lost_tasks_allowed": 0}
        play["roles"] = ["rollcall.celery.rolling"]
        playbook = self.player.folder / "own.json"
        playbook.write_text(json.dumps([play]))
        self.assertEqual(self.roll(playbook) | {DOWN}, {"h06", "h07", "h08", "h09"})
        for host, why in ((DOWN, "the service is down: "), (BUSY, "1 tasks are lost (tasks.nap)")):
            self.assertIn(host + " is not well: ", self.player.output)
            self.assertIn(why, self.player.output)
        self.assertNotIn("h09 is not well", self.player.output)


if __name__ == "__main__":
    unittest.main()
