#!/usr/bin/env python3
"""The checks can fail: each is shown a small tree with one fault, and one without."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent

TABLE = """
| folder | says | may use |
|---|---|---|
| `base` | the ground | nothing |
| `num` | maths | base |
| `cli` | the command | everything |
"""

GOOD = {
    "ARCHITECTURE.md": TABLE + "\n`src/num/a.c:lq_a`\n",
    "src/base/CMakeLists.txt": "lq_sources(b.c)",
    "src/base/b.c": "int lq_b(void)\n{\n    return 1;\n}\n",
    "src/base/b.h": "int lq_b(void);\n",
    "src/num/CMakeLists.txt": "lq_sources(a.c)",
    "src/num/a.c": '#include "base/b.h"\n#include <stdio.h>\n\nint lq_a(void)\n{\n    return 2;\n}\n',
    "src/cli/CMakeLists.txt": "",
    "tests/base/CMakeLists.txt": "lq_add_test(test_b)",
    "tests/base/test_b.c": "",
    "tests/num/CMakeLists.txt": "lq_add_test(test_a)",
    "tests/num/test_a.c": "",
}

LONG = "int lq_long(void)\n{\n" + "    lq_b();\n" * 60 + "}\n"
# check, file that differs from the good tree, its text, what the check must say
FAULTS = [
    ("layers", "src/base/b.c", '#include "num/a.h"\n', "base may not include num/a.h"),
    ("layers", "src/num/a.c", "#include <hdf5.h>\n", "<hdf5.h> belongs to store"),
    ("layers", "src/tax/t.c", "", "the folder tax is not in the table"),
    ("layers", "ARCHITECTURE.md", TABLE.replace("nothing", "num"), "reach itself"),
    ("layers", "ARCHITECTURE.md", "no table", "no layer table"),
    ("files", "src/base/CMakeLists.txt", "# b.c", "src/base/b.c is not built"),
    ("files", "src/base/c.c", "", "no tests/base/test_c.c"),
    ("files", "tests/num/CMakeLists.txt", "", "tests/num/test_a.c is not run"),
    ("tour", "ARCHITECTURE.md", "`src/num/a.c:lq_gone`", "lq_gone is gone"),
    ("tour", "docs/x.md", "[here](nowhere.md)", "nowhere.md is gone"),
    ("words", "src/num/a.c", "/* TO" + "DO */\n", "src/num/a.c:1: TO" + "DO"),
    ("words", "docs/x.md", "not yet " + "implemented", "docs/x.md:1: not yet " + "implemented"),
    ("size", "src/num/a.c", LONG, "lq_long has 63 lines"),
    ("size", "src/num/a.c", "int lq_many(int a, int b, int c,\n            int d, int e, int f, int g)\n"
     "{\n    return 0;\n}\n", "lq_many takes 7 parameters"),
    ("size", "src/num/a.c", "int a;\n" * 401, "401 lines, at most 400"),
]


def run(check, tree):
    """Exit status and output of a check on a tree of {name: text}."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in tree.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        done = subprocess.run([sys.executable, HERE / f"check_{check}.py", folder], text=True,
                              capture_output=True)
    return done.returncode, done.stdout + done.stderr


class Checks(unittest.TestCase):
    def test_a_good_tree_passes(self):
        for check in ("layers", "files", "tour", "words", "size"):
            with self.subTest(check):
                status, said = run(check, GOOD)
                self.assertEqual(status, 0, said)

    def test_each_fault_is_found_and_named(self):
        for check, name, text, expected in FAULTS:
            with self.subTest(check=check, expected=expected):
                status, said = run(check, {**GOOD, name: text})
                self.assertEqual(status, 1, said)
                self.assertIn(expected, said)


if __name__ == "__main__":
    unittest.main()
