"""Stands in for rollcall, and misbehaves as told: FAKE_ENGINE is a folder with WORD.json, a list of behaviours, one a call."""
import json
import os
import signal
import sys
import time

folder = os.environ["FAKE_ENGINE"]
word = sys.argv[1]
open(os.path.join(folder, "%d.pid" % os.getpid()), "w").close()
with open(os.path.join(folder, word + ".json")) as file:
    behaviours = json.load(file)
calls = os.path.join(folder, word + ".calls")
given = sys.stdin.read()
with open(calls, "a") as file:
    file.write(json.dumps({"argv": sys.argv[1:], "stdin": given, "pid": os.getpid(), "sid": os.getsid(0)}) + "\n")
with open(calls) as file:
    number = len(file.readlines())
behaviour = behaviours[min(number, len(behaviours)) - 1]
sys.stderr.write(behaviour.get("err", ""))
sys.stderr.flush()
for dummy in range(behaviour.get("flood_mib", 0)):
    sys.stdout.write("x" * (1 << 20))
sys.stdout.write(behaviour["out"] if "out" in behaviour else json.dumps(behaviour.get("document", {})))
sys.stdout.flush()
while behaviour.get("until") and not os.path.exists(behaviour["until"]):
    time.sleep(0.01)
if behaviour.get("leaves"):
    with open(behaviour["leaves"], "w") as file:
        file.write("done")
if behaviour.get("signal"):
    signal.signal(behaviour["signal"], signal.SIG_DFL) if behaviour["signal"] != signal.SIGKILL else None
    os.kill(os.getpid(), behaviour["signal"])
sys.exit(behaviour.get("rc", 0))
