"""A program that supervisord has to wait for: asked to stop, it goes when the file is there that it was given."""
import os
import signal
import sys
import time

stopping = []
signal.signal(signal.SIGTERM, lambda *dummy: stopping.append(True))
while not (stopping and os.path.exists(sys.argv[1])):
    time.sleep(0.05)
