"""Runs the program that is its last argument as Python 3.4 would, as far as that can be had: what is newer is refused."""
import ast
import codecs
import json
import sys

KNOWN = {
    "errno": "EACCES ENOENT ENOTDIR",
    "json": "dumps loads",
    "os": """O_APPEND O_CREAT O_NOCTTY O_NOFOLLOW O_NONBLOCK O_RDONLY O_TRUNC O_WRONLY PRIO_PROCESS WEXITSTATUS WIFEXITED
        WTERMSIG X_OK _exit access chdir close dup2 execve fdopen fork fstat getegid geteuid getgid getgroups getpriority
        getuid listdir open path pipe sched_setaffinity set_inheritable setgroups setpriority setresgid setresuid setsid
        strerror umask waitpid write""",
    "resource": "RLIM_INFINITY getrlimit setrlimit",
    "signal": "NSIG SIG_DFL SIG_SETMASK pthread_sigmask signal",
    "stat": "S_ISREG",
    "sys": "exit stderr stdin",
}


def check(program):
    for node in ast.walk(ast.parse(program, feature_version=(3, 4))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in KNOWN:
            if node.attr not in KNOWN[node.value.id].split():
                sys.exit("%s.%s: put it into this list if Python 3.4 has it" % (node.value.id, node.attr))


def loads(text, actual=json.loads):
    if not isinstance(text, str):
        raise TypeError("the JSON object must be str, not %r" % type(text).__name__)
    return actual(text)


def backslashes(error, actual=codecs.lookup_error("backslashreplace")):
    if isinstance(error, UnicodeDecodeError):
        raise TypeError("don't know how to handle UnicodeDecodeError in error callback")
    return actual(error)


check(sys.argv[-1])
json.loads = loads
codecs.register_error("backslashreplace", backslashes)
exec(sys.argv[-1])
