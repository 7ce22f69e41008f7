"""The broker's password is in no list of processes, no log at the highest level, no result, no diff and no journal."""
import tempfile
import threading
import unittest
from pathlib import Path

from playing import SECRET, Arena, Player, celery, journals, restart, roll_info


class Watch(threading.Thread):
    """Every command line of this machine, as often as it can be looked at."""

    def __init__(self):
        super().__init__(daemon=True)
        self.over = threading.Event()
        self.seen = {}

    def run(self):
        while not self.over.wait(0.02):
            for path in Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    self.seen[path.read_bytes()] = path
                except OSError:
                    continue

    def stop(self):
        self.over.set()
        self.join()


class SecretsTest(unittest.TestCase):
    def test_a_password_stays_where_it_was_written(self):
        with tempfile.TemporaryDirectory(prefix="play") as folder, Arena([celery("q")]) as arena:
            player = Player(Path(folder) / "play")
            config = Path(folder) / "rollcall.yaml"
            config.write_text("targets: {default: {broker: 'redis://:%s@127.0.0.1:%d/0'}}\n" % (SECRET, arena.port))
            config.chmod(0o600)
            # an argument of a task that is active when the roll is taken
            arena.mark(arena.send("nap", 600, SECRET), "started")
            watch = Watch()
            watch.start()

            results = player.tasks(
                restart(arena, config=str(config), check_mode=True),
                restart(arena, config=str(config), token="r1"),
                roll_info(arena, config=str(config)),
                restart(arena, config=str(config), stop_timeout="soon"),
                words=["-vvv", "--diff"],
            )
            watch.stop()

            self.assertEqual([r["rc"] for r in results], [0, 0, 0, 2], player.output)
            self.assertTrue([seen for seen in watch.seen if b"rollcall.jar" in seen])
            self.assertEqual([seen for seen in watch.seen if SECRET.encode() in seen], [])
            self.assertNotIn(SECRET, player.output)
            self.assertNotIn(SECRET, str(results))
            self.assertNotIn(SECRET, journals(arena))
            kept = [p for p in (arena.root / "state").rglob("*") if p.is_file() and SECRET.encode() in p.read_bytes()]
            self.assertEqual(kept, [])


if __name__ == "__main__":
    unittest.main()
