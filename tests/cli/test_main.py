"""The program as such: its start, its version, its standard output."""
import os
import subprocess
import unittest
import unittest.mock

from command import Case, IDENTITY, PROGRAM, run


class Main(Case):
    def test_bare_call_tells_how_to_begin_in_five_lines(self):
        text = self.good()
        self.assertEqual(len(text.splitlines()), 5)
        self.assertIn("liquidus init", text)

    def test_version(self):
        self.assertRegex(self.good("--version"), r"^liquidus \d+\.\d+\.\d+( \([0-9a-f]+(-dirty)?\))?\n$")

    def test_help_options(self):
        self.assertEqual(self.good("--help"), self.good("help"))
        self.assertEqual(self.good("-h"), self.good("help"))

    def test_unknown_commands_get_a_suggestion(self):
        self.refused("chek", "a.yaml", says="did you mean check?")
        self.refused("qwertyuiop", says="unknown command qwertyuiop")
        self.refused("--verbose", says="unknown command")

    def test_a_full_disk_is_an_error(self):
        for arguments in (["sources"], ["schema"], ["help"], ["--version"]):
            with open("/dev/full", "w", encoding="utf-8") as full:
                done = run(*arguments, stdout=full)
            self.assertEqual(done.returncode, 3, arguments)
            self.assertRegex(done.stderr, "No space left|can be written")

    def test_an_instruction_set_that_is_not_there_is_refused_by_name(self):
        for wish, found in (("v5", "v5"), ("V4", "V4")):
            with unittest.mock.patch.dict(os.environ, LIQUIDUS_ISA=wish):
                done = run("run", IDENTITY, "--paths", 100, folder=self.folder)
            self.assertEqual((done.returncode, done.stdout, done.stderr), (3, "",
                f"LIQUIDUS_ISA: expected v3 or v4, or not set, got {found}\n"))
            self.assertEqual(self.files(), [])
        with unittest.mock.patch.dict(os.environ, LIQUIDUS_ISA=""): # as if it were not set
            self.good("run", IDENTITY, "--paths", 100, "-o", "a.h5")

    def test_a_reader_that_leaves_is_no_error(self):
        for command in ("sources", "schema", "schema --markdown"):
            line = f"set -o pipefail; '{PROGRAM}' {command} | head -n 1 >/dev/null"
            done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
            self.assertEqual((done.returncode, done.stderr), (0, ""), command)


if __name__ == "__main__":
    unittest.main()
