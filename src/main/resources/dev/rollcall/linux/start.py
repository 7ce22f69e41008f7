"""Starts one supervisord as a recipe says: own session, exact environment, nothing inherited.

The recipe comes as JSON on standard input, since it holds secrets and argv can be read by everybody.
Run with -I -S -E: nothing of the site or the environment is loaded. By any Python from 3.4 on: old hosts run it too.

With "trial" in the recipe it does all but the last: what would be executed is looked at, and nothing is written.
"""
import errno
import json
import os
import resource
import signal
import stat
import sys

NOT_FOUND, NOT_SET_UP = 127, 126


class Refused(Exception):
    def __init__(self, code, doing, cause, remedy):
        super().__init__("tried to %s but %s; %s" % (doing, cause, remedy))
        self.code = code


def octets(word):
    return word.encode("utf-8", "surrogateescape")


def shown(path):
    return path.decode("utf-8", "surrogateescape").encode("utf-8", "backslashreplace").decode("utf-8")


def environment(recipe):
    return {n.encode("latin-1"): v.encode("latin-1") for n, v in recipe["environment"].items()}


def cause(error):
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)


def attempt(doing, remedy, action, *arguments):
    try:
        return action(*arguments)
    except (OSError, ValueError) as error:
        raise Refused(NOT_SET_UP, doing, cause(error), remedy) from error


def mention(doing, error, instead):
    """A word on stderr about something that cannot be as it was and does not stop the start."""
    line = "tried to %s but %s; %s\n" % (doing, cause(error), instead)
    os.write(2, line.encode("utf-8", "backslashreplace"))


def program(recipe):
    """The file that argv[0] names, looked up as the shell that started it did."""
    name, directory = octets(recipe["argv"][0]), octets(recipe["directory"])
    path = environment(recipe).get(b"PATH", b"/usr/local/bin:/usr/bin:/bin")
    folders = [b""] if b"/" in name else path.split(b":")
    for folder in folders:
        candidate = os.path.join(directory, folder, name)
        if os.path.isfile(candidate) and os.access(candidate, os.X_OK):
            return candidate
    raise Refused(
        NOT_FOUND, "start supervisord with " + shown(name), "there is no such program any more",
        "reinstall it, or set `start` of the target")


def set_limits(limits):
    """Hard and soft together; what we may not raise stays as high as it may be."""
    for name, (soft, hard) in sorted(limits.items()):
        number = getattr(resource, name, None)
        if number is None or resource.getrlimit(number) == (soft, hard):
            continue
        try:
            resource.setrlimit(number, (soft, hard))
        except (OSError, ValueError) as error:
            allowed = lower(resource.getrlimit(number)[1], hard)
            resource.setrlimit(number, (lower(soft, allowed), allowed))
            mention("set " + name, error, "it goes on with the highest allowed")


def lower(one, other):
    unlimited = resource.RLIM_INFINITY
    if unlimited in (one, other):
        return other if one == unlimited else one
    return min(one, other)


def schedule(wanted):
    """Whoever calls Rollcall may be nice or bound to one processor, as jobs of cron often are."""
    if wanted is None:
        return
    try:
        if os.getpriority(os.PRIO_PROCESS, 0) != wanted["nice"]:
            os.setpriority(os.PRIO_PROCESS, 0, wanted["nice"])
    except OSError as error:
        mention("set the nice value %d" % wanted["nice"], error, "it goes on with ours; run as root to keep its own")
    try:
        if wanted["cpus"] not in ("", allowed_cpus()):
            os.sched_setaffinity(0, numbers(wanted["cpus"]))
    except (OSError, ValueError) as error:
        mention("run it on processors " + wanted["cpus"], error, "it goes on with ours")


def allowed_cpus():
    with open("/proc/self/status", "rb") as status:
        lines = [line.split() for line in status]
    return "".join(line[1].decode("ascii") for line in lines if line[:1] == [b"Cpus_allowed_list:"])


def numbers(ranges):
    """0-2,5 is {0, 1, 2, 5}."""
    ends = [part.split("-") for part in ranges.split(",")]
    return {number for end in ends for number in range(int(end[0]), int(end[-1]) + 1)}


def become(recipe):
    uid, gid, groups = recipe["uid"], recipe["gid"], recipe["groups"]
    if sorted(os.getgroups()) != sorted(groups):
        try:
            os.setgroups(groups)
        except OSError as error:
            mention("set the supplementary groups", error, "it goes on with ours; run as root to keep its own")
    remedy = "run Rollcall as root or as that user"
    if os.getgid() != gid or os.getegid() != gid:
        attempt("become group %d" % gid, remedy, os.setresgid, gid, gid, gid)
    if os.getuid() != uid or os.geteuid() != uid:
        attempt("become user %d" % uid, remedy, os.setresuid, uid, uid, uid)


