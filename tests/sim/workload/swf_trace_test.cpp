#include "sim/workload/swf_trace.hpp"

#include <doctest/doctest.h>

#include "sim/input/fault.hpp"

namespace chokepoint::sim {
namespace {

constexpr const char* swf =
    "; Version: 2.2\n"
    ";  UnixStartTime: 86400\n"
    "; Note: a \"quote that is never closed\n"
    "\n"
    "    1      0     -1   1451  128     -1    -1   -1     -1    -1 -1   1  1 -1 -1 -1 -1 -1\n"
    "    2   1460     10   3726   -1     -1    -1   64   4000    -1  1   7  1 -1  3 -1 -1 -1\r\n"
    "    3   1500     10     -1   16     -1    -1   16     -1    -1 -1   1  1 -1 -1 -1 -1 -1\n"
    "    4   1600     10     50   -1     -1    -1   -1     -1    -1 -1   1  1 -1 -1 -1 -1 -1\n";

TEST_CASE("a trace in the Standard Workload Format counts processors allocated or else requested as GPUs") {
  REQUIRE(is_swf_trace(swf));
  const Trace trace = read_swf_trace(swf, "trace.swf");
  REQUIRE(trace.size() == 2);
  CHECK(trace.submit_s == std::vector<double>{0.0, 1460.0});
  CHECK(trace.duration_s == std::vector<double>{1451.0, 3726.0});
  CHECK(trace.gpus == std::vector<std::int32_t>{128, 64});
  CHECK(trace.line == std::vector<std::uint32_t>{5, 6});
  CHECK(trace.without_gpus == 2);
  CHECK(trace.owners == std::vector<std::string>{"1", "7"});
  CHECK(trace.owner == std::vector<std::uint32_t>{0, 1});
  CHECK(trace.announced_s == std::vector<double>{0.0, 4000.0});
  CHECK(trace.priority == std::vector<std::int32_t>{0, 3});
  CHECK(trace.understood.size() + trace.passed_over.size() == 18);
  CHECK(trace.origin == models::LocalTime{std::chrono::seconds{86400}});
}

TEST_CASE("a file without comments is in the Standard Workload Format if its first line has eighteen numbers") {
  CHECK(is_swf_trace("\n1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18\n"));
  CHECK_FALSE(is_swf_trace("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17\n"));
  CHECK_FALSE(is_swf_trace("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 x\n"));
  CHECK_FALSE(is_swf_trace("job_id,submit_time_s,duration_s,gpus\n"));
  CHECK_FALSE(is_swf_trace(""));
}

TEST_CASE("a trace in the Standard Workload Format tells the faults of all its lines") {
  try {
    read_swf_trace(
        "1 x 0 10 8 0 0 8 0 0 1 1 1 1 1 1 1 1\n"
        "2 5 0 -7 8 0 0 8 0 0 1 1 1 1 1 1 1 1\n"
        "3 5 0 7 8\n"
        "4 5 0 7 -1 0 0 2.5 0 0 1 1 1 1 1 1 1 1\n",
        "trace.swf");
    FAIL("a trace with faults was read");
  } catch (const InputError& error) {
    REQUIRE(error.faults().size() == 4);
    CHECK(error.faults()[0].where == "line 1, column 2 (submission)");
    CHECK(error.faults()[1].where == "line 2, column 4 (run time)");
    CHECK(error.faults()[2].where == "line 3, column 6");
    CHECK(error.faults()[3].where == "line 4, column 8 (processors requested)");
  }
}

}  // namespace
}  // namespace chokepoint::sim
