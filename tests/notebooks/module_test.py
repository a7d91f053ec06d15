"""notebooks/chokepoint.py: what it hands back, and how it says what the program refuses.

    module_test.py SOURCE_FOLDER
"""

import pathlib
import sys
import tempfile
import unittest

try:
    import pandas  # noqa: F401
except ImportError:
    print("pandas is not installed: skipped")
    sys.exit(0)

sys.path.insert(0, str(pathlib.Path(sys.argv.pop(1)) / "notebooks"))
import chokepoint  # noqa: E402


class Run(unittest.TestCase):
    def test_a_constant_load_costs_energy_times_price(self):
        result = chokepoint.run("yangquan.json", set={"/sites/0/facility_load": "40 MW"})
        self.assertAlmostEqual(result.figures["electricity_cost"], 40e3 * 8760 * 0.45, places=2)
        self.assertEqual(result.figures["currency"], "CNY")
        self.assertAlmostEqual(result.bills["amount_cny"].sum(), result.figures["electricity_cost"], places=2)
        self.assertTrue((result.series["power_w"] == 40e6).all())
        self.assertEqual(str(result.series.index[0]), "2023-01-01 00:00:00")
        self.assertTrue(result.jobs.empty)

    def test_settings_of_any_kind_and_a_seed_reach_the_program(self):
        quiet = {"/fleets/0/spare_nodes": 0, "/fleets/0/failures": None,
                 "/fleets/0/checkpoints": {"interval": "4 h", "gpu_state": "1.3 GB"}}
        first, second = (chokepoint.run("failing-cluster.json", set=quiet, seed=seed) for seed in (3, 4))
        self.assertEqual([first.figures["seed"], second.figures["seed"]], [3, 4])
        self.assertNotEqual(first.figures["energy_mwh"], second.figures["energy_mwh"])
        self.assertGreater(len(first.jobs), 100)

    def test_all_that_the_program_refuses_is_said(self):
        with self.assertRaises(chokepoint.ChokepointError) as refusal:
            chokepoint.run("yangquan.json", set={"/sites/0/pue": 20, "/sites/0/xue": 1})
        for words in ("/sites/0/pue: expected a number, from 1 to 10, found 20", 'did you mean "pue"?'):
            self.assertIn(words, str(refusal.exception))


class Many(unittest.TestCase):
    def test_a_replicate_has_the_figures_of_a_run_and_others_differ(self):
        few = {"/duration": "10 d"}
        drawn = chokepoint.replicates("small-cluster.json", 3, set=few, seed=5)
        self.assertEqual(list(drawn.index), [0, 1, 2])
        single = chokepoint.run("small-cluster.json", set=few, seed=5).figures
        self.assertEqual(drawn["wait_mean_s"][0], single["wait_mean_s"])
        self.assertEqual(drawn["wait_mean_s"].nunique(), 3)

    def test_what_differs_between_scenarios_is_a_row_a_figure(self):
        rows = chokepoint.compare("yangquan.json", "yangquan-hubei.json", replicates=2).set_index("figure")
        cost = rows.loc["electricity_cost"]
        self.assertAlmostEqual(cost["base"], 64e3 * 8760 * 0.45, places=2)
        self.assertAlmostEqual(cost["difference"], cost["other"] - cost["base"], places=2)
        self.assertEqual(cost["unit"], "CNY")

    def test_a_study_is_a_table_of_runs_and_those_that_fail_are_in_it(self):
        study = {
            "name": "too-large", "title": "Jobs that may be larger than the cluster", "scenario": "small-cluster.json",
            "set": {"/duration": "10 d"},
            "parameters": [{"name": "servers", "at": "/fleets/0/nodes", "choices": [64, 16]},
                           {"name": "largest", "at": "/fleets/0/workload/sizes/3/gpus", "choices": [128, 256]}],
            "outcomes": ["wait_mean_s"],
            "design": {"kind": "grid"},
        }
        with tempfile.TemporaryDirectory() as folder:
            out = f"{folder}/out.sqlite"
            runs = chokepoint.sweep(study, out, workers=1)
            self.assertEqual(list(runs["status"]), ["done", "done", "done", "failed"])
            self.assertIn("256 GPUs", runs["message"][3])
            self.assertTrue(runs.equals(chokepoint.runs(out)))
            with self.assertRaises(chokepoint.ChokepointError):
                chokepoint.sweep(study, out)
            again = chokepoint.sweep(study, out, resume=True)
            self.assertTrue(again["wait_mean_s"][:3].equals(runs["wait_mean_s"][:3]))


class Guess(unittest.TestCase):
    def test_a_guess_stands_beside_the_answer(self):
        self.assertEqual(chokepoint.against(200, 250, "MWh"), "You guessed 200 MWh; it is 250 MWh, 25% more.")
        self.assertEqual(chokepoint.against(200, 150, "MWh"), "You guessed 200 MWh; it is 150 MWh, 25% less.")
        self.assertTrue(chokepoint.against(None, 250, "MWh").startswith("250 MWh. You made no guess"))


if __name__ == "__main__":
    unittest.main()
