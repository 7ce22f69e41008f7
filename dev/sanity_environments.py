"""Makes the virtual environments that ansible-test wants for its sanity tests, with Debian's packages in them.

By itself it downloads pip and exactly pinned linters; where nothing may be downloaded, the system's own linters do. They lie
where ansible-test looks for what it made itself: below the home directory.
"""
import json
import sys
import venv
from pathlib import Path

from ansible_test._internal.commands.sanity import hash_pip_commands
from ansible_test._internal.host_configs import NativePythonConfig
from ansible_test._internal.python_requirements import collect_requirements

TESTS = ("ansible-doc", "import", "import.plugin", "pep8", "pylint", "runtime-metadata", "validate-modules", "yamllint")
VERSION = "%d.%d" % sys.version_info[:2]


def place(test: str, minimize: bool) -> Path:
    commands = collect_requirements(
        python=NativePythonConfig(version=VERSION, path=sys.executable),
        controller=True, ansible=False, cryptography=False, coverage=False, virtualenv=False,
        minimize=minimize, command=None, sanity=test,
    )  # fmt: skip
    label = "sanity." + test if commands else "sanity"
    return Path.home() / ".ansible" / "test" / "venv" / label / VERSION / hash_pip_commands(commands)


def main() -> None:
    # one without requirements serves all tests that have none
    for path in {place(test, minimize) for test in (*TESTS, "none") for minimize in (False, True)}:
        venv.create(path, system_site_packages=True, symlinks=True)
        (path / "meta.install.json").write_text("[]")
        (path / "meta.yaml.json").write_text(json.dumps({"yaml": True, "cloader": True}))
        (path / "marker.txt").touch()


if __name__ == "__main__":
    main()
