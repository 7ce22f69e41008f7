# Copyright (c) the Rollcall authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One program in a session of its own: who waits for it can be killed without cutting it off, and cannot be flooded by it.

Not ``module.run_command``: that has no deadline, reads everything, and keeps the program in the process group of the
module, which an ``async`` limit ends as a whole.
"""

from __future__ import annotations

import os
import signal
import subprocess
from typing import NamedTuple

LARGEST_OUTPUT = 16 * 1024 * 1024


class Ended(NamedTuple):
    """How a program ended; rc is None if it had not when the wait was over, and negative for a signal."""

    cmd: list
    rc: int | None
    stdout: bytes
    stderr: bytes


class Started:
    """Begun, and given nothing yet. Output goes to files without a name: nothing to find or to clean up, whoever dies first."""

    def __init__(self, cmd):
        self.cmd = cmd
        self._files = [os.fdopen(os.memfd_create("rollcall"), "w+b") for dummy in range(2)]
        stdout, stderr = self._files
        stdin, self._given = os.pipe()
        # Java 17 opens no path with other than ASCII characters unless the locale is UTF-8
        environment = dict(os.environ, LC_ALL="C.UTF-8")
        try:
            self._process = subprocess.Popen(
                cmd, stdin=stdin, stdout=stdout, stderr=stderr, cwd="/", env=environment, start_new_session=True
            )
        finally:
            os.close(stdin)

    def give(self, data):
        """Its whole input, which ends with it; what has no room at once is more than any request has."""
        try:
            os.set_blocking(self._given, False)
            os.write(self._given, data)
        except (BrokenPipeError, BlockingIOError):
            # it ended unasked, or reads nothing: its own answer tells
            pass
        finally:
            os.close(self._given)

    def wait(self, seconds=None):
        """Once: until it has ended, or for so long; it goes on then."""
        try:
            rc = self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            rc = None
        stdout, stderr = (os.pread(file.fileno(), LARGEST_OUTPUT + 1, 0) for file in self._files)
        for file in self._files:
            file.close()
        return Ended(self.cmd, rc, stdout, stderr)

    def wait_or_end(self, seconds):
        """As above, but it is ended with its session's group. Only for what changes nothing."""
        ended = self.wait(seconds)
        if ended.rc is None:
            # not waited for yet, so the number is still this process' own
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        return ended
