#!/usr/bin/python
# Copyright (c) the Rollcall authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: restart
short_description: Restart a supervisord and its Celery workers
version_added: 1.0.0
author:
  - The Rollcall authors (@rollcall)
description:
  - Restarts a supervisord and its Celery workers so that no old worker is left over, no process that a task has detached
    is touched, every task that was cut short is named, and the service is up again, or the task fails and says that it is not.
  - The work is done by the program C(rollcall), which must be on the host already; see the role P(rollcall.celery.engine#role).
  - The run goes on whatever becomes of the task. An C(async) limit, a lost connection or a killed module does not cut it.
    Ask again with the same O(token) to join it, or to learn that it is done.
extends_documentation_fragment:
  - rollcall.celery._attributes
  - rollcall.celery._engine
attributes:
  check_mode:
    support: full
    details:
      - In check mode it is C(rollcall plan) that runs. It looks at everything, touches nothing and says what a restart
        would do, also that it would be refused.
      - It waits for nobody. While a run with the same O(token) is under way, which a task would join, it says what is there at
        that moment, such as a supervisord that is being stopped.
  diff_mode:
    support: full
    details:
      - Shows supervisord, nodes and their processes with their pids before and after. In check mode it is known who will
        be there, but not under which pid.
  idempotent:
    support: partial
    details:
      - Without O(token) each task restarts, as the name says.
      - With O(token) a restart that has succeeded is not done again.
  async:
    support: full
    details:
      - The limit of C(async) ends the task, never the run. In check mode, older versions of ansible-core refuse C(async).
options:
  scope:
    description:
      - What is restarted. V(supervisord) shuts supervisord down and starts it again.
      - V(programs) leaves it up and restarts only its Celery programs, if the installed version of Rollcall has that.
    type: str
    choices: [supervisord, programs]
  programs:
    description:
      - With O(scope=programs), the programs as supervisor names them, C(name), C(group:name) or C(group:*).
    type: list
    elements: str
  drain:
    description:
      - Before the stop, take the nodes off their queues and wait this long for active tasks to finish, such as V(30s) or V(5m).
      - A version of Rollcall that cannot drain refuses the request, and nothing is changed.
    type: str
  stop_timeout:
    description:
      - How long the stop may take, such as V(2m). V(auto) is what supervisord's own C(stopwaitsecs) add up to, and ten seconds.
    type: str
  kill_grace:
    description:
      - Send SIGTERM to leftovers first and wait this long before SIGKILL, such as V(5s). By default it is SIGKILL at once.
    type: str
  start_timeout:
    description:
      - How long it may take until all programs run and the nodes answer, such as V(60s).
    type: str
  require_answers:
    description:
      - Stop before anything is changed if a node does not answer.
    type: bool
  allow_bystander_loss:
    description:
      - Go on although supervisord's own C(stopasgroup) or C(killasgroup) would kill what tasks have detached.
    type: bool
  override:
    description:
      - Go through although there is a blackout in Rollcall's configuration. Without it the task fails in one with the error code
        V(BLACKOUT), and nothing is changed.
      - There is no option to wait for its end. Rollcall's own timer, inbox and HTTP do, with C(defer).
    type: bool
  token:
    description:
      - A name for this restart, such as a release. If a run with this token has succeeded, nothing is done.
      - If a run with this token is under way, it is joined, and the task returns what it did.
      - It is no secret and stands in the journal. An empty one is none, as every other option that is empty is not given.
    type: str
  pidfile:
    description:
      - Where the pids of the roll are written as plain text.
    type: path
  wait_timeout:
    description:
      - For how many seconds the task waits for the end of the run. After that it fails with the error code V(STILL_RUNNING), and
        the run goes on. With V(0) it is only begun.
      - By default it waits as long as the run takes, which has deadlines of its own.
    type: int
seealso:
  - module: rollcall.celery.roll_info
"""

EXAMPLES = r"""
- name: Restart supervisord and its workers after a release, once
  rollcall.celery.restart:
    conf: /etc/supervisor/supervisord.conf
    token: "{{ release }}"

- name: Say what a restart would do, and who would be killed
  rollcall.celery.restart:
    target: default
  check_mode: true
  diff: true
  register: plan

- name: Restart only if every node answers, and be patient
  rollcall.celery.restart:
    require_answers: true
    stop_timeout: 10m
    kill_grace: 5s
  register: restarted
  # the service is up, but something needs a look
  failed_when: restarted.rc not in [0, 5]

- name: Restart on a connection that may be lost
  rollcall.celery.restart:
    token: "{{ release }}"
  async: 1800
  poll: 5
"""

RETURN = r"""
msg:
  description: One sentence about how it ended; of a failure, with what to do.
  type: str
  returned: always
  sample: up again after 3.4 s down; 5 leftovers killed, 3 bystanders spared, 2 tasks interrupted
joined:
  description: Whether the result is that of a run with the same token that was under way.
  type: bool
  returned: always
changed:
  description:
    - Whether a process was stopped, killed or started; in check mode, whether one would be.
    - Also true of RV(outcome=nothing_to_do) or a refusal if another run that had been cut off was finished first; the finding
      V(RUN_FINISHED) names it.
  type: bool
  returned: always
run_id:
  description:
    - The run. With the error code V(TARGET_BUSY) the run that holds the target; empty for a request that did not become one.
  type: str
  returned: always
  sample: 20261123T103000Z-4f2a9c
target:
  description: The target's name.
  type: str
  returned: always
scope:
  description: What was restarted.
  type: str
  returned: always
token:
  description: The token of the request.
  type: str
  returned: always
outcome:
  description: V(succeeded), V(failed), V(refused), V(nothing_to_do), V(planned), V(running) or V(interrupted).
  type: str
  returned: always
exit_code:
  description:
    - Rollcall's exit code. V(0) done or nothing to do, V(2) bad request, V(3) another run holds the target, V(4) refused
      and nothing changed, V(5) the service is up but something needs a look, V(6) the service is down.
  type: int
  returned: always
service:
  description: V(up), V(down) or V(unknown).
  type: str
  returned: always
dry_run:
  description: Whether it was only planned.
  type: bool
  returned: always
requested_by:
  description: Who asked for the run.
  type: str
  returned: always
started_at:
  description: When the run began.
  type: str
  returned: always
duration_ms:
  description: How long the run took.
  type: int
  returned: always
downtime_ms:
  description: How long the service was down.
  type: int
  returned: always
steps:
  description: The steps of the run in their order, each with C(name), C(outcome), C(started_at), C(duration_ms) and C(detail).
  type: list
  elements: dict
  returned: always
roll:
  description: What was there before the stop, as in RV(rollcall.celery.roll_info#module:roll).
  type: dict
  returned: always
killed:
  description: The leftovers that were killed, each with C(pid), C(start_ticks), C(node), C(kind) and C(signal).
  type: list
  elements: dict
  returned: always
spared:
  description: The processes that were not killed, each with C(pid) and C(reason).
  type: list
  elements: dict
  returned: always
survivors:
  description: The leftovers that could not be killed.
  type: list
  elements: dict
  returned: always
interrupted_tasks:
  description: The tasks that were cut short, each with C(id), C(name), C(worker_pid), C(queue) and C(fate).
  type: list
  elements: dict
  returned: always
findings:
  description: What a person should know, each with C(code), C(severity), C(message) and C(fix).
  type: list
  elements: dict
  returned: always
error:
  description: Why it failed or was refused, with C(code), C(step), C(message) and C(safe_to_retry).
  type: dict
  returned: always
journal:
  description: The journal of the run on the host.
  type: str
  returned: always
  sample: /var/lib/rollcall/runs/20261123T103000Z-4f2a9c.jsonl
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
  description: How it ended; negative for a signal, null if it goes on.
  type: int
  returned: always
stdout:
  description: The first characters of what it printed; empty if that was the result.
  type: str
  returned: always
stderr:
  description: The first characters of what it logged.
  type: str
  returned: always
"""

from ansible.module_utils.basic import AnsibleModule
from ansible_collections.rollcall.celery.plugins.module_utils import _report, _task
from ansible_collections.rollcall.celery.plugins.module_utils._engine import Trouble
from ansible_collections.rollcall.celery.plugins.module_utils._join import restart_or_join

OPTIONS = {
    "scope": {"type": "str", "choices": ["supervisord", "programs"]},
    "programs": {"type": "list", "elements": "str"},
    "drain": {"type": "str"},
    "stop_timeout": {"type": "str"},
    "kill_grace": {"type": "str"},
    "start_timeout": {"type": "str"},
    "require_answers": {"type": "bool"},
    "allow_bystander_loss": {"type": "bool"},
    "override": {"type": "bool"},
    # a name that people read in journals
    "token": {"type": "str", "no_log": False},
    "pidfile": {"type": "path"},
}


def restart(module, engine):
    wait = module.params["wait_timeout"]
    if wait is not None and wait < 0:
        raise Trouble("BAD_REQUEST", "tried to wait %d s but nobody can; name 0 or more with wait_timeout, or leave it out" % wait)
    request = _task.request(module.params, list(_task.LOOK_OPTIONS) + list(OPTIONS))
    joined = False
    if module.check_mode:
        ended, document = engine.ask("plan", request)
    else:
        ended, document, joined = restart_or_join(engine, request, wait)
    failed = ended.rc != 0 or document.get("exit_code") != 0
    result = dict(document, joined=joined, failed=failed)
    result["msg"] = _report.failure(document) if failed else _report.success(document, joined)
    if module._diff and document.get("changed") and document.get("roll"):
        after = None if module.check_mode else _task.roll_after(engine, request)
        result["diff"] = _report.diff(document["roll"], after, planned=module.check_mode)
    for warning in _report.warnings(document):
        module.warn(warning)
    return dict(result, **_report.call(ended, failed))


def main():
    options = dict(_task.ENGINE_OPTIONS, wait_timeout={"type": "int"}, **_task.LOOK_OPTIONS, **OPTIONS)
    module = AnsibleModule(
        argument_spec=options, mutually_exclusive=[("executable", "jar")], supports_check_mode=True
    )
    _task.finish(module, dict(_report.DOCUMENT, **_report.CALL, joined=False), restart)


if __name__ == "__main__":
    main()
