#include "models/hardware/slowed_pace.hpp"

#include <doctest/doctest.h>

namespace chokepoint::models {

TEST_CASE("work slows by what its communication takes longer and by nothing else") {
  // One fifth of 100 s takes four times as long: 80 + 80 s.
  CHECK(slowed_pace(0.2, 4.0) == doctest::Approx(100.0 / 160.0));
  CHECK(slowed_pace(1.0, 3.0) == doctest::Approx(1.0 / 3.0));
  CHECK(slowed_pace(0.0, 1000.0) == 1.0);
  CHECK(slowed_pace(0.3, 1.0) == 1.0);
  CHECK(slowed_pace(0.3, 0.5) == 1.0);
}

}  // namespace chokepoint::models
