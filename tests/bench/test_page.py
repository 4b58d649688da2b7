#!/usr/bin/env python3
"""The page of the benchmark from invented figures: every mark has its block, targets are judged,
what was not measured is said, and a second pass changes nothing."""
import pathlib
import re
import sys
import unittest

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "scripts"))

from benchmarks import growth, page, stories  # noqa: E402


def workload(ns, reference, peers):
    stages = {s: 1.0 for s in page.STAGES}
    speed = {"ns_per_path": ns, "ratio": reference and ns / reference, "two_thread_speedup": 1.95,
             "wall_ns_two_threads": ns / 2, "stages_ns": {**stages, "company": None}}
    return {**speed, "sobol": speed, "reference_ns": reference, "isa": "x86-64-v4",
            "two_thread_speedup_reference": 1.96, "study_seconds": 4.5, "start_seconds": 0.012, "peers": peers}


def figures():
    peers = {"GSL mt19937, polar": {"ns_per_path": 4000.0, "ratio": 50.0, "to_engine": 30.0},
             "QuantLib": {"ns_per_path": None, "ratio": None, "to_engine": None}}
    error = {s: {"se": 5.0, "gain": g} for s, g in (("mean", 3.0), ("q05", 4.0), ("p_beats", 12.0), ("ce", 9.0))}
    return {"machine": {"processor": "P", "processors": 2, "memory_gb": 8.0, "system": "S",
                        "compiler": "gcc 12", "program": "liquidus 1", "load_before": 0.1},
            "date": "2027-01-01", "process_ms": 3.0, "small_run_ms": 60.0,
            "bench": {"W0": workload(60.0, 40.0, peers), "W1": workload(200.0, 80.0, peers),
                      "W2": workload(2000.0, None, {}),
                      "errors": {"W1": {"paths": 4, "random": {"ns_per_path": 9.0, **error},
                                        "sobol": {"ns_per_path": 9.0, **error}}}}}


GROWN = {"paths": [{"x": 10.0**k, "wall_s": 10.0**(k - 7), "cpu_s": 10.0**(k - 7), "peak_mb": 30.0,
                    "threads": 2.0} for k in range(4, 10)]}


class Page(unittest.TestCase):
    def setUp(self):
        self.text = (TOP / "docs/benchmarks.md").read_text()

    def test_every_mark_has_its_block(self):
        marks = re.findall(r"<!-- figures: (\w+) -->", self.text)
        self.assertEqual(sorted(marks), sorted(page.BLOCKS))
        self.assertEqual(self.text.count("<!-- end -->"), len(marks))

    def test_a_second_pass_changes_nothing(self):
        once = page.renew(self.text, figures(), GROWN)
        self.assertIn("invented", once.replace("P, 2 processors", "invented"))
        self.assertEqual(page.renew(once, figures(), GROWN), once)

    def test_targets_are_judged(self):
        rows = page.targets(figures(), GROWN).splitlines()
        for start, want in (("W0, one core", "**1.50x** met"), ("W1 likewise", "**2.50x** missed"),
                            ("W1 against GSL", "**30.0x** met"),
                            ("W1 against QuantLib", page.ABSENT), ("W2", "**1.00 s** stretch"),
                            ("same standard", "**1/12.0** met (sobol)"),
                            ("memory", "**30 MB at 10^9 paths** stretch"), ("cost", "met"),
                            ("start", "**15 ms** stretch")):
            row = next(r for r in rows if r.startswith(f"| {start}"))
            self.assertIn(want, row)

    def test_a_bent_cost_is_missed(self):
        bent = {"paths": [{**row, "cpu_s": row["cpu_s"] ** 1.2} for row in GROWN["paths"]]}
        self.assertIn("missed", page.linear_row(bent["paths"]))

    def test_without_growth_it_says_so(self):
        once = page.renew(self.text, figures(), {})
        self.assertIn("Not measured yet", once)
        self.assertEqual(page.memory_row([]), page.ABSENT)
        self.assertEqual(page.memory_row(GROWN["paths"][:-1]), "**30 MB at 10^8 paths**, 10^9 not run")
        self.assertIn("so far", page.linear_row(GROWN["paths"][:-1]))

    def test_every_config_tells_what_its_exits_are_expanded_into(self):
        way = {"off_ns": 1000.0, "on_ns": 3000.0, "gain": {"mean": 0.5, "ce": 2.0}, "z": {"mean": -1.25, "ce": 0.5}}
        rows = {name: {"expanded": exits, "random": way, "sobol": way} for name, exits in (
            ("w1", "private: all 13 outcomes on every path"),
            ("deal", "a: one on every path (an announced deal is open)"),
            ("both", "a: one on every path (an announced deal is open); b: 8 on every path, evenly spread (x)"),
            ("listed", None))}
        found = {"stories": {"stories": rows, "reductions": {"w1": {"plain": {"ns": 9.0, **way}}}}}
        table = page.stories(found, {})
        self.assertIn("| w1 | all 13 outcomes | 1,000 | 3,000 | 0.5, -, -, 2.0 | 0.5, -, -, 2.0 |  | 1.25 |", table)
        self.assertIn("| deal | one: an announced deal is open |  |", table)
        self.assertIn("| both | one: an announced deal is open and 8 | 1,000 |", table)
        self.assertTrue(table.endswith("nothing to expand: `listed`."))
        self.assertIn("| w1 | plain | 9.0 | 0.5, -, -, 2.0 | 1.25 |", page.reductions(found, {}))
        self.assertIn("Not measured", page.stories({}, {}) and page.reductions({}, {}))

    def test_the_functions_of_a_path_stand_side_by_side(self):
        rows = [{"workload": w, "function": f, "instructions": n} for w, f, n in (
            ("W0", "all of it", "200.0"), ("W0", "lq_fill", "50.0"), ("W1", "all of it", "400.0"))]
        table = page.profile({"profile": rows}, {}).splitlines()
        self.assertEqual(table[2], "| all of it | 200 | 100 % | all of it | 400 | 100 % |")
        self.assertEqual(table[3], "| `lq_fill` | 50 | 25 % |  |  |  |")
        self.assertIn("Not counted", page.profile({}, {}))

    def test_a_gain_is_squared_error_times_time(self):
        plain = {"ns_per_path": 100.0, "se": {"mean": 4.0}, "value": {"mean": 10.0}, "seeds": 1}
        other = {"ns_per_path": 200.0, "se": {"mean": 3.0}, "value": {"mean": 15.0}, "seeds": 1}
        self.assertAlmostEqual(stories.gains(plain, other)["mean"], 16 / 9 / 2)
        self.assertAlmostEqual(stories.scores(plain, other)["mean"], 1.0)

    def test_configs_of_the_growth_are_what_they_say(self):
        self.assertEqual(growth.with_offers(5).count("  - id: "), 5)
        self.assertEqual(growth.with_offers(1).count("  - id: "), 1)
        self.assertIn("over: 96mo, every: 1mo, cliff: 12mo", growth.with_months(96))
        self.assertNotIn("cliff", growth.with_months(12))


if __name__ == "__main__":
    unittest.main()
