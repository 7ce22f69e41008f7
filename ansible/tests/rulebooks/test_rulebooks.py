"""The rulebooks with ansible-rulebook: the fixture's events instead of a webhook, and a receiver for what is told."""
import http.server
import json
import os
import subprocess
import tempfile
import threading
import unittest
from pathlib import Path

import yaml

EDA = Path(__file__).resolve().parents[2] / "extensions" / "eda"
BIN = os.environ["ROLLCALL_ANSIBLE_BIN"]


class Receiver(http.server.ThreadingHTTPServer):
    def __init__(self):
        self.told = []
        super().__init__(("127.0.0.1", 0), Post)
        threading.Thread(target=self.serve_forever, daemon=True).start()
        self.url = "http://127.0.0.1:%d/" % self.server_address[1]


class Post(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.server.told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *dummy):
        pass


class RulebooksTest(unittest.TestCase):
    def play(self, name):
        """What the receiver has been told about the events of the fixture."""
        receiver = Receiver()
        self.addCleanup(receiver.server_close)
        self.addCleanup(receiver.shutdown)
        with tempfile.TemporaryDirectory(prefix="eda") as folder:
            rulebook = yaml.safe_load((EDA / "rulebooks" / name).read_text())
            fixture = {"payload_file": str(EDA / "fixtures" / "events.json"), "shutdown_after": 20}
            rulebook[0]["sources"] = [{"name": "fixture", "eda.builtin.generic": fixture}]
            Path(folder, "rulebook.yml").write_text(yaml.safe_dump(rulebook))
            Path(folder, "inventory.yml").write_text("all: {hosts: {localhost: {ansible_connection: local, ansible_python_interpreter: /usr/bin/python3}}}\n")
            Path(folder, "vars.yml").write_text(json.dumps({"page_url": receiver.url, "note_url": receiver.url}))
            environment = dict(
                os.environ, HOME=folder, PATH=BIN + ":" + os.environ["PATH"],
                ANSIBLE_COLLECTIONS_PATH=os.environ["ROLLCALL_COLLECTIONS"],
            )  # fmt: skip
            run = subprocess.run(
                [BIN + "/ansible-rulebook", "-r", "rulebook.yml", "-i", "inventory.yml", "--vars", "vars.yml"],
                cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=240, check=False,
            )  # fmt: skip
        self.output = run.stdout.decode()
        return receiver.told

    def test_a_service_that_is_or_may_be_down_pages_once(self):
        told = self.play("service_down.yml")
        self.assertEqual([t["run_id"] for t in told], ["20261123T103000Z-4f2a9c", "20261123T105000Z-0c7e11"], self.output)
        # nobody knows whether it is
        self.assertIn("web3: the service of target shop may be DOWN", told[1]["text"])
        self.assertIn("web1: the service of target shop is DOWN", told[0]["text"])
        self.assertIn("it ended at once. Once that is mended, on the host: rollcall resume 2026", told[0]["text"])

    def test_a_lost_task_is_noted_once_and_a_redelivered_one_is_not(self):
        told = self.play("lost_tasks.yml")
        self.assertEqual(len(told), 1, self.output)
        self.assertIn("web1: task shop.mail (be4b62c8-3182-4022-bd76-2bf7d7a46144) of queue mail was cut short", told[0]["text"])


if __name__ == "__main__":
    unittest.main()
