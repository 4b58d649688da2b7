"""Ctrl-C: the first keeps what is done, the second ends at once."""
import signal
import subprocess
import time
import unittest

from command import Case, CONFIGS, IDENTITY, PROGRAM

LONG = ("run", str(CONFIGS / "mechanisms/hold.yaml"), "--paths", "1e10", "--no-turning")


class Interrupt(Case):
    def begin(self, *more):
        process = subprocess.Popen([PROGRAM, *LONG, "-o", "a.h5", *more], cwd=self.folder, text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(process.kill)
        self.wait_for(self.folder / "a.h5.writing")
        time.sleep(1.0)
        return process

    def wait_for(self, path):
        for _ in range(200):
            if path.exists():
                return
            time.sleep(0.05)
        self.fail(f"{path} never came")

    def test_what_is_done_is_kept_and_the_old_file_too(self):
        self.good("run", IDENTITY, "--paths", "4096", "-q", "-o", "a.h5")
        before = (self.folder / "a.h5").read_bytes()
        for number in (signal.SIGINT, signal.SIGTERM):
            process = self.begin()
            process.send_signal(number)
            out, err = process.communicate(timeout=100)
            self.assertEqual((process.returncode, out), (130, ""))
            self.assertEqual((self.folder / "a.h5").read_bytes(), before)
            self.assertEqual(len(self.files()), 2, self.files())
            partial = next(n for n in self.files() if n.endswith(".partial.h5"))
            self.assertIn(partial, err)
            self.assertIn("INCOMPLETE", self.good("show", partial))

    def test_a_second_one_ends_at_once(self):
        process = self.begin()
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGTERM)
        begun = time.monotonic()
        process.communicate(timeout=100)
        self.assertEqual(process.returncode, 130)
        self.assertLess(time.monotonic() - begun, 5.0)
        self.assertNotIn("a.h5", self.files())


if __name__ == "__main__":
    unittest.main()
