"""Sends requests at a fixed rate over a few connections that stay, whatever becomes of them; an answer's time counts from when its request was due.

Used as a program of its own, so that it waits for nobody: firehose.py PORT TOKEN_FILE RATE SECONDS LABEL < body; prints one line of JSON.
"""
import json
import select
import socket
import sys
import time
from pathlib import Path
from typing import Deque, Dict, List, NamedTuple
from collections import deque

CONNECTIONS = 32
LAST = 20.0


class Shower(NamedTuple):
    """In seconds, of every request. late: how long behind its due time it was written, which is part of took."""

    took: List[float]
    late: List[float]
    wrong: List[str]


class Hose:
    def __init__(self, port: int, token: str, label: str, body: str) -> None:
        self.head = "POST /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n" % token
        self.head += "Content-Type: application/json\r\nContent-Length: %d\r\nIdempotency-Key: %s-" % (len(body), label)
        self.body = body
        self.poll = select.epoll()
        self.sockets: Dict[int, socket.socket] = {}
        for _ in range(CONNECTIONS):
            one = socket.create_connection(("127.0.0.1", port))
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.sockets[one.fileno()] = one
            self.poll.register(one, select.EPOLLIN)
        self.free: Deque[int] = deque(self.sockets)
        self.due: Dict[int, float] = {}
        self.text: Dict[int, bytes] = {}
        self.shower = Shower([], [], [])

    def run(self, rate: int, seconds: float) -> Shower:
        begun = time.monotonic() + 0.2
        count, sent = round(rate * seconds), 0
        while len(self.shower.took) < count and time.monotonic() < begun + seconds + LAST:
            now = time.monotonic()
            while sent < count and begun + sent / rate <= now and self.free:
                self.send(sent, begun + sent / rate)
                sent += 1
            wait = begun + sent / rate - time.monotonic() if sent < count and self.free else 0.1
            for number, _ in self.poll.poll(max(0.0, wait)):
                self.receive(number)
        if len(self.shower.took) < count:
            self.shower.wrong.append("%d of %d without an answer" % (count - len(self.shower.took), count))
        return self.shower

    def send(self, number: int, due: float) -> None:
        at = self.free.popleft()
        self.due[at], self.text[at] = due, b""
        self.sockets[at].sendall(("%s%d\r\n\r\n%s" % (self.head, number, self.body)).encode())
        self.shower.late.append(time.monotonic() - due)

    def receive(self, number: int) -> None:
        """An answer of a run ends with its only brace that closes."""
        data = self.sockets[number].recv(65536)
        now = time.monotonic()
        self.text[number] += data
        if data and not self.text[number].endswith(b"}"):
            return
        self.shower.took.append(now - self.due[number])
        if not self.text[number].startswith(b"HTTP/1.1 202"):
            self.shower.wrong.append(self.text[number][:200].decode(errors="replace"))
        if data:
            self.free.append(number)
        else:
            self.poll.unregister(number)


def main() -> None:
    port, token, rate, seconds, label = sys.argv[1:]
    hose = Hose(int(port), Path(token).read_text().strip(), label, sys.stdin.read())
    print(json.dumps(hose.run(int(rate), float(seconds))._asdict()))


if __name__ == "__main__":
    main()
