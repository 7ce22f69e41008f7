# Copyright (c) the Rollcall authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Result documents as what a module returns: the same keys on every path."""

from __future__ import annotations

# The keys of a result document (docs/schema/result.schema.json), with what stands there if there is none.
DOCUMENT = {
    "run_id": "",
    "target": None,
    "scope": None,
    "token": None,
    "outcome": None,
    "exit_code": None,
    "changed": False,
    "service": "unknown",
    "dry_run": False,
    "requested_by": "ansible",
    "started_at": None,
    "duration_ms": 0,
    "downtime_ms": 0,
    "steps": [],
    "roll": None,
    "killed": [],
    "spared": [],
    "survivors": [],
    "interrupted_tasks": [],
    "findings": [],
    "error": None,
    "journal": None,
}
# Those of a roll.
ROLL = (
    "taken_at", "host", "boot_id", "supervisord", "expected_nodes", "answered_nodes", "remote_control", "nodes", "bystanders"
)  # fmt: skip
CALL = {"engine_version": None, "rc": None, "cmd": [], "stdout": "", "stderr": ""}
SHOWN = 4096


def call(ended, failed):
    """What ran, and how; what it said only if that was the trouble, for else it is the result itself."""
    if ended is None:
        return {}
    told = {"rc": ended.rc, "cmd": list(ended.cmd), "stderr": _cut(ended.stderr)}
    return dict(told, stdout=_cut(ended.stdout)) if failed else told


def failure(document):
    """One sentence and what to do, of a run that did not end with 0."""
    error = document.get("error")
    if error:
        is_it = "may be" if document.get("service") == "unknown" else "is"
        return ("the service %s down: " % is_it if document.get("exit_code") == 6 else "") + error["message"]
    for finding in document.get("findings", []):
        if finding["severity"] == "error":
            return "the service is up, but %s; %s" % (finding["message"], finding["fix"] or "look at findings")
    return "the run ended with exit code %s; look at steps and findings" % document.get("exit_code")


def success(document, joined):
    if document["outcome"] == "nothing_to_do":
        done = [finding["message"] for finding in document["findings"] if finding["code"] == "TOKEN_DONE"]
        return done[0] if done else "nothing to do: a run with token %s has succeeded before" % document["token"]
    if document["outcome"] == "planned":
        return "a restart would go through; nothing has been touched"
    return "%s after %.1f s down; %d leftovers killed, %d bystanders spared, %d tasks interrupted" % (
        "a run that was under way has brought the service up again" if joined else "up again",
        (document["downtime_ms"] or 0) / 1000.0,
        len(document["killed"]),
        sum(spared["reason"] == "bystander" for spared in document["spared"]),
        len(document["interrupted_tasks"]),
    )


def found(roll):
    """A roll in one sentence."""
    tasks = sum(len(node["tasks"]) for node in roll["nodes"])
    return "supervisord %s, %d of %d nodes answered, %d tasks are active, %d workers of an earlier life are left" % (
        "runs" if roll["supervisord"] else "does not run",
        roll["answered_nodes"],
        roll["expected_nodes"],
        tasks,
        sum(node["orphan"] for node in roll["nodes"]),
    )


def warnings(document):
    return [
        "%s: %s" % (finding["code"], finding["message"])
        for finding in document.get("findings", [])
        if finding["severity"] != "info"
    ]


def diff(before, after, planned):
    """@param after None if it could not be taken, or, if only planned, is not there yet"""
    return {
        "before_header": "roll before",
        "after_header": "roll after (planned)" if planned else "roll after",
        "before": _lines(before),
        "after": _lines(before, planned) if planned else _lines(after) if after else "the roll could not be taken\n",
    }


def _lines(roll, planned=False):
    """Who comes back is known before, under which pid is not."""

    def pid(process):
        return "new" if planned else str(process["pid"])

    supervisord = "new" if planned else "none"
    lines = ["supervisord " + (pid(roll["supervisord"]) if roll["supervisord"] else supervisord)]
    for node in sorted(roll["nodes"], key=lambda n: (n["program"] or "", n["name"] or "", n["pid"])):
        if not (planned and node["orphan"]):
            pool = " ".join(pid(process) for process in node["processes"])
            orphan = " (orphan)" if node["orphan"] else ""
            lines.append("%s: node %s%s main %s pool %s" % (node["program"], node["name"], orphan, pid(node), pool))
    lines += ["bystander %d: %s" % (spared["pid"], spared["command"]) for spared in roll["bystanders"]]
    return "\n".join(lines) + "\n"


def _cut(output):
    text = output[:SHOWN].decode("utf-8", "replace")
    return text if len(output) <= SHOWN else text + "\n[%d bytes more]" % (len(output) - SHOWN)
