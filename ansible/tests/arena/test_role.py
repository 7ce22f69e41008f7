"""The role engine in a folder of its own: nothing of this machine is changed. As root only, for files belong to root."""
import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from playing import BIN, LAUNCHER, REPOSITORY, SECRET, Arena, Player, celery, files
from loopback import served

JAR = REPOSITORY / "target" / "rollcall.jar"


def sha256(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


@unittest.skipUnless(os.geteuid() == 0, "the role makes files that belong to root")
class RoleTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="role")
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.player = Player(self.root / "play")
        self.install = self.root / "opt"
        self.variables = {
            "engine_version": "1.0", "engine_install_java": False,
            "engine_jar": str(JAR), "engine_jar_sha256": sha256(JAR),
            "engine_launcher": str(LAUNCHER), "engine_launcher_sha256": sha256(LAUNCHER),
            "engine_prefix": str(self.install), "engine_command": str(self.root / "bin" / "rollcall"),
            "engine_config_dir": str(self.root / "etc"), "engine_state_dir": str(self.root / "state"),
            "engine_unit_dir": str(self.root / "units"), "engine_inbox": str(self.root / "inbox"),
        }  # fmt: skip
        (self.root / "units").mkdir()
        (self.root / "bin").mkdir()
        (self.root / "bin").chmod(0o2775)
        (self.install / "other-application1").mkdir(parents=True)
        (self.install / "other-application1" / "kept").touch()
        self.config = self.root / "etc" / "rollcall.yaml"

    def play(self, *words, tasks_from="main", **variables):
        """Exit code and the numbers of the recap; values come from a file, as in any inventory."""
        include = {"name": "rollcall.celery.engine", "tasks_from": tasks_from}
        play = {"hosts": "localhost", "gather_facts": False, "tasks": [{"ansible.builtin.import_role": include}]}
        playbook = self.root / "play" / "playbook.json"
        playbook.write_text(json.dumps([play]))
        given = self.root / "play" / "variables.json"
        given.write_text(json.dumps(dict(self.variables, **variables)))
        rc = self.player.run(playbook, "-e", "@%s" % given, *words)
        recap = re.search(r"localhost +: (.*)", self.player.output)
        return rc, dict(pair.split("=") for pair in recap.group(1).split()) if recap else {}

    def version(self):
        return subprocess.run([str(self.root / "bin" / "rollcall"), "--version"], stdout=subprocess.PIPE, check=True).stdout

    def shop(self, arena):
        return {"targets": {"shop": {"conf": str(arena.conf), "broker": "redis://:%s@127.0.0.1:%d/0" % (SECRET, arena.port)}}}

    def test_installed_once_checked_rolled_back_and_removed(self):
        with Arena([celery("q")]) as arena:
            config = self.shop(arena)
            self.assert_a_check_changes_nothing(config)
            self.assertEqual(self.play("-vvv", "--diff", engine_config=config)[0], 0, self.player.output)
            self.assertNotIn(SECRET, self.player.output)
            self.assertIn(SECRET, self.config.read_text())
            self.assertEqual(oct(self.config.stat().st_mode & 0o777), "0o640")
            self.assertIn(b"rollcall", self.version())

            rc, recap = self.play(engine_config=config)
            self.assertEqual((rc, recap["changed"]), (0, "0"), self.player.output)

            self.assert_another_checksum_installs_nothing(config)
            self.assert_rollback(config)
            self.assert_removed()

    def test_what_is_refused_changes_nothing_that_is_in_use(self):
        with Arena([celery("q")]) as arena:
            config = self.shop(arena)
            self.assert_the_name_of_the_folder_does_not_matter(config)
            self.assert_a_bad_configuration_is_not_put_in_place(config)
            self.assert_the_sandbox_is_refused(config)
            self.assert_a_vault_is_opened(config)

    def assert_a_check_changes_nothing(self, config):
        before = files(self.root / "units"), sorted(p.name for p in self.root.iterdir())
        rc, recap = self.play("--check", "--diff", engine_config=config)
        self.assertEqual(rc, 0, self.player.output)
        self.assertNotEqual(recap["changed"], "0")
        self.assertEqual((files(self.root / "units"), sorted(p.name for p in self.root.iterdir())), before)

    def assert_a_bad_configuration_is_not_put_in_place(self, config):
        before = self.config.read_text()
        wrong = dict(config, tragets={})
        self.assertNotEqual(self.play(engine_config=wrong)[0], 0)
        self.assertIn("tragets", self.player.output)
        self.assertIn("did you mean", self.player.output)
        self.assertEqual(self.config.read_text(), before)
        self.assertNotEqual(self.play(engine_config={"targets": ["shop"]})[0], 0)
        self.assertIn("targets must be a mapping", self.player.output)
        # nor is the release that refuses it
        installed = sorted(path.name for path in self.install.iterdir()), os.readlink(str(self.install / "current"))
        self.assertNotEqual(self.play(engine_config=wrong, engine_version="1.1")[0], 0)
        self.assertEqual(os.readlink(str(self.install / "current")), installed[1])
        self.assertNotIn("previous", os.listdir(str(self.install)))

    def assert_the_name_of_the_folder_does_not_matter(self, config):
        """Another way to write the same path: the release in use stays, and so does the one before it."""
        aside = self.root / "aside"
        aside.symlink_to(self.install)
        for prefix in (str(self.install) + "/", str(aside)):
            rc = self.play(engine_config=config, engine_prefix=prefix)[0]
            self.assertEqual(rc, 0, self.player.output)
            self.assertIn(b"rollcall", self.version())
            self.assertFalse((self.install / "previous").exists())
        aside.unlink()
        self.assertEqual(self.play(engine_config=config)[0], 0, self.player.output)

    def assert_a_vault_is_opened(self, config):
        password = self.root / "play" / "password"
        password.write_text("open")
        tool = [str(BIN / "ansible-vault"), "encrypt_string", "--vault-password-file", str(password), "--name", "broker", SECRET]
        vaulted = subprocess.run(tool, env=self.player.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=True)
        lines = ["engine_config:", "  targets:", "    shop:", "      conf: " + config["targets"]["shop"]["conf"]]
        lines += ["      " + line for line in vaulted.stdout.decode().splitlines()]
        later = self.root / "play" / "vaulted.yml"
        later.write_text("\n".join(lines) + "\n")
        words = ["-e", "@%s" % later, "--vault-password-file", str(password), "-vvv", "--diff"]
        # a password alone is no broker: it is refused, and as it was written it can be read
        self.play(*words)
        self.assertNotIn(SECRET, self.player.output)
        staged = (self.root / "etc" / "staged" / "rollcall.yaml").read_text()
        self.assertIn("broker: %s\n" % SECRET, staged)
        self.assertNotIn("!vault", staged)
        self.assertEqual(self.play(engine_config=config)[0], 0, self.player.output)

    def assert_the_sandbox_is_refused(self, config):
        before = files(self.root / "units")
        self.assertNotEqual(self.play(engine_config=config, engine_sandbox=True)[0], 0)
        self.assertIn("supervisord of target shop is not started by systemd", self.player.output)
        spoiled = self.root / "spoiled.conf"
        spoiled.write_text(Path(config["targets"]["shop"]["conf"]).read_text() + "[program:spoiled]\n")
        unknown = dict(config, targets={"shop": dict(config["targets"]["shop"], conf=str(spoiled))})
        self.assertNotEqual(self.play(engine_config=unknown, engine_sandbox=True)[0], 0)
        self.assertIn("tried to learn for engine_sandbox who starts supervisord of target shop but", self.player.output)
        self.assertEqual(files(self.root / "units"), before)

    def assert_another_checksum_installs_nothing(self, config):
        current = os.readlink(str(self.install / "current"))
        version = self.version()
        other = self.root / "other-launcher"
        other.write_text("#!/bin/sh\necho stranger\n")
        for wrong in ({"engine_launcher": str(other)}, {"engine_launcher": str(other), "engine_launcher_sha256": "0" * 64}):
            rc = self.play(engine_config=config, **wrong)[0]
            self.assertEqual(os.readlink(str(self.install / "current")), current)
            self.assertEqual(self.version(), version)
        self.assertNotEqual(rc, 0)
        self.assertIn("tried to install rollcall but its SHA-256 is %s" % sha256(other), self.player.output.replace("\\n", " "))

    def assert_rollback(self, config):
        first = os.readlink(str(self.install / "current"))
        self.assert_downloaded(config)
        second = os.readlink(str(self.install / "current"))
        self.assertEqual((second.split("/")[-1][:4], os.readlink(str(self.install / "previous"))), ("2.0-", first))
        self.assertEqual(self.play(tasks_from="rollback")[0], 0, self.player.output)
        self.assertEqual(os.readlink(str(self.install / "current")), first)
        self.assertIn(b"rollcall", self.version())
        self.assertNotEqual(self.play(tasks_from="rollback")[0], 0)
        self.assertIn("tried to go back but", self.player.output)

    def assert_downloaded(self, config):
        """From a web server: what has another checksum does not stay there and is not used."""
        first = os.readlink(str(self.install / "current"))
        web = self.root / "web"
        web.mkdir()
        shutil.copy(str(JAR), str(web / "rollcall.jar"))
        (web / "rollcall").write_text("#!/bin/sh\necho stranger\n")
        with served(web) as address:
            newer = {"engine_version": "2.0", "engine_jar": "", "engine_jar_url": address + "rollcall.jar"}
            newer.update(engine_launcher="", engine_launcher_url=address + "rollcall")
            self.assertNotEqual(self.play(engine_config=config, **newer)[0], 0)
            self.assertIn("checksum", self.player.output)
            self.assertEqual(os.readlink(str(self.install / "current")), first)
            self.assertEqual(list(self.install.glob("2.0-*/rollcall")), [])
            shutil.copy(str(LAUNCHER), str(web / "rollcall"))
            self.assertEqual(self.play(engine_config=config, **newer)[0], 0, self.player.output)
            self.assertIn(b"rollcall", self.version())
            rc, recap = self.play(engine_config=config, **newer)
            self.assertEqual((rc, recap["changed"]), (0, "0"), self.player.output)

    def assert_removed(self):
        self.assertEqual(self.play(engine_state="absent")[0], 0, self.player.output)
        # what others have put there stays, and so do the rights of a folder that was there
        self.assertEqual([path.name for path in self.install.iterdir()], ["other-application1"])
        self.assertEqual([path.name for path in (self.install / "other-application1").iterdir()], ["kept"])
        self.assertEqual(oct((self.root / "bin").stat().st_mode & 0o7777), "0o2775")
        shutil.rmtree(str(self.install / "other-application1"))
        self.assertEqual(self.play(engine_state="absent")[0], 0, self.player.output)
        self.assertFalse(self.install.exists())
        self.assertEqual(list((self.root / "units").iterdir()) + list((self.root / "bin").iterdir()), [])
        self.assertTrue(self.config.exists())
        self.assertEqual(self.play(engine_state="absent")[1]["changed"], "0", self.player.output)
        self.assertEqual(self.play(engine_state="absent", engine_purge=True)[0], 0)
        self.assertFalse((self.root / "etc").exists() or (self.root / "state").exists())

    def test_a_folder_of_others_is_refused(self):
        for state in ("present", "absent"):
            for name, folder in (("engine_prefix", "/opt"), ("engine_config_dir", "/etc/"), ("engine_state_dir", "/var/lib")):
                self.assertNotEqual(self.play("--check", engine_state=state, engine_purge=True, **{name: folder})[0], 0)
                self.assertIn("tried to use %s but it is not Rollcall's own" % folder, self.player.output)

    @unittest.skipUnless(shutil.which("systemd-analyze"), "systemd-analyze is not installed")
    def test_the_unit_is_one_that_systemd_understands(self):
        for sandbox in (False, True):
            self.assertEqual(self.play(engine_sandbox=sandbox)[0], 0, self.player.output)
            unit = self.root / "units" / "rollcall.service"
            verify = subprocess.run(
                ["systemd-analyze", "verify", "--man=no", str(unit)],
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
            )  # fmt: skip
            ours = [line for line in verify.stdout.decode().splitlines() if "rollcall" in line]
            self.assertEqual(ours, [])


if __name__ == "__main__":
    unittest.main()
