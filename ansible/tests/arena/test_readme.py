"""The playbooks of README.md as they stand there, on this host and on the supervisord of an arena."""
import json
import re
import tempfile
import unittest

import yaml
from playing import LAUNCHER, REPOSITORY, Arena, Player, celery, pids

README = (REPOSITORY / "ansible" / "README.md").read_text()


def playbook(heading):
    """The plays below a heading in bold."""
    return yaml.safe_load(re.search(r"\*\*%s\.\*\*.*?```yaml\n(.*?)```" % heading, README, re.DOTALL).group(1))


class ReadmeTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="readme")
        self.addCleanup(folder.cleanup)
        self.player = Player(folder.name)

    def play(self, heading, **defaults):
        plays = playbook(heading)
        for play in plays:
            # the collection's group of modules, as README.md says
            play.update(hosts="all", gather_facts=False, module_defaults={"group/rollcall.celery.engine": defaults})
        text = json.dumps(plays).replace("/etc/supervisor/supervisord.conf", defaults.get("conf", ""))
        (self.player.folder / "play.json").write_text(text)
        # what the role takes instead
        variables = dict({"rollcall_" + word: value for word, value in defaults.items()}, release="2026.11")
        return self.player.run("play.json", "-e", json.dumps(variables))

    def test_each_restarts_once(self):
        with Arena([celery("q")]) as arena:
            for number, heading in enumerate(("A step of a deployment", "A nightly window", "A fleet")):
                state = arena.root / ("state%d" % number)
                for expected in (True, False):
                    before = pids(arena)
                    rc = self.play(heading, executable=str(LAUNCHER), conf=str(arena.conf), state_dir=str(state))
                    self.assertEqual(rc, 0, self.player.output)
                    self.assertEqual(pids(arena) != before, expected, self.player.output)

    def test_what_cannot_be_asked_says_so_at_once(self):
        self.assertNotEqual(self.play("A nightly window", executable="/nowhere/rollcall"), 0)
        self.assertIn("tried to use /nowhere/rollcall but it is no file", self.player.output)
        self.assertNotIn("RETRYING", self.player.output)


if __name__ == "__main__":
    unittest.main()
