# Copyright (c) the Rollcall authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A repeat with the same token joins the run that is under way, as after an async limit or a lost connection."""

from __future__ import annotations

import time

from ansible_collections.rollcall.celery.plugins.module_utils._engine import BUSY, Trouble, seen

# A run under way is looked at this often: each look is a process that takes a quarter of a second.
PAUSE = 1.0
# A run holds its target shortly before its journal is there.
NO_JOURNAL_YET = 30


def restart_or_join(engine, request, wait=None):
    """How the call ended, the document, and whether it is that of a run that somebody else had begun."""
    deadline = None if wait is None else time.monotonic() + wait
    while True:
        ended, document = engine.restart(request, _left(deadline))
        if ended.rc != BUSY or not request.get("token") or not document.get("run_id"):
            return ended, document, False
        joined = _await(engine, document["run_id"], request["token"], deadline)
        if joined is None:
            return ended, document, False
        if joined["outcome"] != "interrupted":
            return ended._replace(rc=joined["exit_code"]), joined, True
        # it was cut off: our own run finishes it


def _await(engine, run_id, token, deadline):
    """The document of its end; None if it is not the run of this token, or has no journal that we can see."""
    patience = time.monotonic() + NO_JOURNAL_YET
    while True:
        document = engine.show(run_id)
        if document and document.get("token") != token:
            return None
        if document and document.get("outcome") != "running":
            return document
        if not document and time.monotonic() > patience:
            return None
        if deadline is not None and time.monotonic() > deadline:
            raise Trouble(
                "STILL_RUNNING",
                "tried to wait for run %s but it goes on; %s" % (run_id, seen(run_id, token)),
                document=document,
            )
        time.sleep(PAUSE)


def _left(deadline):
    return None if deadline is None else max(0.0, deadline - time.monotonic())
