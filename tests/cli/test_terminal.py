"""What only a person at a terminal sees."""
import os
import pty
import subprocess
import unittest

from command import Case, CONFIGS, PROGRAM, SANITIZED

RUN = ("run", str(CONFIGS / "mechanisms/hold.yaml"), "--no-turning", "-o", "a.h5")
# Long enough that progress is shown.
MANY, LONG = ("2e5", "6e5") if SANITIZED else ("1e6", "3e6")


class Terminal(Case):
    def on_terminal(self, *arguments, **environment):
        """All that the program writes when both its outputs are a terminal."""
        try:
            leader, follower = pty.openpty()
        except OSError as error:
            self.skipTest(f"no terminals here: {error}")  # a root without /dev/pts
        known = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
        process = subprocess.Popen([PROGRAM, *arguments], cwd=self.folder, stdin=follower,
                                   stdout=follower, stderr=follower,
                                   env={**known, "TERM": "xterm", **environment})
        os.close(follower)
        text = b""
        while True:
            try:
                chunk = os.read(leader, 65536)
            except OSError:  # the last writer has gone
                break
            if not chunk:
                break
            text += chunk
        os.close(leader)
        self.assertEqual(process.wait(timeout=100), 0)
        return text.decode()

    def test_colour_and_progress(self):
        text = self.on_terminal(*RUN, "--paths", LONG)
        self.assertIn("\033[1m", text)
        self.assertRegex(text, r"\r *\d+ %  [\d.e+]+ M paths/s  \d+ s left")
        self.assertIn("\r\033[KPay earned", text)

    def test_no_colour_where_it_is_not_wanted(self):
        self.assertNotIn("\033[1m", self.on_terminal(*RUN, "--paths", "4096", NO_COLOR="1"))
        self.assertNotIn("\033[1m", self.on_terminal(*RUN, "--paths", "4096", TERM="dumb"))

    def test_quiet_is_silent(self):
        self.assertEqual(self.on_terminal(*RUN, "--paths", MANY, "-q"), "")

    def test_a_pipe_gets_neither(self):
        self.assertNotIn("\033", self.good(*RUN, "--paths", MANY))


if __name__ == "__main__":
    unittest.main()
