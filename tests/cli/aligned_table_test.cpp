#include "cli/aligned_table.hpp"

#include <doctest/doctest.h>

namespace chokepoint::cli {

TEST_CASE("columns are as wide as their widest cell and numbers stand to the right") {
  const std::vector<std::vector<std::string>> rows{{"name", "power"}, {"a", "9 W"}, {"long name", "-"}};
  CHECK(aligned_table(rows) ==
        "name       power\n"
        "----------------\n"
        "a            9 W\n"
        "long name      -\n");
}

}  // namespace chokepoint::cli
