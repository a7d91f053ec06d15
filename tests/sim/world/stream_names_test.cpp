#include "sim/world/stream_names.hpp"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <unistd.h>

#include <doctest/doctest.h>

#include "sim/world/simulate.hpp"
#include "support/in_child.hpp"
#include "support/scenario_text.hpp"

namespace chokepoint::sim {
namespace {

std::string synthetic(const std::string& name, const std::string& interval = "20 min") {
  return R"({"kind": "synthetic", "mean_interval": ")" + interval + R"(", "median_duration": "40 min", "log_sd": 0.5)" +
         (name.empty() ? "" : R"(, "name": ")" + name + '"') + "}";
}

/// A fleet that has room for all jobs at any time, so that their rows hold their draws and nothing else.
std::string fleet(const std::string& name, const std::string& workload) {
  return R"({"name": ")" + name + R"(", "server": "dgx-a100-80gb", "nodes": 200, "workload": )" + workload + "}";
}

std::string two_days(const std::string& fleets) {
  return R"({"name": "a", "start": "2023-01-02", "duration": "2 d", "sites": [{"name": "s"}], "fleets": [)" + fleets +
         "]}";
}

/// The numbers of the rows of the table of jobs whose text column `column` holds `value`.
std::vector<double> rows_of(const std::string& scenario, const std::string& column, const std::string& value) {
  return tests::in_child([&] {
    const Record record = simulate(tests::scenario_of(scenario), {.seed = 3, .keep_details = true}, {});
    const Table& jobs = *record.find_table("jobs");
    std::vector<double> numbers;
    for (const Column& names : jobs.columns) {
      if (names.name != column) continue;
      for (std::size_t row = 0; row < jobs.rows(); ++row) {
        if (std::get<TextColumn>(names.values)[row] != value) continue;
        for (const Column& cell : jobs.columns) {
          // A job that is not done has no end.
          if (const auto* reals = std::get_if<std::vector<double>>(&cell.values))
            numbers.push_back(std::isnan((*reals)[row]) ? -1.0 : (*reals)[row]);
          if (const auto* whole = std::get_if<std::vector<std::int64_t>>(&cell.values))
            numbers.push_back(static_cast<double>((*whole)[row]));
        }
      }
    }
    // Jobs that still run have no end.
    for (double& number : numbers)
      if (std::isnan(number)) number = -1.0;
    return numbers;
  });
}

}  // namespace

TEST_CASE("a work that joins anywhere in a list moves no row of the jobs of others") {
  const std::string old = synthetic("old");
  const std::string unnamed = synthetic("");
  const std::string both = old + ", " + unnamed;
  const auto named_rows = rows_of(two_days(fleet("f", "[" + both + "]")), "work", "old");
  const auto unnamed_rows = rows_of(two_days(fleet("f", "[" + both + "]")), "work", "1");
  REQUIRE(named_rows.size() > 500);
  REQUIRE(unnamed_rows.size() > 500);
  CHECK(named_rows != unnamed_rows);
  struct Joined {
    std::string list;
    std::string place_of_unnamed;
  };
  for (const auto& [list, place] :
       {Joined{synthetic("new", "7 min") + ", " + both, "2"},
        Joined{old + ", " + synthetic("new", "7 min") + ", " + unnamed, "2"},
        Joined{both + ", " + synthetic("new", "7 min"), "1"}, Joined{both + ", " + synthetic("", "7 min"), "1"},
        Joined{R"({"kind": "constant", "gpus": 80}, )" + both, "2"}}) {
    CAPTURE(list);
    CHECK(rows_of(two_days(fleet("f", "[" + list + "]")), "work", "old") == named_rows);
    CHECK(rows_of(two_days(fleet("f", "[" + list + "]")), "work", place) == unnamed_rows);
  }
}

TEST_CASE("a fleet that joins before or behind another moves no row of its jobs") {
  const std::string old = fleet("old", synthetic("w"));
  const std::string joined = fleet("new", synthetic("w"));
  const auto alone = rows_of(two_days(old), "fleet", "old");
  const auto alone_by_work = rows_of(two_days(old), "work", "w");
  REQUIRE(alone_by_work.size() > 500);
  const auto behind = rows_of(two_days(old + ", " + joined), "fleet", "old");
  REQUIRE(behind.size() == alone_by_work.size());
  CHECK(behind == alone_by_work);
  CHECK(rows_of(two_days(joined + ", " + old), "fleet", "old") == behind);
  CHECK(rows_of(two_days(joined + ", " + old), "fleet", "new") != behind);
}

TEST_CASE("a tenant that joins moves neither the failures of the others' nodes nor their jobs") {
  const auto folder = std::filesystem::temp_directory_path() / ("chokepoint_streams_" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  {
    std::ofstream trace(folder / "jobs.csv");
    trace << "job_id,submit_time_s,duration_s,gpus,vc\n";
    for (int job = 0; job < 300; ++job) trace << job << ',' << job * 600 << ",9000,16,m\n";
  }
  const auto with_tenants = [&](const std::string& tenants) {
    return R"({"name": "a", "start": "2023-01-02", "duration": "4 d", "sites": [{"name": "s"}], "fleets": [
      {"name": "f", "server": "dgx-a100-80gb", "failures": {"rate": 2000, "lemons": {"share": 0.3, "multiple": 4}},
       "checkpoints": {"write": "1 min", "interval": "30 min"}, "tenants": {)" +
           tenants + R"(}, "workload": {"kind": "trace", "file": ")" + (folder / "jobs.csv").string() + R"("}}]})";
  };
  const auto rows = [&](const std::string& tenants) {
    std::ofstream(folder / "scenario.json") << with_tenants(tenants);
    return tests::in_child([&] {
      const Record record = simulate(load_scenario(folder / "scenario.json"), {.seed = 3, .keep_details = true}, {});
      std::vector<double> numbers;
      for (const char* name : {"jobs", "failures"}) {
        const Table& table = *record.find_table(name);
        numbers.push_back(static_cast<double>(table.rows()));
        for (const Column& column : table.columns) {
          const auto* reals = std::get_if<std::vector<double>>(&column.values);
          if (reals != nullptr) numbers.insert(numbers.end(), reals->begin(), reals->end());
        }
      }
      for (double& number : numbers)
        if (std::isnan(number)) number = -1.0;
      return numbers;
    });
  };
  const auto alone = rows(R"("m": 40)");
  REQUIRE(alone.size() > 1000);
  // Tenants stand in the order of their names.
  CHECK(rows(R"("a": 8, "m": 40)") == alone);
  CHECK(rows(R"("a": 8, "m": 40, "z": 8)") == alone);
  std::filesystem::remove_all(folder);
}

TEST_CASE("names with slashes give streams of their own") {
  const auto stream = [](const std::string& fleet_name, const std::string& work_name) {
    const Scenario scenario = tests::scenario_of(two_days(fleet(fleet_name, synthetic(work_name))));
    return work_stream(scenario.fleets.front(), 0);
  };
  CHECK(stream("f", "") == "fleets/f");
  CHECK(stream("f", "w") == "fleets/f/work/w");
  CHECK(stream("f/work/w", "") == "fleets/f~1work~1w");
}

}  // namespace chokepoint::sim
