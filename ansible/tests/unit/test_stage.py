"""The tests leave no process behind, not even one that fails half way."""
import subprocess
import sys
import unittest

from stage import FAKE, Stage


class StageTest(unittest.TestCase):
    def test_an_engine_that_would_hang_for_ever_ends_with_its_test(self):
        stage = HalfWay()
        result = stage.run()
        self.addCleanup(stage.begun.wait)
        self.assertEqual([len(result.failures), len(result.errors)], [1, 0], result.errors)
        self.assertTrue(stage.seen)
        self.assertFalse(stage.is_fake(stage.begun.pid))


class HalfWay(Stage):
    """Begins an engine that hangs, and fails; found by nobody, for it has no name that begins with test."""

    def runTest(self):
        self.behave("restart", {"until": self.path("never")})
        self.begun = subprocess.Popen([sys.executable, "-B", FAKE, "restart"], stdin=subprocess.DEVNULL)
        self.until(lambda: self.calls("restart"), "it hangs")
        self.seen = self.is_fake(self.begun.pid)
        self.fail("half way")


def load_tests(loader, tests, pattern):
    return loader.loadTestsFromTestCase(StageTest)
