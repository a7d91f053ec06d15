#include "sim/workload/trace.hpp"

#include <filesystem>
#include <fstream>
#include <unistd.h>

#include <doctest/doctest.h>

namespace chokepoint::sim {
namespace {

Trace read_csv(const std::string& text) {
  const auto path =
      std::filesystem::temp_directory_path() / ("chokepoint_trace_test_" + std::to_string(getpid()) + ".txt");
  std::ofstream(path, std::ios::binary) << text;
  Trace trace = read_trace(path);
  std::filesystem::remove(path);
  return trace;
}

TEST_CASE("the same jobs in every known form are one trace") {
  for (const char* text :
       {"job_id,submit_time_s,duration_s,gpus\n1,86400,90,4\n2,86460,3600,16\n",
        "; UnixStartTime: 0\n"
        "1 86400 0 90 4 -1 -1 4 -1 -1 1 1 1 -1 -1 -1 -1 -1\n"
        "2 86460 0 3600 16 -1 -1 16 -1 -1 1 1 1 -1 -1 -1 -1 -1\n",
        "job_id,gpu_num,submit_time,duration\n1,4,1970-01-02 00:00:00,90\n2,16,1970-01-02 00:01:00,3600\n",
        "job_id,gpu_num,submit_time,duration\n1,4,1970-01-02 00:00:00+08:00,90\n2,16,1970-01-02 00:01:00+08:00,3600\n",
        "JobID|Submit|Elapsed|AllocTRES\n1|1970-01-02T00:00:00|00:01:30|cpu=8,gres/gpu=4\n"
        "1.0|1970-01-02T00:00:00|00:01:30|cpu=8,gres/gpu=4\n2|1970-01-02T00:01:00|01:00:00|gres/gpu:a100=16\n"}) {
    CAPTURE(text);
    const Trace trace = read_csv(text);
    REQUIRE(trace.size() == 2);
    CHECK(trace.ids[0] == "1");
    CHECK(trace.ids[1] == "2");
    CHECK(trace.submit_s == std::vector<double>{86400.0, 86460.0});
    CHECK(trace.duration_s == std::vector<double>{90.0, 3600.0});
    CHECK(trace.gpus == std::vector<std::int32_t>{4, 16});
  }
}

}  // namespace
}  // namespace chokepoint::sim
