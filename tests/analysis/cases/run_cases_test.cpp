#include "analysis/cases/run_cases.hpp"

#include <cmath>
#include <filesystem>

#include <doctest/doctest.h>

#include "sim/catalogue/catalogue.hpp"
#include "sim/input/text_file.hpp"
#include "sim/scenario/case_files.hpp"
#include "support/places.hpp"

namespace chokepoint::analysis {
namespace {

std::vector<CaseStudy> done(std::size_t workers) {
  auto studies = shipped_cases();
  run_cases(studies, workers, [](double share) { CHECK(share <= 1.0); });
  return studies;
}

/// The figure `key` of the scenario `name`.
double computed(const std::vector<CaseStudy>& studies, const std::string& name, const std::string& key) {
  for (const CaseStudy& study : studies)
    for (const CaseScenario& one : study.scenarios)
      for (const CaseFigure& figure : one.figures)
        if (one.scenario.name == name && figure.printed.figure == key && figure.computed)
          return std::visit(
              [](const auto& value) {
                if constexpr (std::is_arithmetic_v<std::decay_t<decltype(value)>>) return static_cast<double>(value);
                return std::nan("");
              },
              figure.computed->value);
  FAIL(name, " has no figure ", key);
  return std::nan("");
}

double server_w(const char* server, models::PowerState state) {
  return sim::catalogue().servers.at(server).value.power.server_w(state);
}

// Sums of whole ten-thousandths of money, read back as doubles.
constexpr double exact = 1e-12;

}  // namespace

TEST_CASE("cases give what their numbers give by hand") {
  struct Expected {
    const char* scenario;
    const char* figure;
    double value;
  };
  const auto studies = done(2);
  for (const auto& [scenario, figure, value] : std::vector<Expected>{
           // 64,000 kW x 8,760 h x .45 CNY/kWh.
           {"yangquan-bill", "electricity_cost", 252'288'000.0},
           {"yangquan-bill", "mean_power_mw", 64.0},
           // Energy by period and 64,000 kW of demand in each month at the prices of the grid company's notice.
           {"yangquan-bill-two-part", "electricity_cost", 379'199'043.84},
           // 3,750 servers of 199,000 USD and 6.5 kW, 24 h at .08 USD/kWh.
           {"chatgpt-fleet", "servers", 3750},
           {"chatgpt-fleet", "capital_cost", 746'250'000.0},
           {"chatgpt-fleet", "electricity_cost_per_day", 46'800.0},
           // 25e6 x 10 x 30 x .35 s are 30,382 GPUs for a day, in 3,798 servers of 200,000 USD.
           {"chatgpt-fleet-brokerage", "gpu_hours", 30'382 * 24.0},
           {"chatgpt-fleet-brokerage", "capital_cost", 759'600'000.0},
           {"chatgpt-fleet-brokerage", "electricity_cost_per_day", 47'399.04},
           {"chatgpt-fleet-brokerage", "electricity_price_per_kwh", 0.08},
           // The same from its visits on.
           {"chatgpt-fleet-visitors", "requests", 250e6},
           {"chatgpt-fleet-visitors", "service_gpus_asked_mean", 30'382},
           {"chatgpt-fleet-visitors", "gpu_hours", 30'382 * 24.0},
           {"chatgpt-fleet-visitors", "requests_unserved_share", 0.0},
           // 15,798.6 GPUs on average are 1,692.7 a unit of weight: 14 of them at the peak, 224 over the day, each hour
           // in whole GPUs.
           {"chatgpt-fleet-visitors-curve", "service_gpus_asked_peak", 23'698},
           {"chatgpt-fleet-visitors-curve", "gpu_hours", 379'178},
           {"chatgpt-fleet-visitors-curve", "requests_unserved_share", 0.0},
           {"chatgpt-fleet-measured", "mean_power_mw",
            3750 * 1.56 * server_w("dgx-a100-40gb", models::PowerState::computing) / 1e6},
           // 275 TFLOP/s a TPU v4, 362 a D1.
           {"tpu-dojo", "peak_compute_pflop_per_s", 4096 * 0.275},
           {"tpu-dojo-d1", "peak_compute_pflop_per_s", 3000 * 0.362}}) {
    CAPTURE(scenario);
    CAPTURE(figure);
    CHECK(computed(studies, scenario, figure) == doctest::Approx(value).epsilon(exact));
  }
  // 378.5 W a chip as PaLM measured it, PUE 1.10; the catalogue rounds its rating to 2.2 kW a host.
  CHECK(computed(studies, "tpu-dojo", "mean_power_mw") == doctest::Approx(4096 * 378.5e-6 * 1.10).epsilon(2e-3));
}

TEST_CASE("a site of 40 MW runs as many servers as its idle ones leave power for") {
  const auto studies = done(2);
  const double idle_w = server_w("hgx-h800", models::PowerState::idle);
  const double busy_w = server_w("hgx-h800", models::PowerState::computing);
  const double running = std::floor((40e6 / 1.25 - 7000 * idle_w) / (busy_w - idle_w));
  const auto without_work = [&](const char* scenario) {
    return computed(studies, scenario, "gpus_not_computing_mean");
  };
  CHECK(without_work("shortage-power") == doctest::Approx(0.0));
  CHECK(without_work("shortage-power-capped") == doctest::Approx(8 * (7000 - running)).epsilon(1e-9));
  CHECK(computed(studies, "shortage-power-capped", "peak_power_mw") <= 40.0);
  // 62 days of 365; a suspended server holds its job at more power than an idle one, so that fewer run than under a
  // cap.
  CHECK(without_work("shortage-power-curtailed") > 8 * (7000 - running) * 62.0 / 365.0);
  CHECK(without_work("shortage-power-curtailed") < 56'000 * 62.0 / 365.0);
}

TEST_CASE("cases of training give what is known of them from elsewhere") {
  const auto studies = done(2);
  // 10,000 cards of 100,000 CNY.
  CHECK(computed(studies, "gpt3-hardware-cost", "capital_cost") == doctest::Approx(1e9).epsilon(exact));
  // Patterson et al., arXiv:2104.10350.
  CHECK(computed(studies, "gpt3-energy", "energy_mwh") == doctest::Approx(1287.0).epsilon(0.10));
  // arXiv:2503.05804, not fitted.
  CHECK(computed(studies, "olmo2-energy", "energy_mwh") == doctest::Approx(131.0).epsilon(0.15));
  CHECK(computed(studies, "olmo2-energy-13b", "energy_mwh") == doctest::Approx(257.0).epsilon(0.15));
  // The press: 6,000 of 10,000.
  CHECK(computed(studies, "gpt3-training", "training_mfu") == doctest::Approx(0.6).epsilon(0.10));
  CHECK(computed(studies, "gpt3-training", "training_gpus_at_peak") ==
        doctest::Approx(1024 * computed(studies, "gpt3-training", "training_mfu")));
  CHECK(computed(studies, "gpt3-training-10000", "training_mfu") <
        computed(studies, "gpt3-training-batch", "training_mfu"));
  // 8 x 192 GB, 2.4 times 8 x 80 GB; 5.3 and 3.35 TB/s.
  CHECK(computed(studies, "mi300x", "gpu_memory_tb") == doctest::Approx(2.4 * 0.64));
  CHECK(computed(studies, "mi300x", "gpu_memory_tb_per_s") == doctest::Approx(1.6 * 8 * 3.35).epsilon(0.02));
  // 1,000 GPUs at the start, integrals of tenfold and of doubling in two years; jobs come by chance.
  CHECK(computed(studies, "compute-doubling", "gpu_hours") ==
        doctest::Approx(8.76e6 * 9 / std::log(10.0)).epsilon(0.03));
  CHECK(computed(studies, "compute-doubling-moore", "gpu_hours") ==
        doctest::Approx(8.76e6 * 0.414 / std::log(1.414)).epsilon(0.03));
}

TEST_CASE("a case has a source and a first scenario of its own name and its runs have all its figures") {
  for (const CaseStudy& study : done(2)) {
    CHECK(study.scenarios.front().scenario.name == study.id);
    for (const CaseScenario& one : study.scenarios) {
      CAPTURE(one.file);
      CHECK(std::filesystem::path(one.file).stem() == one.scenario.name);
      CHECK_FALSE(one.scenario.printed_case->source.empty());
      for (const CaseFigure& figure : one.figures) {
        CAPTURE(figure.printed.figure);
        CHECK(figure.computed.has_value());
        CHECK(figure.printed.value.has_value() == (figure.printed.printed != "-"));
        CHECK(figure.ratio().has_value() == figure.printed.value.has_value());
      }
    }
  }
}

TEST_CASE("cases give the same figures for any number of workers") {
  const auto one = done(1);
  const auto three = done(3);
  REQUIRE(one.size() == three.size());
  for (std::size_t i = 0; i < one.size(); ++i)
    for (std::size_t k = 0; k < one[i].scenarios.size(); ++k)
      for (std::size_t f = 0; f < one[i].scenarios[k].figures.size(); ++f)
        CHECK(one[i].scenarios[k].figures[f].computed == three[i].scenarios[k].figures[f].computed);
}

TEST_CASE("the scenarios in the program are those of the repository") {
  CHECK(sim::case_files().size() > sim::case_scenario_names().size());
  for (const sim::EmbeddedFile& file : sim::case_files()) {
    CAPTURE(file.name);
    const auto path = std::filesystem::path(CHOKEPOINT_SOURCE_DIR) / "scenarios" / (std::string(file.name) + ".json");
    CHECK(sim::read_file(path) == file.text);
  }
  for (const auto& entry : std::filesystem::directory_iterator(CHOKEPOINT_SOURCE_DIR "/scenarios/cases")) {
    const auto names = sim::case_scenario_names();
    CHECK(std::ranges::find(names, "cases/" + entry.path().stem().string()) != names.end());
  }
}

TEST_CASE("a name that is no case is answered with the near one") {
  try {
    (void)shipped_cases("chatgpt-flet");
    FAIL("no fault");
  } catch (const sim::InputError& error) {
    CHECK(error.faults().front().hint == "did you mean \"chatgpt-fleet\"?");
  }
  CHECK(shipped_cases("tpu-dojo").size() == 1);
}

}  // namespace chokepoint::analysis
