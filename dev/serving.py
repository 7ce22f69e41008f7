"""`rollcall serve` on an arena: its configuration, its process, and when it was there."""
import http.client
import json
import signal
import subprocess
import time
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

from arena import LAUNCHER, Arena, free_port, until

TIMER = "storm"


class Outage(NamedTuple):
    """From the kill to the moment at which the next engine takes requests."""

    begun: float
    ended: float


class Serving:
    """One engine after the other, on the same port and state folder."""

    def __init__(self, arena: Arena, timer: bool = True) -> None:
        self.arena = arena
        self.port = free_port()
        self.token = "storm-%s-0123456789abcdef" % arena.id
        self.inbox = arena.root / "inbox"
        self.inbox.mkdir()
        self.log = arena.root / "log" / "engine.log"
        self.outages: List[Outage] = []
        self.process: Optional["subprocess.Popen[bytes]"] = None
        self.configure(timer)

    @property
    def state(self) -> Path:
        return self.arena.root / "state"

    def configure(self, timer: bool) -> None:
        token = self.arena.root / "token"
        token.write_text(self.token + "\n")
        token.chmod(0o600)
        triggers: Dict[str, Any] = {
            "http": {"host": "127.0.0.1", "port": self.port, "token_file": str(token)},
            "file": {"inbox": str(self.inbox)},
        }
        if timer:
            triggers["timer"] = [{"name": TIMER, "cron": "* * * * * ?", "zone": "UTC"}]
        whole = {
            "state_dir": str(self.state),
            "targets": {"default": {"conf": str(self.arena.conf)}},
            "triggers": triggers,
        }
        (self.arena.root / "rollcall.yaml").write_text(json.dumps(whole))  # JSON is YAML

    def begin(self) -> None:
        """The launcher becomes the JVM: exactly that is what is killed, what it has started lives on."""
        command = [str(LAUNCHER), "serve", "--config", str(self.arena.root / "rollcall.yaml")]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, env=self.arena.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def start(self, patience: float = 60) -> None:
        self.begin()
        until("the engine is ready", self.is_ready, patience)

    def is_ready(self) -> bool:
        if self.process is None or self.process.poll() is not None:
            raise RuntimeError("the engine has ended: " + self.log.read_text(errors="replace")[-2000:])
        try:
            return self.get("/observe/health/ready")[0] == 200
        except OSError:
            return False

    def kill(self) -> None:
        assert self.process
        self.process.kill()
        self.process.wait()

    def stop(self, patience: float = 120) -> int:
        """As systemd does."""
        assert self.process
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(patience)

    def kill_and_start(self, pause: float, deadline: float) -> None:
        """Gives up waiting for the new one at the deadline: then it is killed while it starts."""
        begun = time.time()
        self.kill()
        time.sleep(pause)
        self.begin()
        while time.monotonic() < deadline and not self.is_ready():
            time.sleep(0.02)
        ended = time.time()
        if self.outages and begun - self.outages[-1].ended < 0.1:
            begun = self.outages.pop().begun
        self.outages.append(Outage(begun, ended))

    def get(self, path: str) -> Tuple[int, bytes]:
        return self.exchange("GET", path, None, {})

    def post(self, body: Dict[str, Any], key: Optional[str]) -> Tuple[int, bytes]:
        headers = {"Content-Type": "application/json"}
        if key:
            headers["Idempotency-Key"] = key
        return self.exchange("POST", "/api/v1/runs", json.dumps(body), headers)

    def exchange(self, method: str, path: str, body: Optional[str], headers: Dict[str, str]) -> Tuple[int, bytes]:
        """@raise OSError if the connection was cut or there is none"""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, dict(headers, Authorization="Bearer " + self.token))
            response = connection.getresponse()
            return response.status, response.read()
        except http.client.HTTPException as cut:
            raise ConnectionError(repr(cut)) from cut
        finally:
            connection.close()
