"""What counts as a request that was lost, served twice, too early, in a crowd; and as a file that was put away."""
import random
import sys
import unittest
from pathlib import Path
from typing import Set

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from evidence import Evidence, Run, Shelved  # noqa: E402
from judge import defects, judge  # noqa: E402
from senders import Asked, Dropped, plan  # noqa: E402
from serving import Outage  # noqa: E402

RING = "timer:storm@1970-01-01T00:00:%02dZ"


def run(name: str, accepted: float, begun: float, ended: float, *keys: str) -> Run:
    return Run(name, accepted, set(keys), begun, ended, 1, "succeeded")


ONE = run("R1", 10, 10.1, 15, "http:a", "file:1", RING % 10)
TWO = run("R2", 11, 15.1, 20, "http:b")
THREE = run("R3", 15.2, 20.1, 25)
GOOD = Evidence(
    asked=[Asked("a", 0, 9.9, "R1", 1), Asked("b", 0, 10.9, "R2", 2), Asked("a", 0, 16, "R1", 1), Asked(None, 0, 15.2, "R3", 1)],
    dropped=[Dropped("x.json", 9.5)],
    runs={r.id: r for r in (ONE, TWO, THREE)},
    shelved=[Shelved("x.json", "R1", "done", "R1", "succeeded")],
    left=[],
    outages=[],
    timer=[9.0, 10.0],
)


def with_run(*runs: Run) -> Evidence:
    return GOOD._replace(runs=dict(GOOD.runs, **{r.id: r for r in runs}))


class JudgeTest(unittest.TestCase):
    def check(self, evidence: Evidence, *faults: str) -> None:
        found: Set[str] = {name for name, which in judge(evidence).items() if which}
        self.assertEqual(set(faults), found, judge(evidence))

    def test_a_good_storm(self) -> None:
        self.check(GOOD)

    def test_whoever_has_no_run_is_unanswered(self) -> None:
        self.check(GOOD._replace(asked=[Asked("c", 0, 10, "", 5, "503")]), "unanswered")

    def test_a_promised_run_without_a_good_end_is_lost(self) -> None:
        for wrong in (
            ONE._replace(outcome="failed"),
            ONE._replace(ends=2),
            ONE._replace(waits=True),
            ONE._replace(ends=0, outcome="", ended=None),
        ):
            with self.subTest(wrong):
                found = judge(with_run(wrong))
                self.assertTrue(found["lost"])
        self.check(GOOD._replace(asked=[Asked("c", 0, 10, "R9")]), "lost")

    def test_one_key_in_two_runs_is_served_twice(self) -> None:
        self.check(with_run(THREE._replace(keys={"http:a"})), "twice")
        self.check(GOOD._replace(asked=GOOD.asked + [Asked("a", 0, 16, "R3")]), "twice")

    def test_a_run_that_began_before_it_was_asked_for_serves_nobody(self) -> None:
        self.check(GOOD._replace(asked=[Asked(None, 0, 10.2, "R1")]), "early")
        self.check(GOOD._replace(dropped=[Dropped("x.json", 10.2)]), "early")

    def test_a_repeat_of_a_key_may_come_when_its_run_is_over(self) -> None:
        self.check(GOOD._replace(asked=[Asked("a", 0, 16, "R1"), Asked("a", 0, 9.9, "R1")]))

    def test_three_at_one_time_are_a_crowd(self) -> None:
        self.check(with_run(THREE._replace(accepted=14.9)), "crowded")

    def test_two_under_way_are_a_crowd(self) -> None:
        self.check(with_run(TWO._replace(begun=14.9)), "crowded")

    def test_a_firing_is_served_by_one_right_behind_it_and_not_by_one_before(self) -> None:
        self.check(GOOD._replace(timer=[7.0]))
        self.check(GOOD._replace(timer=[6.0]), "untimely")
        self.check(GOOD._replace(timer=[11.0]), "untimely")

    def test_a_firing_while_the_engine_was_down_is_made_up_for(self) -> None:
        self.check(GOOD._replace(timer=[4.0], outages=[Outage(3.5, 8)]))
        self.check(GOOD._replace(timer=[4.0], outages=[Outage(3.5, 6.5)]), "untimely")

    def test_every_file_is_put_away_once_with_its_result(self) -> None:
        one = GOOD.shelved[0]
        for shelved in (
            [],
            [one, one._replace(id="R2", run="R2")],
            [one._replace(run="", outcome="")],
            [one._replace(run="R2")],
            [one._replace(folder="failed")],
            [one._replace(outcome="failed")],
            [one, Shelved("y.json", "", "", "", "")],
        ):
            with self.subTest(shelved):
                self.assertTrue(judge(GOOD._replace(shelved=shelved))["files"])
        self.check(GOOD._replace(left=["y.json"]), "files")


class DefectsTest(unittest.TestCase):
    def test_a_stack_trace_and_a_run_that_broke_are_defects_and_a_broker_is_none(self) -> None:
        bad = ["\tat dev.rollcall.Main.main(Main.java:1)", "T ERROR R EngineCarrier: run 2026-1 broke"]
        good = ["T INFO R Carrier: ready", "T ERROR R ExecProducer: Prints where the application's broker is."]
        self.assertEqual(bad, defects("\n".join(bad + good)))


class PlanTest(unittest.TestCase):
    def test_it_is_mixed_and_the_same_for_the_same_seed(self) -> None:
        wants = plan(random.Random("1"), 1000, 60)
        self.assertEqual(wants, plan(random.Random("1"), 1000, 60))
        keys = [w.key for w in wants if w.kind == "http" and w.key]
        self.assertEqual({"http", "json", "yaml", "restart"}, {w.kind for w in wants})
        self.assertGreater(len(keys), len(set(keys)))
        self.assertTrue(any(w.kind == "http" and not w.key for w in wants))

    def test_a_repeat_has_the_body_of_the_first(self) -> None:
        bodies = {}
        for want in plan(random.Random("2"), 1000, 60):
            if want.kind == "http" and want.key:
                self.assertEqual(bodies.setdefault(want.key, want.body), want.body)


if __name__ == "__main__":
    unittest.main()
