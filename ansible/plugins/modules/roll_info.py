#!/usr/bin/python
# Copyright (c) the Rollcall authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: roll_info
short_description: Take the roll of a supervisord and its Celery workers
version_added: 1.0.0
author:
  - The Rollcall authors (@rollcall)
description:
  - Says which Celery nodes run below a supervisord, with their main and pool processes, their active tasks, what tasks have
    detached, and which workers of an earlier life are left over.
  - It touches nothing. The work is done by C(rollcall roll), which must be on the host already.
extends_documentation_fragment:
  - rollcall.celery._attributes
  - rollcall.celery._engine
attributes:
  check_mode:
    support: full
    details:
      - It does not modify state.
  diff_mode:
    support: N/A
    details:
      - It does not modify state.
  idempotent:
    support: full
    details:
      - It does not modify state.
  async:
    support: full
seealso:
  - module: rollcall.celery.restart
"""

EXAMPLES = r"""
- name: Take the roll
  rollcall.celery.roll_info:
    conf: /etc/supervisor/supervisord.conf
  register: now

- name: Wait with the deployment until no task is active
  rollcall.celery.roll_info:
  register: now
  # what cannot be asked fails at once, with what it says
  until: now is failed or now.roll.nodes | map(attribute='tasks') | flatten | length == 0
  retries: 60
  delay: 10

- name: Refuse to go on while workers of an earlier life are left over
  ansible.builtin.assert:
    that: now.roll.nodes | selectattr('orphan') | list | length == 0
"""

RETURN = r"""
msg:
  description: One sentence about what was found; of a failure, with what to do.
  type: str
  returned: always
  sample: supervisord runs, 2 of 2 nodes answered, 1 tasks are active, 0 workers of an earlier life are left
roll:
  description: The roll; null if it could not be taken.
  type: dict
  returned: always
  contains:
    taken_at:
      description: When.
      type: str
      returned: always
    host:
      description: Where.
      type: str
      returned: always
    boot_id:
      description: The kernel's name for this boot; pids and start ticks are good for it only.
      type: str
      returned: always
    supervisord:
      description: C(pid), C(start_ticks), C(conf), C(version) and C(managed_by); null if it does not run.
      type: dict
      returned: always
    expected_nodes:
      description: How many nodes should answer.
      type: int
      returned: always
    answered_nodes:
      description: How many did.
      type: int
      returned: always
    remote_control:
      description: How they were asked, V(redis), V(amqp), V(exec) or V(none).
      type: str
      returned: always
    nodes:
      description:
        - The nodes, each with C(name), C(program), C(pid), C(start_ticks), C(pool), C(answered), C(orphan), its pool
          C(processes) and its active C(tasks).
      type: list
      elements: dict
      returned: always
    bystanders:
      description: What tasks have detached, each with C(pid), C(start_ticks), C(command) and C(node).
      type: list
      elements: dict
      returned: always
error:
  description: Why it failed, with C(code), C(step), C(message) and C(safe_to_retry).
  type: dict
  returned: always
engine_version:
  description: The version of Rollcall on the host.
  type: str
  returned: always
cmd:
  description: The command that was run.
  type: list
  elements: str
  returned: always
rc:
  description: How it ended; negative for a signal.
  type: int
  returned: always
stdout:
  description: The first characters of what it printed; empty if that was the roll.
  type: str
  returned: always
stderr:
  description: The first characters of what it logged.
  type: str
  returned: always
"""

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.rollcall.celery.plugins.module_utils import _report, _task


def roll_info(module, engine):
    ended, document = engine.ask("roll", _task.request(module.params, _task.LOOK_OPTIONS))
    called = _report.call(ended, failed=ended.rc != 0)
    if ended.rc != 0:
        message = _report.failure(document)
        return dict(called, msg=message, error=document.get("error"), failed=True)
    return dict(called, msg=_report.found(document), roll=document)


def main():
    module = AnsibleModule(
        argument_spec=dict(_task.ENGINE_OPTIONS, **_task.LOOK_OPTIONS),
        mutually_exclusive=[("executable", "jar")],
        supports_check_mode=True,
    )
    _task.finish(module, dict(_report.CALL, changed=False, roll=None, error=None), roll_info)


if __name__ == "__main__":
    main()
