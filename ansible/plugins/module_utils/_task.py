# Copyright (c) the Rollcall authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the modules share: options, where the engine is, how a task ends."""

from __future__ import annotations

import os

from ansible_collections.rollcall.celery.plugins.module_utils import _report
from ansible_collections.rollcall.celery.plugins.module_utils._engine import Engine, Trouble

ENGINE_OPTIONS = {
    "executable": {"type": "path"},
    "jar": {"type": "path"},
    "config": {"type": "path"},
    "state_dir": {"type": "path"},
}
LOOK_OPTIONS = {
    "target": {"type": "str"},
    "conf": {"type": "path"},
    "inspect_timeout": {"type": "str"},
}
PATHS = ("conf", "pidfile")
# As the launcher starts it: a one-shot command that begins soon and stays small.
JAVA = ["-Xshare:auto", "-Xlog:disable", "-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UnlockDiagnosticVMOptions"]
JAVA += ["-XX:ArchiveRelocationMode=0", "-XX:TieredStopAtLevel=1", "-XX:CompileThresholdScaling=8"]
JAVA += ["-XX:+UseSerialGC", "-XX:-UsePerfData"]
JAVA += ["-Xms64m", "-Xmn24m", "-Xmx96m", "-Xss512k", "-Dorg.apache.camel.jmx.disabled=true"]


def request(params, words):
    """Only what was asked for: the target's own defaults stand in the configuration. An empty word is that of an unset variable."""
    asked = {word: params[word] for word in words if params[word] not in (None, "")}
    return {word: os.path.abspath(value) if word in PATHS else value for word, value in asked.items()}


def _engine(module):
    common = []
    for word in ("config", "state_dir"):
        if module.params[word]:
            common += ["--" + word.replace("_", "-"), os.path.abspath(module.params[word])]
    return Engine(_command(module), common)


def _command(module):
    jar, executable = module.params["jar"], module.params["executable"]
    if jar:
        found = _found(jar, os.R_OK)
        archive = "-XX:SharedArchiveFile=%s.jsa" % os.path.splitext(found)[0]
        return _java(module) + [archive, "-jar", found]
    found = _found(executable, os.X_OK) if executable else module.get_bin_path("rollcall")
    if not found:
        raise Trouble(
            "ENGINE_NOT_FOUND",
            "tried to find rollcall but it is not on the path; install it, e.g. with the role rollcall.celery.engine, or name it with executable",
        )
    return [found]


def _java(module):
    own = os.environ.get("ROLLCALL_JAVA") or os.path.join(os.environ.get("JAVA_HOME", ""), "bin", "java")
    java = own if os.path.isabs(own) and os.access(own, os.X_OK) else module.get_bin_path("java")
    if not java:
        raise Trouble(
            "ENGINE_NOT_FOUND",
            "tried to find Java but there is none; install Java 17 or newer, e.g. openjdk-17-jre-headless",
        )
    return [java] + JAVA


def _found(path, right):
    path = os.path.abspath(path)
    if not os.path.isfile(path) or not os.access(path, right):
        raise Trouble("ENGINE_NOT_FOUND", "tried to use %s but it is no file that can be run here; name the right one" % path)
    return path


def roll_after(engine, request):
    """For a diff; the restart is done, so whatever is the matter with this look is no failure of it."""
    try:
        ended, document = engine.ask("roll", {word: request[word] for word in LOOK_OPTIONS if word in request})
    except Trouble:
        return None
    return document if ended.rc == 0 else None


def finish(module, blank, work):
    """@param work gives what is to be returned beside the keys of `blank`; Trouble is a failure with the same keys"""
    result, engine = dict(blank), None
    try:
        engine = _engine(module)
        result.update(work(module, engine))
    except Trouble as trouble:
        result.update(trouble.document, error=trouble.error, msg=str(trouble), failed=True)
        result.update(_report.call(trouble.ended, failed=True))
    result["engine_version"] = engine and engine.version
    if result.pop("failed", False):
        module.fail_json(**result)
    module.exit_json(**result)
