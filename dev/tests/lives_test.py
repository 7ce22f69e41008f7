"""Who was shut down twice, by logs that were written for it."""
import sys
import unittest
from pathlib import Path
from typing import Any, Dict, List, Set

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from lives import Life, Process, seconds, shut_down_twice, spawned, with_diary  # noqa: E402

NOON = seconds("2026-11-24 12:00:00", "000")


def log(*lines: str) -> str:
    """One line a second, from noon on."""
    return "".join("2026-11-24 12:00:%02d,000 INFO %s\n" % pair for pair in enumerate(lines))


class SpawnedTest(unittest.TestCase):
    def test_a_worker_of_a_supervisord_that_was_there_before_is_not_new(self) -> None:
        found = spawned(log("spawned: 't' with pid 5", "supervisord started with pid 7", "spawned: 't' with pid 8"))
        self.assertEqual([8], [life.pid for life in found])

    def test_a_worker_ends_by_its_own_line(self) -> None:
        found = spawned(log("supervisord started with pid 7", "spawned: 't' with pid 8", "stopped: t (exit status 0)"))
        self.assertEqual(NOON + 2, found[0].ended)

    def test_one_that_dies_by_itself_and_comes_again_is_two(self) -> None:
        lines = ("spawned: 't' with pid 8", "exited: t (exit status 1; not expected)", "spawned: 't' with pid 9")
        found = spawned(log("supervisord started with pid 7", *lines))
        self.assertEqual([(8, NOON + 2), (9, None)], [(life.pid, life.ended) for life in found])

    def test_what_another_supervisord_stops_is_not_the_one_of_then(self) -> None:
        lines = ("spawned: 't' with pid 8", "supervisord started with pid 9", "stopped: t (exit status 0)")
        self.assertIsNone(spawned(log("supervisord started with pid 7", *lines))[0].ended)

    def test_a_line_of_anything_else_says_nothing(self) -> None:
        self.assertEqual([], spawned(log("waiting for t to die") + "Traceback\nspawned: 't' with pid 3\n"))


class DiaryTest(unittest.TestCase):
    def line(self, what: str, pid: int, parent: int, at: float = NOON + 1) -> Dict[str, Any]:
        return {"what": what, "pid": pid, "parent": parent, "at": at, "start_ticks": pid * 10}

    def life(self) -> Life:
        return Life("w", 8, NOON, None, set())

    def test_a_pool_process_belongs_to_the_shell_that_supervisord_has_spawned(self) -> None:
        lines = [self.line("main", 9, 8), self.line("pool", 10, 9)]
        self.assertEqual({Process(9, 90), Process(10, 100)}, with_diary([self.life()], lines)[0].processes)

    def test_workers_of_before_belong_to_nobody_new(self) -> None:
        self.assertEqual(set(), with_diary([self.life()], [self.line("pool", 4, 3)])[0].processes)

    def test_a_pid_of_an_earlier_process_is_not_the_new_one(self) -> None:
        self.assertEqual(set(), with_diary([self.life()], [self.line("pool", 8, 3, NOON - 60)])[0].processes)

    def test_one_that_was_asked_to_go_has_ended_then(self) -> None:
        lines = [self.line("main", 9, 8), self.line("asked", 9, 8, NOON + 3)]
        self.assertEqual(NOON + 3, with_diary([self.life()], lines)[0].ended)


class TwiceTest(unittest.TestCase):
    worker = Life("t", 8, 100.0, None, {Process(8, 80), Process(9, 90)})

    def twice(self, life: Life, alive: Set[Process], shutdowns: List[float]) -> List[Life]:
        return shut_down_twice([life], alive, {p.pid for p in alive}, shutdowns)

    def test_one_that_lives_as_a_whole_is_well(self) -> None:
        self.assertEqual([], self.twice(self.worker, set(self.worker.processes), [90.0]))

    def test_one_that_is_gone_was_shut_down_again(self) -> None:
        self.assertEqual([self.worker], self.twice(self.worker, set(), [90.0]))

    def test_one_that_was_born_and_gone_between_two_looks_is_seen_by_its_end(self) -> None:
        ended = self.worker._replace(ended=101.0)
        self.assertEqual([ended], self.twice(ended, set(self.worker.processes), [90.0]))

    def test_a_pool_process_that_is_gone_counts_as_well(self) -> None:
        self.assertEqual([self.worker], self.twice(self.worker, {Process(8, 80)}, [90.0]))

    def test_another_process_under_the_pid_is_not_the_one_of_then(self) -> None:
        self.assertEqual([self.worker], self.twice(self.worker, {Process(8, 80), Process(9, 91)}, [90.0]))

    def test_a_later_run_may_stop_what_an_earlier_one_has_started(self) -> None:
        ended = self.worker._replace(ended=111.0)
        self.assertEqual([], self.twice(ended, set(), [90.0, 110.0]))

    def test_but_not_before_it_has_begun_to(self) -> None:
        ended = self.worker._replace(ended=105.0)
        self.assertEqual([ended], self.twice(ended, set(), [90.0, 110.0]))


if __name__ == "__main__":
    unittest.main()
