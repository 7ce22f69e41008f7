"""Speaks to the workers for a test: one JSON request a line in, one JSON answer a line out."""
import json
import sys
from urllib.parse import urlparse

from pidbox import Pidbox
from settings import BROKER
from tasks import app

broker = urlparse(BROKER)
pidbox = Pidbox(broker.port, broker.password or "")


def send(request: dict) -> dict:
    sent = app.send_task(request["name"], args=request["args"], queue=request.get("queue"))
    return {"id": sent.id}


def stats(request: dict) -> dict:
    try:
        answers = pidbox.stats(request["timeout"], request["expect"])
    except OSError:
        answers = []
    return {"nodes": [{"name": n, "pid": s["pid"], "pool": s["pool"].get("processes", [])} for n, s in answers]}


def main() -> None:
    handlers = {"send": send, "stats": stats}
    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps(handlers[request["do"]](request)), flush=True)


main()
