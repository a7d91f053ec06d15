#pragma once

#include <string>

#include "analysis/store/run_store.hpp"

namespace chokepoint::analysis {

/// A store of two parameters and two outcomes, filled by hand.
struct SmallStore {
  StoreLayout layout{.parameters = {{"pue", "", true, "/sites/0/pue"}, {"policy", "", false, "/fleets/0/scheduler"}},
                     .outcomes = {{"energy", "energy_mwh"}, {"jobs", "jobs_done"}},
                     .series = {"power_w"}};
  StudyIdentity identity{.name = "small",
                         .title = "A small study",
                         .points = 50,
                         .replicates = 2,
                         .seed = 7,
                         .version = "0.1.0",
                         .catalogue_digest = "c",
                         .study = sim::Json::parse(R"({"parameters": [{"from": 1.1, "to": 1.6}], "seed": 7})"),
                         .scenario = sim::Json::parse(R"({"sites": [{"pue": 1.1}], "name": "x"})"),
                         .files = {{"scenario /trace", "trace.csv", std::string(64, 'a')}}};

  static RunRow row(std::uint64_t point, std::uint64_t replicate) {
    RunRow row{.point = point, .replicate = replicate, .seed = 7, .wall_s = 0.5, .memory_bytes = 1000};
    row.inputs = {1.0 + static_cast<double>(point) / 8.0, std::string(point % 2 == 0 ? "fifo" : "s,\"jf\"")};
    row.outcomes = {static_cast<double>(point * 10 + replicate), static_cast<std::int64_t>(point)};
    sim::TextColumn dates;
    dates.push_back("2023-01-01");
    dates.push_back("2023-01-02");
    row.series = {"series",
                  {{"time_s", std::vector{0.0, 3600.0}},
                   {"date", dates},
                   {"power_w", std::vector{1.0, static_cast<double>(point)}}}};
    return row;
  }
};

}  // namespace chokepoint::analysis
