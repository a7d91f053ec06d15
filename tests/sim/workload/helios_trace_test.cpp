#include "sim/workload/helios_trace.hpp"

#include <doctest/doctest.h>

#include "sim/input/fault.hpp"

namespace chokepoint::sim {
namespace {

Trace read(std::string text) {
  CsvTable table(std::move(text), "trace.csv");
  REQUIRE(table.next());
  REQUIRE(is_helios_trace(table));
  return read_helios_trace(table);
}

const std::string helios =
    "job_id,user,vc,gpu_num,cpu_num,node_num,state,submit_time,start_time,end_time,duration,queue\n";
const std::string seren =
    "job_id,user,node_num,gpu_num,cpu_num,type,state,submit_time,start_time,end_time,duration,queue,gpu_time\n";

TEST_CASE("a Helios trace gives submission and duration and GPUs and vc and leaves out jobs without GPUs") {
  const Trace trace =
      read(helios +
           "7,u1,vcA,8,64,1,COMPLETED,1970-01-02 00:00:10,1970-01-02 00:01:00,1970-01-02 00:02:00,60,50\n"
           "8,u2,vcB,0,4,1,FAILED,1970-01-02 00:00:20,1970-01-02 00:00:20,1970-01-02 00:00:21,1,0\n"
           "9,u2,vcB,16,128,2,CANCELLED,1970-01-02 01:00:00,1970-01-02 01:00:00,1970-01-02 01:00:05,5,0\n");
  REQUIRE(trace.size() == 2);
  CHECK(trace.without_gpus == 1);
  CHECK(trace.ids[1] == "9");
  CHECK(trace.submit_s == std::vector<double>{86410.0, 90000.0});
  CHECK(trace.duration_s == std::vector<double>{60.0, 5.0});
  CHECK(trace.gpus == std::vector<std::int32_t>{8, 16});
  CHECK(trace.tenants == std::vector<std::string>{"vcA", "vcB"});
  CHECK(trace.origin == models::LocalTime{});
}

TEST_CASE("submissions of an Acme trace with other offsets fall on the clock of the first") {
  const Trace trace = read(seren +
                           "a,u,1,8,16,Eval,COMPLETED,1970-01-02 08:00:00+08:00,,,30,0,240\n"
                           "b,u,1,8,16,Eval,COMPLETED,1970-01-02T00:00:05Z,,,30,0,240\n");
  CHECK(trace.submit_s == std::vector<double>{115200.0, 115205.0});
  CHECK(trace.tenants == std::vector<std::string>{""});
}

TEST_CASE("a Helios trace tells the faults of all its cells") {
  try {
    read(helios +
         "1,u,v,8,1,1,X,2020-02-30 00:00:00,,,5,0\n"
         "2,u,v,1.5,1,1,X,2020-02-01 00:00:00,,,-5,0\n"
         "3,u,v,1,1,1,X,2020-02-01T00:00:00+08:00,,,5,0\n");
    FAIL("a trace with faults was read");
  } catch (const InputError& error) {
    REQUIRE(error.faults().size() >= 3);
    CHECK(error.faults()[0].where == "line 2, column submit_time");
    CHECK(error.faults()[1].where == "line 3, column duration");
    CHECK(error.faults()[2].where == "line 3, column gpu_num");
    CHECK(error.faults()[3].where == "line 4, column submit_time");
  }
}

}  // namespace
}  // namespace chokepoint::sim
