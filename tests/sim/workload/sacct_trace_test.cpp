#include "sim/workload/sacct_trace.hpp"

#include <doctest/doctest.h>

#include "sim/input/fault.hpp"

namespace chokepoint::sim {
namespace {

const std::string sacct_header = "JobID|User|Account|Partition|Submit|Start|End|Elapsed|AllocNodes|AllocTRES|State\n";

Trace read_sacct(const std::string& rows) {
  CsvTable table(sacct_header + rows, "trace.txt", '|');
  REQUIRE(table.next());
  REQUIRE(is_sacct_trace(table));
  return read_sacct_trace(table);
}

TEST_CASE("a sacct trace has jobs that ended and not their steps") {
  const Trace trace = read_sacct(
      "1|u|a|gpu|1970-01-02T00:00:00|x|x|1-00:00:01|1|billing=8,cpu=8,gres/gpu:a100=4,gres/gpu=4,node=1|COMPLETED\n"
      "1.batch|||||x|x|1-00:00:01|1|cpu=8,gres/gpu:a100=4,gres/gpu=4|COMPLETED\n"
      "2_7|u|a|long|1970-01-02T00:00:09|x|x|00:10:00|2|cpu=8,gres/gpu:a100=8,gres/gpu:h100=2|CANCELLED by 1001\n"
      "3|u|a|gpu|1970-01-02T00:00:09|x|Unknown|00:10:00|2|cpu=8,gres/gpu=8|RUNNING\n"
      "4|u|a|gpu|1970-01-02T00:00:09|Unknown|Unknown|00:00:00|0||PENDING\n"
      "5|u|a|cpu|1970-01-02T00:00:09|x|x|00:00:10|1|cpu=8,mem=4G|COMPLETED\n");
  REQUIRE(trace.size() == 2);
  CHECK(trace.ids[1] == "2_7");
  CHECK(trace.submit_s == std::vector<double>{86400.0, 86409.0});
  CHECK(trace.duration_s == std::vector<double>{86401.0, 600.0});
  CHECK(trace.gpus == std::vector<std::int32_t>{4, 10});
  CHECK(trace.tenants == std::vector<std::string>{"gpu", "long"});
  CHECK(trace.without_gpus == 3);
}

TEST_CASE("a sacct trace tells users and time limits and which columns are passed over") {
  CsvTable table(
      "JobID|User|Submit|Elapsed|Timelimit|AllocTRES|Account\n"
      "1|ann|1970-01-01T00:00:00|00:10:00|UNLIMITED|gres/gpu=1|x\n"
      "2|bob|1970-01-01T00:00:00|00:10:00|2-00:00:00|gres/gpu=1|x\n"
      "3|ann|1970-01-01T00:00:00|00:10:00|00:05:00|gres/gpu=1|x\n",
      "trace.txt", '|');
  REQUIRE(table.next());
  const Trace trace = read_sacct_trace(table);
  CHECK(trace.owners == std::vector<std::string>{"ann", "bob"});
  CHECK(trace.owner == std::vector<std::uint32_t>{0, 1, 0});
  CHECK(trace.announced_s == std::vector<double>{0.0, 172800.0, 300.0});
  CHECK(trace.understood == std::vector<std::string>{"JobID", "User", "Submit", "Elapsed", "Timelimit", "AllocTRES"});
  CHECK(trace.passed_over == std::vector<std::string>{"Account"});
}

TEST_CASE("an elapsed time of Slurm is days and hours and minutes and seconds") {
  CHECK(parse_elapsed("2-03:04:05") == 183845.0);
  CHECK(parse_elapsed("03:04:05") == 11045.0);
  CHECK(parse_elapsed("04:05") == 245.0);
  for (const char* wrong : {"", "5", "1-04:05", "24:00:00", "00:60:00", "-1:00:00", "00:00:1.5", "1:2:3:4", "INVALID"})
    CHECK_FALSE(parse_elapsed(wrong).has_value());
}

TEST_CASE("a sacct trace tells the faults of all its cells") {
  try {
    read_sacct(
        "1|u|a|gpu|Unknown|x|x|00:00:01|1|gres/gpu=4|COMPLETED\n"
        "2|u|a|gpu|2024-01-01T00:00:00|x|x|soon|1|gres/gpu=four|COMPLETED\n");
    FAIL("a trace with faults was read");
  } catch (const InputError& error) {
    REQUIRE(error.faults().size() == 3);
    CHECK(error.faults()[0].where == "line 2, column Submit");
    CHECK(error.faults()[1].where == "line 3, column Elapsed");
    CHECK(error.faults()[2].where == "line 3, column AllocTRES");
  }
}

}  // namespace
}  // namespace chokepoint::sim
