#include "sim/input/near_name.hpp"

#include <vector>

#include <doctest/doctest.h>

namespace chokepoint::sim {

TEST_CASE("a name that is cut short is completed before a letter is changed") {
  const std::vector<std::string> known{"dgx-a100-40gb", "dgx-a100-80gb", "dgx-h100"};
  CHECK(near_name("dgx-a100", known) == "dgx-a100-40gb");
  CHECK(near_name("dgx-h10", known) == "dgx-h100");
  CHECK(near_name("dgx-a10-80gb", known) == "dgx-a100-80gb");
  CHECK(near_name("tpu", known).empty());
}

}  // namespace chokepoint::sim
