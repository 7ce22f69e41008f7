"""Ten hosts, each with its own supervisord, worker, broker and state folder; the fifth one cannot be restarted."""
import contextlib
import json
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor

from playing import LAUNCHER, Arena, Player, celery, journals, pids

HOSTS = ["h%02d" % number for number in range(1, 11)]
FAILING = "h05"


def small():
    one = celery("q", "--without-mingle --without-gossip --without-heartbeat")
    return [dict(one, command=one["command"].replace("--concurrency=2", "--concurrency=1"))]


class RollingTest(unittest.TestCase):
    def test_the_first_host_that_fails_ends_it_and_the_rest_is_untouched(self):
        with contextlib.ExitStack() as stack:
            player = Player(stack.enter_context(tempfile.TemporaryDirectory(prefix="roll")))
            fleet = {host: Arena(small()) for host in HOSTS}
            with ThreadPoolExecutor(3) as several:
                for arena in fleet.values():
                    stack.callback(arena.close)
                list(several.map(Arena.__enter__, fleet.values()))
            before = {host: pids(arena) for host, arena in fleet.items()}
            fleet[FAILING].conf.write_text(fleet[FAILING].conf.read_text() + "[program:spoiled]\n")

            variables = player.folder / "host_vars"
            variables.mkdir()
            for host, arena in fleet.items():
                own = {"rollcall_conf": str(arena.conf), "rollcall_state_dir": str(arena.root / "state"), "rollcall_executable": str(LAUNCHER)}
                (variables / (host + ".json")).write_text(json.dumps(own))
            rc = player.run("rollcall.celery.rolling_restart", "-e", "rollcall_token=r1", hosts=HOSTS)

            self.assertNotEqual(rc, 0, player.output)
            restarted = {host for host, arena in fleet.items() if not pids(arena) & before[host]}
            self.assertEqual(restarted, {"h01", "h02", "h03", "h04"}, player.output)
            untouched = {host for host, arena in fleet.items() if pids(arena) == before[host]}
            self.assertEqual(untouched, set(HOSTS) - restarted)
            self.assertEqual({h for h, arena in fleet.items() if "shutdown_begun" in journals(arena)}, restarted)
            # the canary was alone
            self.assertLess(player.output.index("h01"), player.output.index("h02"))
            self.assertIn("h05 is not well: ", player.output)
            self.assertIn("spoiled", player.output)
            self.assertIn("hosts of later batches stay as they are", player.output)
            for later in HOSTS[5:]:
                self.assertNotIn(later, player.output)


if __name__ == "__main__":
    unittest.main()
