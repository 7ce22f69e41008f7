"""Writes the list of classes that a real restart loads: the class archive is made from it."""
import subprocess
import sys
from pathlib import Path

from arena import Arena, celery, stop_on_signals, wrapped

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "main" / "cds" / "classes.lst"


def record(arena: Arena, java: str) -> None:
    """Runs the jar as the launcher does, without an archive, and lets the JVM write what it loads."""
    options = ["-XX:DumpLoadedClassList=%s" % TARGET, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    words = arena.rollcall("restart", "--output", "json")[1:]
    jar = str(ROOT / "target" / "rollcall.jar")
    subprocess.run([java, *options, "-jar", jar, *words], check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    stop_on_signals()
    java = sys.argv[1] if len(sys.argv) > 1 else "java"
    with Arena([celery("q"), wrapped("w")]) as arena:
        arena.await_nodes()
        arena.send("nap", 600)
        record(arena, java)
    print("%s: %d lines" % (TARGET.relative_to(ROOT), len(TARGET.read_text().splitlines())))


if __name__ == "__main__":
    main()