def reset_signals():
    """Ignored signals and the mask survive exec; a supervisord that ignores TERM could never be stopped."""
    for number in range(1, signal.NSIG):
        try:
            signal.signal(number, signal.SIG_DFL)
        except (OSError, ValueError):  # KILL, STOP, and what the C library keeps for itself: nobody can have set those
            pass
    signal.pthread_sigmask(signal.SIG_SETMASK, [])


def output(path):
    """Where standard output went before, if that is still a regular file that its user may write to."""
    if path:
        try:
            # NONBLOCK: should a pipe without a reader stand there now, open would wait for ever
            fd = os.open(octets(path), os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOCTTY | os.O_NONBLOCK, 0o666)
            if stat.S_ISREG(os.fstat(fd).st_mode):
                return fd
        except OSError as error:
            mention("append to " + shown(octets(path)), error, "its output goes to /dev/null")
    return os.open("/dev/null", os.O_WRONLY)


def redirect(recipe, errors):
    os.dup2(os.open("/dev/null", os.O_RDONLY), 0)
    if recipe["foreground"]:
        os.dup2(output(recipe["output"]), 1)
        os.dup2(errors, 2)
    else:
        os.dup2(2, 1)
    for fd in os.listdir("/proc/self/fd"):
        if int(fd) > 2 and os.path.exists("/proc/self/fd/" + fd):
            os.set_inheritable(int(fd), False)


def trial(recipe):
    return recipe.get("trial", False)


def executable(path):
    if not os.access(path, os.X_OK):
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))


def execute(recipe, errors):
    path = program(recipe)
    os.setsid()
    os.umask(recipe["umask"])
    # before the change of user: it may have been started where only root may enter
    directory = octets(recipe["directory"])
    attempt("enter directory " + shown(directory), "create it", os.chdir, directory)
    set_limits(recipe["limits"])
    schedule(recipe.get("scheduling"))
    become(recipe)
    reset_signals()
    redirect(recipe, errors)
    if trial(recipe):
        attempt("execute " + shown(path), "let that user execute it", executable, path)
        return
    try:
        os.execve(path, [octets(word) for word in recipe["argv"]], environment(recipe))
    except OSError as error:
        absent = error.errno in (errno.ENOENT, errno.ENOTDIR)
        raise Refused(
            NOT_FOUND if absent else NOT_SET_UP, "execute " + shown(path),
            "its interpreter is not there" if absent else cause(error), "reinstall it, or set `start` of the target") from error


def child(recipe, errors, report):
    """Never returns: what does not become supervisord says why and ends."""
    code, words = NOT_SET_UP, "the start failed"
    try:
        execute(recipe, errors)
        code, words = 0, ""
    except Refused as refusal:
        code, words = refusal.code, str(refusal)
    except BaseException as error:  # the parent's code must never run twice; the words go to the parent
        words = "tried to start supervisord but %s: %s; report this" % (type(error).__name__, error)
    finally:
        os.write(report, words.encode("utf-8", "backslashreplace"))
        os._exit(code)


def exit_code(pid):
    status = os.waitpid(pid, 0)[1]
    return os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)


def open_errors(recipe):
    if not recipe["foreground"] or trial(recipe):
        return 2
    path = octets(recipe["errors"])
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND | os.O_NOFOLLOW | os.O_NOCTTY
    try:
        return os.open(path, flags, 0o600)
    except OSError as error:  # a service must not stay down for want of a place for its words
        mention("open " + shown(path), error, "its errors go to /dev/null")
        return os.open("/dev/null", os.O_WRONLY)


def start(recipe):
    if trial(recipe):
        recipe["output"] = ""  # it would be made
    errors = open_errors(recipe)
    heard, report = os.pipe()  # both close on exec: silence at its end means that exec succeeded
    pid = os.fork()
    if pid == 0:
        child(recipe, errors, report)
    os.close(report)
    with os.fdopen(heard, "rb") as pipe:
        words = pipe.read()
    if words:
        os.write(2, words + b"\n")
        return exit_code(pid)
    if recipe["foreground"] and not trial(recipe):
        print(json.dumps({"pid": pid}))
        return 0
    return exit_code(pid)


def main():
    try:
        return start(json.loads(sys.stdin.buffer.read().decode("ascii")))
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return refusal.code


if __name__ == "__main__":
    sys.exit(main())
