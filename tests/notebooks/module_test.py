"""notebooks/chokepoint.py: what it hands back, and how it says what the program refuses.

    module_test.py SOURCE_FOLDER
"""

import pathlib
import sys
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


class Guess(unittest.TestCase):
    def test_a_guess_stands_beside_the_answer(self):
        self.assertEqual(chokepoint.against(200, 250, "MWh"), "You guessed 200 MWh; it is 250 MWh, 25% more.")
        self.assertEqual(chokepoint.against(200, 150, "MWh"), "You guessed 200 MWh; it is 150 MWh, 25% less.")
        self.assertTrue(chokepoint.against(None, 250, "MWh").startswith("250 MWh. You made no guess"))


if __name__ == "__main__":
    unittest.main()
