"""What counts as a crash, as a service that is up, and as a run of bin/soak that went well."""
import contextlib
import io
import random
import subprocess
import sys
import unittest
from pathlib import Path
from typing import List

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from crash import FAULTS, Round  # noqa: E402
from crashes import Count  # noqa: E402
from load import moment, whole_lines  # noqa: E402
from moments import Length, Moment, cut_off  # noqa: E402
from service import Asked  # noqa: E402

WANTED = {"t", "w"}
UP = Asked(1, "RUNNING", {"t": "RUNNING", "w": "RUNNING"}, ["t", "w"])


class ServiceTest(unittest.TestCase):
    def test_all_answer(self) -> None:
        self.assertEqual("", UP.wrong(WANTED))

    def test_no_supervisord_and_two_are_no_service(self) -> None:
        self.assertEqual("0 supervisords", UP._replace(supervisords=0).wrong(WANTED))
        self.assertEqual("2 supervisords", UP._replace(supervisords=2).wrong(WANTED))

    def test_a_supervisord_that_does_not_answer_or_stops_is_none(self) -> None:
        self.assertEqual("supervisord: no answer", UP._replace(state="").wrong(WANTED))
        self.assertEqual("supervisord: SHUTDOWN", UP._replace(state="SHUTDOWN").wrong(WANTED))

    def test_every_wanted_program_runs(self) -> None:
        self.assertEqual("t FATAL", UP._replace(programs={"t": "FATAL", "w": "RUNNING"}).wrong(WANTED))
        self.assertEqual("programs: w", UP._replace(programs={"w": "RUNNING"}).wrong(WANTED))

    def test_every_node_answers_once(self) -> None:
        self.assertEqual("answers of t", UP._replace(nodes=["t"]).wrong(WANTED))
        self.assertEqual("answers of t, t", UP._replace(nodes=["t", "t"]).wrong(WANTED))
        self.assertEqual("answers of t, t, w", UP._replace(nodes=["t", "w", "t"]).wrong(WANTED))
        self.assertEqual("answers of nobody", UP._replace(nodes=[]).wrong(WANTED))


class CountTest(unittest.TestCase):
    def count(self, *rounds: Round) -> Count:
        count = Count()
        with contextlib.redirect_stdout(io.StringIO()):
            for one in rounds:
                count.add(one)
        return count

    def test_a_crash_that_nothing_came_of_is_good(self) -> None:
        self.assertTrue(self.count(Round(1, cut="killed")).is_good(1))

    def test_every_fault_of_a_crash_is_bad(self) -> None:
        for fault in FAULTS:
            with self.subTest(fault):
                self.assertFalse(self.count(Round(1, cut="killed")._replace(**{fault: 1})).is_good(1))

    def test_one_that_was_over_is_no_crash(self) -> None:
        count = self.count(Round(1), Round(1, cut="killed"))
        self.assertEqual((1, 1), (len(count.crashes), len(count.others)))
        self.assertTrue(count.is_good(1))
        self.assertFalse(count.is_good(2))

    def test_but_what_is_wrong_with_it_is_not_passed_over(self) -> None:
        self.assertFalse(self.count(Round(1, leftovers=1), Round(1, cut="killed")).is_good(1))

    def test_an_arena_that_failed_is_neither_up_nor_down(self) -> None:
        count = self.count(Round(1, broken=True))
        self.assertEqual([], count.crashes)
        self.assertFalse(count.is_good(0))

    def test_the_service_is_up_as_often_as_it_was_found_so(self) -> None:
        count = self.count(Round(1, cut="killed", down=1), Round(2, cut="killed"), Round(3, down=1), Round(4))
        self.assertIn("runs cut off                       2\nservice up at the end              1\n", count.lines(0))
        self.assertIn("  and not well                     1\n", count.lines(0))


class JournalTest(unittest.TestCase):
    def test_a_line_without_its_end_is_none(self) -> None:
        self.assertEqual([{"type": "a"}], whole_lines(b'{"type": "a"}\n{"type": "ended"}'))

    def test_times_have_places_or_none(self) -> None:
        self.assertEqual(0.25, moment("1970-01-01T00:00:00.25Z"))
        self.assertEqual(61, moment("1970-01-01T00:01:01Z"))


class MomentTest(unittest.TestCase):
    def victim(self, code: str) -> "subprocess.Popen[str]":
        return subprocess.Popen([sys.executable, "-c", code], universal_newlines=True)

    def test_a_run_without_an_event_is_not_cut(self) -> None:
        done = cut_off(self.victim("pass"), Moment(seconds=0), list)
        self.assertEqual(Length(0, 0), done)

    def test_as_soon_as_the_event_is_there_it_is(self) -> None:
        seen: List[str] = []

        def types() -> List[str]:
            seen.append("event")
            return seen

        self.assertIsNone(cut_off(self.victim("import time; time.sleep(60)"), Moment(events=3), types))
        self.assertEqual(3, len(seen))

    def test_moments_are_of_both_kinds_and_before_the_end(self) -> None:
        drawn = [Moment.draw(random.Random(seed), Length(4.0, 5)) for seed in range(200)]
        self.assertEqual({1, 2, 3, 4, None}, {m.events for m in drawn})
        self.assertTrue(all(m.seconds is None or 0 <= m.seconds <= 4 for m in drawn))
        self.assertTrue(all((m.seconds is None) != (m.events is None) for m in drawn))


if __name__ == "__main__":
    unittest.main()
