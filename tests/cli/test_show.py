"""show: what run printed, from the file."""
import json
import unittest

from command import Case, IDENTITY, QUICK, run

SMALL = ("--paths", "4096", "--no-turning")


class Show(Case):
    def test_it_prints_what_run_printed(self):
        ran = self.good("run", QUICK, *SMALL, "-o", "a.h5")
        shown = self.good("show", "a.h5")
        self.assertIn("WORTH TO YOU", shown)
        # run knows the names of its files; the file does not
        self.assertEqual(ran.split("\nNote: ")[0], shown.split("\nNote: ")[0])
        words, again = (" ".join(t.split()).split(" All: ") for t in (ran, shown))
        self.assertEqual(words[0].replace("more: check)", "more: --json)"), again[0])
        self.assertTrue(words[1].startswith("liquidus check /"), words)
        self.assertTrue(again[1].startswith("liquidus show a.h5 --json "), again)
        self.assertNotIn("check", shown)

    def test_json_is_the_same(self):
        ran = json.loads(self.good("run", QUICK, *SMALL, "--json", "-o", "a.h5"))
        self.assertEqual(json.loads(self.good("show", "a.h5", "--json")), ran)

    def test_hash_is_of_the_content(self):
        for name in ("a.h5", "b.h5"):
            self.good("run", IDENTITY, *SMALL, "-q", "-o", name)
        self.good("run", IDENTITY, *SMALL, "-q", "-o", "c.h5", "--seed", "5")
        a, b, c = (self.good("show", n, "--hash") for n in ("a.h5", "b.h5", "c.h5"))
        self.assertRegex(a, r"^[0-9a-f]{64}\n$")
        self.assertEqual(a, b)
        self.assertNotEqual(a, c)
        self.refused("show", "a.h5", "--hash", "--json", says="exclude each other")

    def test_what_is_no_result_is_refused(self):
        (self.folder / "a.txt").write_text("hello")
        self.assertIn("a.txt", self.failed("show", "a.txt"))
        self.assertIn("nowhere.h5", self.failed("show", "nowhere.h5"))
        self.failed("show", ".")

    def test_damage_is_told(self):
        self.good("run", IDENTITY, *SMALL, "-q", "-o", "a.h5")
        path = self.folder / "a.h5"
        data = bytearray(path.read_bytes())
        for at in range(len(data) // 3, len(data) // 3 + 64):
            data[at] ^= 0x5A
        path.write_bytes(data)
        self.failed("show", "a.h5")

    def failed(self, *arguments):
        """Standard error of a call that fails, whatever the kind, without any output."""
        done = run(*arguments, folder=self.folder)
        self.assertIn(done.returncode, (2, 3, 4))
        self.assertEqual(done.stdout, "")
        return done.stderr


if __name__ == "__main__":
    unittest.main()
