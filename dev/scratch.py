"""A copy of the checkout in which a guard can be taken away, compiled and put back."""
import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import xml.etree.ElementTree
from pathlib import Path
from typing import Dict, Iterator, List

from guard_list import ROOT, Guard
from processes import within

LIMIT = 300
MAVEN = ["mvn", "-B", "-ntp", "-q", "-Dexcluded.groups=arena", "-Dsurefire.failIfNoSpecifiedTests=false"]


class CouldNotRun(Exception):
    """Neither caught nor not caught."""


class Scratch:
    """Green, red, not run: what a test is."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="guards-"))
        self.folder.chmod(0o755)  # tests run programs as other users in there
        self.root = self.folder / "checkout"
        self.temporary = self.folder / "t"

    def __enter__(self) -> "Scratch":
        try:
            for name in ("src", "routes", "docs", "dev", "bin"):
                shutil.copytree(ROOT / name, self.root / name)
            shutil.copy(ROOT / "pom.xml", self.root)
            self._maven("test-compile", "dependency:build-classpath", "-Dmdep.outputFile=" + str(self.folder / "classpath"))
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(self, *cause: object) -> None:
        self._remove()

    def _remove(self) -> None:
        self._end_strays()
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextlib.contextmanager
    def without(self, guard: Guard) -> Iterator[None]:
        source = self.root / guard.path()
        whole = source.read_text()
        source.write_text(whole.replace(guard.find, guard.put))
        classes = self.root / "target/classes"
        kept = self.folder / "classes"
        shutil.copytree(classes, kept)
        try:
            self._build(source)
            yield
        finally:
            source.write_text(whole)
            shutil.rmtree(classes)
            kept.rename(classes)

    def _build(self, source: Path) -> None:
        """One file alone: a guard is inside a method, nothing else depends on how it looks."""
        classes = self.root / "target/classes"
        if source.suffix != ".java":
            inside = source.relative_to(self.root)
            shutil.copy(source, classes / (inside if inside.parts[0] == "routes" else Path(*inside.parts[3:])))
            return
        path = "%s:%s" % (classes, (self.folder / "classpath").read_text().strip())
        command = ["javac", "-nowarn", "-proc:none", "-parameters", "-cp", path, "-d", str(classes), str(source)]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            raise CouldNotRun("DID NOT COMPILE: " + done.stdout.strip().partition("\n")[0])

    def run(self, tests: List[str]) -> Dict[str, str]:
        """Each test, and green, red or why it is neither."""
        shutil.rmtree(self.root / "target/surefire-reports", ignore_errors=True)
        shutil.rmtree(self.temporary, ignore_errors=True)
        self.temporary.mkdir()
        by_class: Dict[str, List[str]] = {}
        for test in tests:
            where, _, method = test.rpartition(".")
            by_class.setdefault("dev.rollcall." + where.replace("/", "."), []).append(method)
        names = ",".join("%s#%s" % (where, "+".join(methods)) for where, methods in by_class.items())
        self._maven(
            "-o", "surefire:test", "-Dtest=" + names, "-Dmaven.test.failure.ignore=true",
            "-DargLine=-Djava.io.tmpdir=" + str(self.temporary))
        self._end_strays()
        return {test: self._outcome(test) for test in tests}

    def _outcome(self, test: str) -> str:
        where, _, method = test.rpartition(".")
        report = self.root / "target/surefire-reports" / ("TEST-dev.rollcall.%s.xml" % where.replace("/", "."))
        if not report.is_file():
            return "not run: no report"
        cases = [c for c in xml.etree.ElementTree.parse(report).iter("testcase") if named(c.get("name", "")) == method]
        ran = [c for c in cases if c.find("skipped") is None]
        if not ran:
            return "not run: skipped" if cases else "not run: not in the report"
        return "red" if any(c.find("failure") is not None or c.find("error") is not None for c in ran) else "green"

    def _maven(self, *words: str) -> None:
        process = subprocess.Popen(
            [*MAVEN, *words], cwd=self.root, start_new_session=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            said, _ = process.communicate(timeout=LIMIT)
        except BaseException as cause:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            if isinstance(cause, subprocess.TimeoutExpired):
                raise CouldNotRun("NO END within %d s" % LIMIT) from cause
            raise
        if process.returncode != 0:
            raise CouldNotRun("MAVEN FAILED: " + next((l for l in said.splitlines() if l.startswith("[ERROR]")), said))

    def _end_strays(self) -> None:
        """What a test that failed half way has left running; all of it is ours, for it lives in our folder."""
        for process in within(self.folder):
            process.signal(signal.SIGKILL)


def named(case: str) -> str:
    """Reports add parameters and numbers to a method's name."""
    return case.partition("(")[0].partition("[")[0].strip()
