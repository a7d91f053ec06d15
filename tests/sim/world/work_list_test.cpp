#include <doctest/doctest.h>

#include "sim/world/simulate.hpp"
#include "support/in_child.hpp"
#include "support/scenario_text.hpp"

namespace chokepoint::sim {
namespace {

using tests::scenario_with;

constexpr const char* duration = R"("duration": "2 d", )";

std::string work(const std::string& name, const std::string& interval) {
  return R"({"kind": "synthetic", "mean_interval": ")" + interval + R"(", "median_duration": "10 min", "jobs": 60)" +
         (name.empty() ? "" : R"(, "name": ")" + name + '"') + "}";
}

const TextColumn* text_column(const Table& table, const std::string& name) {
  for (const Column& column : table.columns)
    if (column.name == name) return &std::get<TextColumn>(column.values);
  return nullptr;
}

/// Submission and end of the jobs of one work (all, without a name), in the order of the table.
std::vector<double> jobs_of(const std::string& workload, const std::string& name, std::uint64_t seed) {
  return tests::in_child([&] {
    const Record record = simulate(scenario_with(workload, duration), {.seed = seed, .keep_details = true}, {});
    std::vector<double> times;
    for (const Table& table : record.tables) {
      if (table.name != "jobs") continue;
      const TextColumn* works = text_column(table, "work");
      for (std::size_t row = 0; row < table.rows(); ++row) {
        if (!name.empty() && (works == nullptr || (*works)[row] != name)) continue;
        for (const std::size_t column : {1, 3})
          times.push_back(std::get<std::vector<double>>(table.columns[column].values)[row]);
      }
    }
    return times;
  });
}

}  // namespace

TEST_CASE("a work that joins a list moves no draws of the others") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    const std::string first = work("", "20 min");
    const std::string night = work("night", "30 min");
    const std::vector<double> alone = jobs_of(first, "", seed);
    REQUIRE(alone.size() == 120);
    const std::string both = "[" + first + ", " + night + "]";
    CHECK(jobs_of(both, "0", seed) == alone);
    const std::vector<double> at_night = jobs_of(both, "night", seed);
    REQUIRE(at_night.size() == 120);
    CHECK(at_night != alone);
    // A name keeps its draws wherever it stands.
    CHECK(jobs_of("[" + work("", "7 min") + ", " + work("", "9 min") + ", " + night + "]", "night", seed) == at_night);
    // Equal works beside each other draw apart.
    CHECK(jobs_of("[" + first + ", " + first + "]", "1", seed) != alone);
  }
}

TEST_CASE("the table of jobs names works only where there are several or they have names") {
  const auto has_column = [](const std::string& workload) {
    return tests::in_child([&] {
             const Record record = simulate(scenario_with(workload, duration), {.keep_details = true}, {});
             return std::vector<double>{text_column(record.tables.back(), "work") != nullptr ? 1.0 : 0.0};
           }) == std::vector<double>{1.0};
  };
  CHECK_FALSE(has_column(work("", "20 min")));
  CHECK_FALSE(has_column("[" + work("", "20 min") + "]"));
  CHECK(has_column(work("day", "20 min")));
  CHECK(has_column("[" + work("", "20 min") + R"(, {"kind": "constant", "gpus": 8}])"));
}

TEST_CASE("a standing demand beside jobs takes its GPUs and is not counted as jobs") {
  const auto figures = tests::in_child([] {
    const std::string workload = "[" + work("jobs", "20 min") + R"(, {"kind": "constant", "gpus": 80}])";
    const Record record = simulate(scenario_with(workload, duration), {.keep_details = true}, {});
    std::vector<double> values;
    for (const Figure& figure : record.figures) {
      if (figure.key == "jobs") values.push_back(static_cast<double>(std::get<std::int64_t>(figure.value)));
      if (figure.key == "gpu_hours") values.push_back(std::get<double>(figure.value));
    }
    values.push_back(static_cast<double>(record.tables.back().rows()));
    return values;
  });
  REQUIRE(figures.size() == 3);
  CHECK(figures[0] == 60.0);
  CHECK(figures[1] > 80.0 * 48.0);
  CHECK(figures[2] == 60.0);
}

}  // namespace chokepoint::sim
