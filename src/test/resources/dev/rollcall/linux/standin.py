"""Stands in for supervisord: writes down what it was given, then stays, daemonizes or fails as told.

standin.py FOLDER stay|daemonize|fail|wait
"""
import os
import sys
import time

folder, manner = sys.argv[1], sys.argv[2]


def tell():
    for name in ("environ", "cmdline", "status", "limits", "stat"):
        with open("/proc/self/" + name, "rb") as source, open(os.path.join(folder, name), "wb") as copy:
            copy.write(source.read())
    fds = {fd: os.readlink("/proc/self/fd/" + fd) for fd in os.listdir("/proc/self/fd")
           if os.path.exists("/proc/self/fd/" + fd)}
    with open(os.path.join(folder, "fds"), "w", errors="surrogateescape") as copy:
        copy.writelines("%s %s\n" % item for item in sorted(fds.items()))
    with open(os.path.join(folder, "cwd"), "wb") as copy:
        copy.write(os.getcwdb())
    open(os.path.join(folder, "touched"), "w").close()
    os.rename(os.path.join(folder, "touched"), os.path.join(folder, "told"))


sys.stdout.write("words on stdout\n")
sys.stderr.write("words on stderr\n")
sys.stdout.flush()
tell()
if manner == "fail":
    sys.exit(2)
if manner == "die":
    os.kill(os.getpid(), 15)
while manner == "wait" and not os.path.exists(os.path.join(folder, "go")):
    time.sleep(0.01)
if manner == "daemonize":
    pid = os.fork()
    if pid:
        os._exit(0)
    null = os.open("/dev/null", os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    os.setsid()
    with open(os.path.join(folder, "pid.new"), "w") as copy:
        copy.write(str(os.getpid()))
    os.rename(os.path.join(folder, "pid.new"), os.path.join(folder, "pid"))
if manner in ("stay", "daemonize"):
    time.sleep(600)
