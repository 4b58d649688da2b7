"""bench: named figures."""
import json
import unittest

from command import Case, run


class Bench(Case):
    def test_json_names(self):
        done = run("bench", "--quick", "--json", folder=self.folder)
        if done.returncode == 4:
            self.skipTest(done.stderr)  # a processor without what the kernels need
        self.assertEqual(done.returncode, 0, done.stderr)
        figures = json.loads(done.stdout)
        for workload in ("W0", "W1"):
            for name in ("ns_per_path", "reference_ns", "ratio"):
                self.assertGreater(figures[workload][name], 0)
        for workload in ("W0", "W1", "W2"):
            self.assertGreater(figures[workload]["two_thread_speedup"], 0)
            self.assertGreater(figures[workload]["stages_ns"]["tallies"], 0)
        self.assertGreater(figures["W2"]["study_seconds"], 0)
        self.assertGreater(figures["W1"]["start_seconds"], 0)


if __name__ == "__main__":
    unittest.main()
