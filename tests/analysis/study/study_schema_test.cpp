#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "analysis/study/study_fields.hpp"
#include "support/places.hpp"

namespace chokepoint::analysis {

TEST_CASE("scenarios/studies/schema.json is what chokepoint schema study writes") {
  std::ostringstream file;
  file << std::ifstream(CHOKEPOINT_SOURCE_DIR "/scenarios/studies/schema.json").rdbuf();
  // To renew it: chokepoint schema study > scenarios/studies/schema.json
  CHECK(file.str() == study_schema().dump(2) + '\n');
}

}  // namespace chokepoint::analysis
