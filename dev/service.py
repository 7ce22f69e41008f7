"""Whether the service of an arena is up: asked, never concluded from anything else."""
import contextlib
import http.client
import socket
from typing import Any, Dict, List, NamedTuple, Set, Tuple
from xmlrpc import client

from arena import Arena, until
from load import below


class UnixTransport(client.Transport):
    """XML-RPC to the unix socket of an arena; a supervisord that is frozen does not freeze the one who asks."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path

    def make_connection(self, host: Any) -> http.client.HTTPConnection:
        connection = http.client.HTTPConnection("localhost", timeout=5)
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.settimeout(5)
        connection.sock.connect(self.path)
        return connection


class Asked(NamedTuple):
    """What supervisord and the nodes have said.

    programs: name to state
    nodes: name before the @ of every answer that came from below supervisord, twins included
    """

    supervisords: int
    state: str
    programs: Dict[str, str]
    nodes: List[str]

    def wrong(self, wanted: Set[str]) -> str:
        """What keeps this from being a service that is up; empty if nothing does."""
        if self.supervisords != 1:
            return "%d supervisords" % self.supervisords
        if self.state != "RUNNING":
            return "supervisord: %s" % (self.state or "no answer")
        if set(self.programs) != wanted:
            return "programs: %s" % ", ".join(sorted(self.programs))
        still = ["%s %s" % pair for pair in sorted(self.programs.items()) if pair[1] != "RUNNING"]
        if still:
            return ", ".join(still)
        return "" if sorted(self.nodes) == sorted(wanted) else "answers of %s" % (", ".join(sorted(self.nodes)) or "nobody")


def ask(arena: Arena) -> Asked:
    supervisords = [p for p in arena.processes() if p.is_supervisord()]
    if len(supervisords) != 1:
        return Asked(len(supervisords), "", {}, [])
    top = supervisords[0].pid
    with client.ServerProxy("http://localhost", UnixTransport(str(arena.root / "s"))) as server:
        try:
            state: Any = server.supervisor.getState()
            pid, programs = server.supervisor.getPID(), server.supervisor.getAllProcessInfo()
        except (OSError, http.client.HTTPException, client.Error):
            return Asked(1, "", {}, [])
    if pid != top:
        return Asked(1, "another one answers", {}, [])
    states = {str(p["name"]): str(p["statename"]) for p in programs}
    tree = below(top)
    # a node is named like its program
    nodes = [name.partition("@")[0] for name, stats in arena.pidbox.stats(0.5) if stats["pid"] in tree]
    return Asked(1, str(state["statename"]), states, nodes)


def comes_up(arena: Arena, wanted: Set[str], patience: float) -> Tuple[str, str]:
    """Asks until everything is as it should be; what was wrong at the first asking and at the last one, or nothing."""
    found: List[str] = []

    def up() -> bool:
        found.append(ask(arena).wrong(wanted))
        return not found[-1]

    with contextlib.suppress(TimeoutError):  # what was wrong then is the answer
        until("the service is up", up, patience, pause=0.1)
    return found[0], found[-1]
