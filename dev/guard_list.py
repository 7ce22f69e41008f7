"""The lists of guards in dev/guards, one a promise: what is taken away, and which tests must notice."""
import re
from pathlib import Path
from typing import Dict, List, NamedTuple

try:
    import tomllib
except ImportError:
    raise SystemExit("tried to read dev/guards/*.toml but this Python has no tomllib; use Python 3.11 or newer")

ROOT = Path(__file__).resolve().parent.parent
JAVA = ROOT / "src/main/java/dev/rollcall"
RESOURCES = ROOT / "src/main/resources/dev/rollcall"
TESTS = ROOT / "src/test/java/dev/rollcall"


class Guard(NamedTuple):
    promise: str
    what: str
    file: str
    find: str
    put: str
    tests: List[str]

    def path(self) -> Path:
        """Relative to the checkout."""
        places = {".java": JAVA, ".py": RESOURCES, ".yaml": ROOT / "routes"}
        return (places[Path(self.file).suffix] / self.file).relative_to(ROOT)

    def text(self) -> str:
        return " ".join((self.promise, self.what, self.file, *self.tests))


def read() -> List[Guard]:
    files = sorted((ROOT / "dev/guards").glob("S*.toml"), key=lambda f: int(f.stem[1:]))
    return [Guard(f.stem, **entry) for f in files for entry in tomllib.loads(f.read_text())["guard"]]


def sources() -> Dict[str, str]:
    """Test classes by the names that entries call them: folder and class."""
    files = (f for f in TESTS.rglob("*Test.java"))
    return {str(f.relative_to(TESTS).with_suffix("")): f.read_text() for f in files}


def faults(guards: List[Guard]) -> List[str]:
    """What does not fit the sources any more."""
    found, tests = [], sources()
    for guard in guards:
        name = "%s, %s: " % (guard.promise, guard.what)
        source = ROOT / guard.path()
        times = source.read_text().count(guard.find) if source.is_file() else -1
        if times != 1:
            found.append(name + ("%s is not there" % guard.path() if times < 0 else "its text is there %d times" % times))
        if guard.find == guard.put or not guard.tests:
            found.append(name + "nothing is changed, or no test is cited")
        for test in guard.tests:
            where, _, method = test.rpartition(".")
            if not re.search(r"\bvoid %s\(" % re.escape(method), tests.get(where, "")):
                found.append(name + "there is no test " + test)
    return found
