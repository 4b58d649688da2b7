#!/usr/bin/env python3
"""The small results in results/reference come out again, to the last digit.

LQ_RENEW=1 writes them anew: read the difference before committing it.
"""
import json
import os
import pathlib
import tempfile
import unittest

import command

ROOT = pathlib.Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "results" / "reference"
CONFIGS = ["quickstart", "levers", "identity", "mechanisms/fx-paris",
           "mechanisms/tender-only-unicorn"]


def derive(name, folder):
    """What `run --json` says of a config at 4,096 paths, without what is of this run alone."""
    done = command.run("run", ROOT / "configs" / f"{name}.yaml", "--paths", "4096", "--no-turning",
                       "--json", "-o", pathlib.Path(folder) / "out.h5")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    for volatile in ("timing", "version"):
        found.pop(volatile, None)
    return found


class Reference(unittest.TestCase):
    """One file per config."""

    def test_results_come_out_again(self):
        for name in CONFIGS:
            kept = REFERENCE / f"{name.split('/')[-1]}.json"
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                found = derive(name, folder)
                if os.environ.get("LQ_RENEW"):
                    kept.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n")
                self.assertEqual(found, json.loads(kept.read_text()))


if __name__ == "__main__":
    unittest.main()
