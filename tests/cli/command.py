"""The program under test, and folders to run it in."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["LIQUIDUS"]
TOP = pathlib.Path(__file__).resolve().parents[2]
CONFIGS = TOP / "configs"
QUICK = str(CONFIGS / "quickstart.yaml")
IDENTITY = str(CONFIGS / "identity.yaml")
WIDTH = 79
SANITIZED = os.environ.get("LQ_SANITIZED") == "1"


def share(cases, every):
    """Of many like cases, each a call: a sanitized program, which takes up to ten times as long,
    is given every n-th of them. With LQ_SLOW, and in the build that users have, all."""
    return cases[::every] if SANITIZED and "LQ_SLOW" not in os.environ else cases


def run(*arguments, folder=None, text=True, **more):
    """Runs the program to its end; output is captured unless `more` says otherwise."""
    more.setdefault("stdout", subprocess.PIPE)
    more.setdefault("stderr", subprocess.PIPE)
    environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "LIQUIDUS_DATA")}
    return subprocess.run([PROGRAM, *map(str, arguments)], cwd=folder, text=text, timeout=500,
                          env=environment, check=False, **more)


class Case(unittest.TestCase):
    """A test in a fresh folder, self.folder."""

    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="liquidus-cli-")
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)

    def files(self):
        """Names of all files below the folder."""
        return sorted(p.relative_to(self.folder).as_posix()
                      for p in self.folder.rglob("*") if p.is_file())

    def assert_case(self, case_id, what, got, want, tol):
        """A figure of a published case; LQ_COMPARISONS as in tests/support/lq_test.h."""
        if "LQ_COMPARISONS" in os.environ:
            line = {"case": case_id, "got": got, "want": want, "tol": tol, "se": 0, "what": what}
            with open(os.environ["LQ_COMPARISONS"], "a", encoding="utf-8") as out:
                out.write(json.dumps(line) + "\n")
        self.assertAlmostEqual(got, want, delta=tol, msg=f"{case_id}: {what}")

    def good(self, *arguments, **more):
        """Standard output of a call that must succeed and say nothing on standard error."""
        done = run(*arguments, folder=self.folder, **more)
        self.assertEqual((done.returncode, done.stderr), (0, ""), arguments)
        return done.stdout

    def refused(self, *arguments, status=2, says=""):
        """A call that must fail with the status, a reason, and nothing on standard output."""
        done = run(*arguments, folder=self.folder)
        self.assertEqual((done.returncode, done.stdout), (status, ""), arguments)
        self.assertIn(says, done.stderr)
        return done.stderr
