"""Celery's remote control over Redis, spoken raw: a ping that costs milliseconds, and no client library."""
import base64
import json
import socket
import time
import uuid
from typing import Any, Dict, List, Tuple


class Pidbox:
    def __init__(self, port: int, password: str = "") -> None:
        self.port = port
        self.password = password

    def is_up(self) -> bool:
        try:
            with Redis(self.port, self.password) as redis:
                return redis.call("PING") == b"PONG"
        except OSError:
            return False

    def main_pids(self, seconds: float, enough: int = 1000) -> List[int]:
        return [stats["pid"] for _, stats in self.stats(seconds, enough)]

    def stats(self, seconds: float, enough: int = 1000) -> List[Tuple[str, Dict[str, Any]]]:
        """Every answer to `stats` in this time; a list, not by name: two nodes may have the same one."""
        oid, exchange = str(uuid.uuid4()), "reply.celery.pidbox"
        queue = "%s.%s" % (oid, exchange)
        binding = "\x06\x16".join((oid, "", queue))
        answers: List[Tuple[str, Dict[str, Any]]] = []
        with Redis(self.port, self.password) as redis:
            redis.call("SADD", "_kombu.binding." + exchange, binding)
            heard = int(redis.call("PUBLISH", "/0.celery.pidbox", envelope("stats", exchange, oid)))
            deadline = time.monotonic() + seconds
            while len(answers) < min(enough, heard) and time.monotonic() < deadline:
                reply = redis.call("LPOP", queue)
                if reply is None:
                    time.sleep(0.005)
                else:
                    answers += body(reply).items()
            redis.call("SREM", "_kombu.binding." + exchange, binding)
            redis.call("DEL", queue)
        return answers


def envelope(method: str, exchange: str, oid: str) -> str:
    command = {
        "method": method,
        "arguments": {},
        "destination": None,
        "pattern": None,
        "matcher": None,
        "ticket": str(uuid.uuid4()),
        "reply_to": {"exchange": exchange, "routing_key": oid},
    }
    return json.dumps(
        {
            "body": base64.b64encode(json.dumps(command).encode()).decode(),
            "content-encoding": "utf-8",
            "content-type": "application/json",
            "headers": {"clock": 1, "expires": time.time() + 10},
            "properties": {
                "delivery_mode": 2,
                "delivery_info": {"exchange": "celery.pidbox", "routing_key": ""},
                "priority": 0,
                "body_encoding": "base64",
                "delivery_tag": str(uuid.uuid4()),
            },
        }
    )


def body(message: bytes) -> Any:
    outer = json.loads(message.decode())
    text = outer["body"]
    encoded = outer["properties"].get("body_encoding") == "base64"
    return json.loads(base64.b64decode(text).decode() if encoded else text)


class Redis:
    """As much of Redis' protocol as a ping needs."""

    def __init__(self, port: int, password: str) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=5)
        self._file = self._socket.makefile("rb")
        if password:
            self.call("AUTH", password)

    def __enter__(self) -> "Redis":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._socket.close()

    def call(self, *words: str) -> Any:
        encoded = [word.encode() for word in words]
        parts = b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in encoded)
        self._socket.sendall(b"*%d\r\n%s" % (len(words), parts))
        return self._answer()

    def _answer(self) -> Any:
        line = self._file.readline().rstrip(b"\r\n")
        if line[:1] == b"-" or not line:
            raise OSError(line.decode())
        if line[:1] != b"$":
            return line[1:]
        length = int(line[1:])
        return None if length < 0 else self._file.read(length + 2)[:-2]
