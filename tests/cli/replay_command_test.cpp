#include "cli/replay_command.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"
#include "sim/input/csv_table.hpp"
#include "sim/input/gzip_file.hpp"
#include "support/reference_data.hpp"

namespace chokepoint::cli {
namespace {

using tests::file_text;
using tests::folder_bytes;
using tests::run_program;
using tests::ScratchFolder;
using tests::shell_word;

void check_tight(const std::string& policy) {
  const auto data = tests::reference_data();
  if (!data) return;
  const ScratchFolder scratch;
  const auto configurations = nlohmann::json::parse(file_text(*data / "traces/ref_philly_oct_vc_configs.json"));
  const std::string tenants = scratch.write("tenants.json", configurations.at("Philly_oct_tight").dump());
  const auto out = scratch.path() / "out";
  REQUIRE(run_program("replay " + shell_word(*data / "traces/philly_oct2017.csv.gz") + " --tenants " + tenants +
                      " --policy " + policy + " --out " + shell_word(out))
              .exit == 0);

  sim::CsvTable jobs(file_text(out / "jobs.csv"), "jobs.csv");
  sim::CsvTable reference(sim::read_maybe_gzip(*data / "traces/ref_Philly_oct_tight_starts.csv.gz"), "reference");
  REQUIRE(jobs.next());
  REQUIRE(reference.next());
  const std::size_t id = *jobs.find("job_id");
  const std::size_t start = *jobs.find("start_time_s");
  const std::size_t expected = *reference.find("start_" + policy);
  std::size_t rows = 0;
  std::size_t equal = 0;
  for (; jobs.next() && reference.next(); ++rows)
    if (jobs.field(id) == reference.field(0) &&
        sim::parse_number(jobs.field(start)) == sim::parse_number(reference.field(expected)))
      ++equal;
  CHECK(rows == 47192);
  CHECK(equal == rows);
}

}  // namespace

TEST_CASE("a replay of Philly at load 0.8 writes the reference starts under FIFO") {
  check_tight("fifo");
}
TEST_CASE("a replay of Philly at load 0.8 writes the reference starts under SJF") {
  check_tight("sjf");
}

TEST_CASE("a replay of one trace gives the same bytes each time") {
  const ScratchFolder scratch;
  std::string rows = "job_id,submit_time_s,duration_s,gpus,vc\n";
  for (int job = 0; job < 300; ++job)
    rows += "j" + std::to_string(job) + "," + std::to_string(job * 7919 % 5000) + "," +
            std::to_string(job * 104729 % 997) + "," + std::to_string(1 + job * 31 % 11) + ",t" +
            std::to_string(job % 3) + "\n";
  const std::string trace = scratch.write("trace.csv", rows);
  const std::string tenants = scratch.write("tenants.csv", "name,nodes\nt0,2\nt1,3\nt2,2\n");
  const auto bytes = [&](const std::string& name) {
    const auto out = scratch.path() / name;
    REQUIRE(run_program("replay " + trace + " --tenants " + tenants +
                        " --policy sjf --tariff yangquan-flat --start 2023-01-01 --out " + out.string())
                .exit == 0);
    return folder_bytes(out);
  };
  CHECK(bytes("first") == bytes("second"));
}

TEST_CASE("a replay starts at the hour of the first submission and keeps the clock of its trace") {
  const ScratchFolder scratch;
  const auto replay = [&](const std::string& name, std::int64_t from_s) {
    const std::string first = std::to_string(from_s + 45);
    const std::string second = std::to_string(from_s + 60);
    const std::string trace = scratch.write(
        name + ".csv", "job_id,submit_time_s,duration_s,gpus\na," + first + ".5,1800,8\nb," + second + ",600,8\n");
    const auto out = scratch.path() / name;
    REQUIRE(run_program("replay " + trace + " --nodes 1 --out " + out.string()).exit == 0);
    return out;
  };
  const auto near = replay("near", 0);
  // 2023-11-14T22:00Z in seconds since 1970.
  const std::int64_t late_s = 1'699'999'200;
  const auto late = replay("late", late_s);

  const auto figures = [](const std::filesystem::path& out) {
    return nlohmann::json::parse(file_text(out / "summary.json"));
  };
  for (const char* key : {"days", "energy_mwh", "wait_mean_s", "makespan_s"})
    CHECK(figures(near).at(key) == figures(late).at(key));

  sim::CsvTable jobs(file_text(late / "jobs.csv"), "jobs.csv");
  REQUIRE(jobs.next());
  const std::size_t submit = *jobs.find("submit_time_s");
  const std::size_t start = *jobs.find("start_time_s");
  REQUIRE(jobs.next());
  CHECK(sim::parse_number(jobs.field(submit)) == late_s + 45.5);
  CHECK(sim::parse_number(jobs.field(start)) == late_s + 45.5);
  REQUIRE(jobs.next());
  CHECK(sim::parse_number(jobs.field(submit)) == late_s + 60);
  CHECK(sim::parse_number(jobs.field(start)) == late_s + 1845.5);

  sim::CsvTable series(file_text(late / "series.csv"), "series.csv");
  REQUIRE(series.next());
  REQUIRE(series.next());
  CHECK(sim::parse_number(series.field(0)) == late_s);
  CHECK(series.field(1) == "2023-11-14T22:00:00");
}

}  // namespace chokepoint::cli
