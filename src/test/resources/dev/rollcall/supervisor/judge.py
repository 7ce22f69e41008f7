"""What supervisor itself makes of configurations: paths on stdin, one JSON document for each on stdout."""

import json
import os
import sys

from supervisor.options import ServerOptions, signame


class Refused(Exception):
    pass


class Options(ServerOptions):
    def usage(self, msg):
        raise Refused(str(msg))


def program(group, process):
    return {
        "name": process.name,
        "group": group.name,
        "autostart": process.autostart,
        "stopwaitsecs": process.stopwaitsecs,
        "stopsignal": signame(process.stopsignal).replace("SIG", "", 1),
        "killasgroup": process.killasgroup,
        "stopasgroup": process.stopasgroup,
        "priority": group.priority,
        "command": process.command,
        "directory": process.directory or "",
        "path": os.pathsep.join(process.get_path()),
    }


def judge(path):
    options = Options()
    try:
        options.realize(["-c", path])
    except Exception as refusal:
        return {"accepted": False, "reason": "%s: %s" % (type(refusal).__name__, refusal)}
    finally:
        options.poller.close()
    groups = options.process_group_configs
    return {
        "accepted": True,
        "reason": "",
        "programs": [program(group, process) for group in groups for process in group.process_configs],
        "pidfile": options.pidfile,
        "nodaemon": bool(options.nodaemon),
        "url": options.serverurl or "",
    }


for line in sys.stdin.read().splitlines():
    print(json.dumps(judge(line)))
