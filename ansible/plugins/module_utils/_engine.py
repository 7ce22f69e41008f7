# Copyright (c) the Rollcall authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Speaks with the program rollcall: a request as JSON on stdin, one JSON document back. Decides nothing about processes."""

from __future__ import annotations

import json
import re

from ansible_collections.rollcall.celery.plugins.module_utils import _report
from ansible_collections.rollcall.celery.plugins.module_utils._process import LARGEST_OUTPUT, Started

PROTOCOL = 1
RESULT = tuple(_report.DOCUMENT)
# Commands that change nothing have deadlines of their own, far below this; a restart is never ended from here.
LONGEST_LOOK = 300
BUSY = 3
# What an engine says of itself when it has begun; the last one, for it may have had to finish another run first.
UNDER_WAY = re.compile(rb"^rollcall: run (\S+) is under way$", re.MULTILINE)


class Trouble(Exception):
    """The engine gave no usable answer; the fields are those of `error` in a result document."""

    def __init__(self, code, message, ended=None, safe_to_retry=True, document=None):
        super().__init__(message)
        self.ended = ended
        self.document = document or {}
        self.error = {"code": code, "step": None, "message": message, "safe_to_retry": safe_to_retry}


class Engine:
    """One launcher or jar, with what every command of it takes."""

    def __init__(self, command, common=(), longest_look=LONGEST_LOOK):
        self.command = list(command)
        self.common = list(common)
        self.longest_look = longest_look
        self.version = None

    def _know_version(self):
        self.version = self.version or self._ask_version()

    def _ask_version(self):
        """Another protocol means other words for what is to be done."""
        ended = self._look(["version", "--json"])
        answer = _parsed(ended)
        if ended.rc != 0 or not isinstance(answer, dict) or "protocol" not in answer:
            raise Trouble(
                "ENGINE_PROTOCOL",
                "tried to ask %s for its protocol but %s; name Rollcall's own launcher with executable, or its jar with jar"
                % (self.command[-1], _ending(ended)),
                ended,
            )
        if answer["protocol"] != PROTOCOL:
            raise Trouble(
                "ENGINE_PROTOCOL",
                "tried to use rollcall %s but it speaks protocol %s and this collection speaks %d; install the version of one that fits the other"
                % (answer.get("version"), answer["protocol"], PROTOCOL),
                ended,
            )
        return str(answer.get("version"))

    def ask(self, word, request):
        """`plan` or `roll`: how it ended, and its document."""
        ended = self._look(self._words(word), request)
        return ended, self._document(ended, _report.ROLL if word == "roll" and ended.rc == 0 else RESULT)

    def restart(self, request, wait=None):
        """Begins a run that goes on whatever becomes of us, and waits for its end."""
        ended = self._start(self._words("restart"), request).wait(wait)
        if ended.rc is None:
            left = self._left(ended)
            raise Trouble(
                "STILL_RUNNING",
                "tried to wait for the run's end but after %d s it goes on, and will without this task; %s"
                % (wait, seen(left.get("run_id"), request.get("token"))),
                ended,
                document=left,
            )
        try:
            return ended, self._document(ended)
        except Trouble as trouble:
            message = "%s; what it had begun is finished by: rollcall resume" % trouble
            raise Trouble(trouble.error["code"], message, ended, False, self._left(ended)) from trouble

    def show(self, run_id):
        """A run's document, also while it is under way; None if its journal is not to be found (yet)."""
        ended = self._look(["runs", run_id] + self.common + ["--output", "json"])
        return self._document(ended) if ended.rc == 0 else None

    def _left(self, ended):
        """Its run so far as the journal tells; beside a trouble, so none of its own. There may be others: it has named its own."""
        named = UNDER_WAY.findall(ended.stderr)
        try:
            return named and self.show(named[-1].decode()) or {}
        except Trouble:
            return {}

    def _words(self, word):
        return [word] + self.common + ["--request", "-", "--requested-by", "ansible"]

    def _start(self, words, request=None):
        """Our launcher begins to start at once, and is given its request when its protocol is known; without one it ends.

        Any other program is asked what it is first, for it may do as it is told: an init script knows the word restart.
        """
        if request is not None and not _is_launcher(self.command[-1]):
            self._know_version()
        try:
            started = Started(self.command + words)
        except OSError as cause:
            message = "tried to run %s but %s; name one that runs here" % (self.command[0], cause.strerror)
            raise Trouble("ENGINE_NOT_FOUND", message) from cause
        if request is None:
            started.give(b"")
            return started
        try:
            self._know_version()
        except Trouble:
            started.give(b"")
            # without a request it has nothing to do and ends
            started.wait(10)
            raise
        started.give(json.dumps(dict(request, output="json")).encode())
        return started

    def _look(self, words, request=None):
        ended = self._start(words, request).wait_or_end(self.longest_look)
        if ended.rc is None:
            raise Trouble(
                "ENGINE_HANGS",
                "tried to run rollcall %s but it had not ended after %d s and was ended; run it by hand on this host"
                % (words[0], self.longest_look),
                ended,
            )
        return ended

    def _document(self, ended, keys=RESULT):
        """@param keys that it must have; there may be more of them in a later version of the same protocol"""
        document = _parsed(ended)
        if not isinstance(document, dict) or not document.keys() >= set(keys):
            code = "ENGINE_KILLED" if ended.rc < 0 or ended.rc > 128 else "ENGINE_UNUSABLE_ANSWER"
            raise Trouble(
                code,
                "tried to read the answer of %s but %s" % (self.command[-1], _ending(ended)),
                ended,
            )
        return document


def seen(run_id, token):
    """What to do about a run that goes on."""
    look = "see: rollcall runs" + (" " + run_id if run_id else "")
    return "ask again with the same token, or " + look if token else look


def _parsed(ended):
    """None if it is no JSON."""
    if len(ended.stdout) > LARGEST_OUTPUT:
        return None
    try:
        return json.loads(ended.stdout.decode())
    except (ValueError, RecursionError):
        return None


def _is_launcher(path):
    """Whether this is Rollcall's own launcher, by what it says of itself."""
    try:
        with open(path, "rb") as file:
            return b"rollcall.jar" in file.read(4096)
    except OSError:
        # the attempt to run it tells why
        return False


def _ending(ended):
    """How it ended, as the second half of a sentence."""
    how = "it was ended by signal %d" % -ended.rc if ended.rc < 0 else "it ended with %d" % ended.rc
    if len(ended.stdout) > LARGEST_OUTPUT:
        return "%s and printed more than %d MiB" % (how, LARGEST_OUTPUT >> 20)
    first = UNDER_WAY.sub(b"", ended.stderr).decode(errors="replace").strip().split("\n")[0][:200]
    what = "printed nothing" if not ended.stdout.strip() else "printed no whole JSON document"
    return "%s and %s%s" % (how, what, " (%s)" % first if first else "")
