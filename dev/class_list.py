"""Writes the list of classes that real restarts load: the class archive is made from it."""
import json
import subprocess
import sys
from pathlib import Path
from typing import Dict, List

from arena import Arena, celery, stop_on_signals, wrapped

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "main" / "cds" / "classes.lst"


def record(arena: Arena, java: str) -> List[str]:
    """What is asked for with the launcher's options but no archive: a restart as Ansible asks for it, and again when it is done."""
    request = json.dumps({"conf": str(arena.conf), "token": "classes", "output": "json"})
    words = ["restart", "--state-dir", str(arena.root / "state"), "--request", "-", "--requested-by", "ansible"]
    jar = str(ROOT / "target" / "rollcall.jar")
    seen: Dict[str, None] = {}
    for turn in range(2):
        listed = arena.root / ("classes.%d" % turn)
        options = ["-XX:DumpLoadedClassList=%s" % listed, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
        command = [java, *options, "-jar", jar, *words]
        subprocess.run(command, check=True, input=request.encode(), stdout=subprocess.DEVNULL)
        seen.update(dict.fromkeys(listed.read_text().splitlines()))
    return list(seen)


def main() -> None:
    stop_on_signals()
    java = sys.argv[1] if len(sys.argv) > 1 else "java"
    with Arena([celery("q"), wrapped("w")]) as arena:
        arena.await_nodes()
        arena.send("nap", 600)
        lines = record(arena, java)
    TARGET.write_text("\n".join(lines) + "\n")
    print("%s: %d lines" % (TARGET.relative_to(ROOT), len(lines)))


if __name__ == "__main__":
    main()
