# Copyright (c) the Rollcall authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  target:
    description:
      - A target of Rollcall's configuration. By default it is V(default), which need not be in the configuration.
    type: str
  conf:
    description:
      - Path of a C(supervisord.conf), as for C(supervisorctl -c). By default it is that of the target, else the first one on
        supervisor's own search path.
    type: path
  inspect_timeout:
    description:
      - The longest wait for nodes that do not answer, such as V(2s). Nodes that all answered end it at once.
    type: str
  executable:
    description:
      - The launcher of Rollcall. By default it is C(rollcall) on the path.
      - Mutually exclusive with O(jar).
    type: path
  jar:
    description:
      - The packaged jar of Rollcall, run with the Java of E(ROLLCALL_JAVA), of E(JAVA_HOME) or on the path.
    type: path
  config:
    description:
      - Rollcall's own configuration. By default it is C(/etc/rollcall/rollcall.yaml), if that is there.
    type: path
  state_dir:
    description:
      - Where journals, locks and pid files are kept. They are what a run that was cut off is finished from, and no cache.
    type: path
requirements:
  - Rollcall and Java 17 or newer on the host
  - Linux, and Python 3.8 or newer
"""
