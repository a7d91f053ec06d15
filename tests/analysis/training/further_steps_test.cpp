#include <algorithm>

#include <doctest/doctest.h>

#include "analysis/training/score_table.hpp"
#include "support/places.hpp"

namespace chokepoint::analysis {
namespace {

// models/training/further_steps.csv: steps published elsewhere than those of measured_steps.csv, none of them fitted.
const TableScore& further() {
  static const sim::MeasurementTable read =
      sim::read_measurement_table(CHOKEPOINT_SOURCE_DIR "/models/training/further_steps.csv");
  static const TableScore score = score_table(read);
  return score;
}

double error_percent(std::string_view source) {
  return std::ranges::find(further().core.by_source, source, &SourceScore::source)->mape_percent;
}

}  // namespace

TEST_CASE("all steps of the further table are predicted") {
  CHECK(further().core.steps.size() == 71);
  CHECK(further().left_out.empty());
}

TEST_CASE("steps of clusters and frameworks that no constant was fitted on are within 10 %") {
  CHECK(error_percent("sc21_t2_ptdp") < 3.0);
  CHECK(error_percent("nemo_2407_h100") < 6.0);
  CHECK(error_percent("megascale_baseline") < 9.0);
  CHECK(error_percent("megascale") < 10.0);
}

TEST_CASE("shards that cross nodes by one card take what DeepSpeed took on up to 2240 GPUs") {
  CHECK(error_percent("sc21_t2_zero3") < 10.0);
}

}  // namespace chokepoint::analysis
