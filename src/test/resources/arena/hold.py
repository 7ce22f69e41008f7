"""A program that does not go, when it is told to, before there is a file `go`: so long a stop lasts."""
import signal
import time
from pathlib import Path

told = []
signal.signal(signal.SIGTERM, lambda *_: told.append(True))
while not (told and Path("go").exists()):
    time.sleep(0.02)
