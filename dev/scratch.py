"""A copy of the checkout in which a guard can be taken away, compiled and put back."""
import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Dict, Iterator, List

from guard_list import ROOT, Guard
from processes import within

LIMIT = 300
MAVEN = ["mvn", "-B", "-ntp", "-q", "test-compile", "dependency:build-classpath"]


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
            self._command([*MAVEN, "-Dmdep.outputFile=" + str(self.folder / "classpath")])
            self._compile(self.root / "dev/TestRun.java", self.folder / "runner")
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
        self._compile(source, classes)

    def _compile(self, source: Path, to: Path) -> None:
        self._command(["javac", "-nowarn", "-proc:none", "-parameters", "-cp", self._path(), "-d", str(to), str(source)])

    def run(self, tests: List[str]) -> Dict[str, str]:
        """Each test, and green, red or why it is neither."""
        shutil.rmtree(self.temporary, ignore_errors=True)
        self.temporary.mkdir()
        report = self.folder / "report"
        report.unlink(missing_ok=True)
        names = ["dev.rollcall." + test.replace("/", ".") for test in tests]
        self._command([
            "java", "-ea", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.io.tmpdir=" + str(self.temporary),
            "-cp", self._path(), "TestRun", str(report), *names])
        self._end_strays()
        lines = report.read_text().splitlines()
        return {test: outcome([line.split()[0] for line in lines if line.endswith(" " + name)]) for test, name in zip(tests, names)}

    def _path(self) -> str:
        ours = [self.root / "target/test-classes", self.root / "target/classes", self.folder / "runner"]
        return ":".join([*map(str, ours), (self.folder / "classpath").read_text().strip()])

    def _command(self, words: List[str]) -> None:
        """Into a file: a pipe would be held open by what a test may leave running."""
        said = self.folder / "said"
        with open(said, "w") as file:
            process = subprocess.Popen(
                words, cwd=self.root, start_new_session=True, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT)
            try:
                process.wait(LIMIT)
            except BaseException as cause:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                if isinstance(cause, subprocess.TimeoutExpired):
                    raise CouldNotRun("NO END within %d s" % LIMIT) from cause
                raise
        if process.returncode != 0:
            lines = said.read_text(errors="replace").splitlines()
            raise CouldNotRun("%s FAILED: %s" % (words[0].upper(), next((line for line in lines if "rror" in line), lines[-1:])))

    def _end_strays(self) -> None:
        """What a test that failed half way has left running; all of it is ours, for it lives in our folder."""
        for process in within(self.folder):
            process.signal(signal.SIGKILL)


def outcome(seen: List[str]) -> str:
    """Of all invocations of one test; one that was skipped shows nothing."""
    ran = [each for each in seen if each != "skipped"]
    if not ran:
        return "not run: skipped" if seen else "not run: not found"
    return "red" if "red" in ran else "green"
