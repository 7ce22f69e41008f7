"""Speaks to the workers for a test: one JSON request a line in, one JSON answer a line out."""
import json
import sys

from tasks import app


def send(request: dict) -> dict:
    sent = app.send_task(request["name"], args=request["args"], queue=request.get("queue"))
    return {"id": sent.id}


def stats(request: dict) -> dict:
    """Answers as a list, not by name: two nodes may have the same one."""
    replies = app.control.broadcast("stats", reply=True, limit=request["expect"], timeout=request["timeout"])
    answers = [(name, stats) for reply in replies or [] for name, stats in reply.items()]
    return {"nodes": [{"name": n, "pid": s["pid"], "pool": s["pool"].get("processes", [])} for n, s in answers]}


def main() -> None:
    handlers = {"send": send, "stats": stats}
    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps(handlers[request["do"]](request)), flush=True)


main()
