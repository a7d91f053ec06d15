#include <doctest/doctest.h>

#include "sim/world/simulate.hpp"
#include "support/in_child.hpp"
#include "support/scenario_text.hpp"

namespace chokepoint::sim {
namespace {

std::vector<double> generation_figures(const std::string& servers, const std::vector<std::string>& keys) {
  return tests::in_child([&] {
    const Scenario scenario = tests::scenario_of(
        R"({"name": "a", "start": "2023-01-02", "duration": "1 d", "sites": [{"name": "s"}], "fleets": [{"name": "f", )" +
        servers + R"(, "workload": {"kind": "constant", "gpus": 16}}]})");
    const Record record = simulate(scenario, {}, {});
    std::vector<double> values;
    for (const std::string& key : keys)
      for (const Figure& figure : record.figures)
        if (figure.key == key) {
          const auto* whole = std::get_if<std::int64_t>(&figure.value);
          values.push_back(whole != nullptr ? static_cast<double>(*whole) : std::get<double>(figure.value));
        }
    return values;
  });
}

}  // namespace

TEST_CASE("figures of a fleet of two generations are the sums over them") {
  const std::vector<std::string> keys{"servers", "gpus", "peak_compute_pflop_per_s", "capital_cost", "gpu_hours"};
  const auto mixed = generation_figures(
      R"("servers": [{"server": "dgx-a100-80gb", "nodes": 3, "server_price": "100000 USD"},
                     {"server": "dgx-h100", "nodes": 2, "server_price": "300000 USD"}])",
      keys);
  REQUIRE(mixed.size() == keys.size());
  CHECK(mixed[0] == 5.0);
  CHECK(mixed[1] == 40.0);
  // Dense bf16 of the data sheets: 24 A100 of 312 and 16 H100 of 989.4 TFLOP/s.
  CHECK(mixed[2] == doctest::Approx((24 * 312.0 + 16 * 989.4) / 1e3).epsilon(1e-9));
  CHECK(mixed[3] == 900000.0);
  CHECK(mixed[4] == doctest::Approx(16.0 * 24.0));
}

TEST_CASE("standing work goes to the generation that is preferred") {
  const auto energy = [](const std::string& prefer) {
    return generation_figures(
        R"("servers": [{"server": "dgx-a100-80gb", "nodes": 3}, {"server": "dgx-h100", "nodes": 2}], "prefer": ")" +
            prefer + '"',
        {"job_energy_mwh"})[0];
  };
  const double on_h100 = generation_figures(R"("server": "dgx-h100", "nodes": 2)", {"job_energy_mwh"})[0];
  const double on_a100 = generation_figures(R"("server": "dgx-a100-80gb", "nodes": 3)", {"job_energy_mwh"})[0];
  CHECK(energy("fastest") == doctest::Approx(on_h100).epsilon(1e-12));
  CHECK(energy("listed") == doctest::Approx(on_a100).epsilon(1e-12));
  // 1.76 times the power for 2.9 times the work.
  CHECK(energy("frugal") == doctest::Approx(on_h100).epsilon(1e-12));
}

TEST_CASE("a cap above the mean draw of a GPU changes nothing and one below saves power") {
  const auto energy = [](const std::string& cap) {
    return generation_figures(R"("server": "dgx-a100-80gb", "nodes": 2)" + cap, {"job_energy_mwh"})[0];
  };
  CHECK(energy(R"(, "gpu_power_cap": "400 W")") == energy(""));
  CHECK(energy(R"(, "gpu_power_cap": "200 W")") < energy(""));
}

}  // namespace chokepoint::sim
