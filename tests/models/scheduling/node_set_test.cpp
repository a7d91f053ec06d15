#include "models/scheduling/node_set.hpp"

#include <random>
#include <set>

#include <doctest/doctest.h>

namespace chokepoint::models {

TEST_CASE("a set of nodes holds what an ordered set holds") {
  for (const std::uint32_t limit : {1u, 2u, 63u, 64u, 65u, 127u, 4096u, 4097u, 300'000u}) {
    for (const bool full : {false, true}) {
      CAPTURE(limit);
      CAPTURE(full);
      std::mt19937_64 chance(limit);
      NodeSet set = full ? NodeSet::full(limit) : NodeSet(limit);
      std::set<std::uint32_t> expected;
      if (full)
        for (std::uint32_t node = 0; node < limit; ++node) expected.insert(expected.end(), node);
      for (int step = 0; step < 3000; ++step) {
        const auto node = static_cast<std::uint32_t>(chance() % limit);
        switch (chance() % 3) {
          case 0:
            set.insert(node);
            expected.insert(node);
            break;
          case 1:
            set.erase(node);
            expected.erase(node);
            break;
          default:
            if (set.lowest() != NodeSet::none) {
              expected.erase(set.lowest());
              set.erase(set.lowest());
            }
        }
        REQUIRE(set.size() == expected.size());
        REQUIRE(set.contains(node) == expected.contains(node));
        REQUIRE(set.lowest() == (expected.empty() ? NodeSet::none : *expected.begin()));
      }
    }
  }
}

TEST_CASE("a set without places is empty") {
  CHECK(NodeSet(0).lowest() == NodeSet::none);
  CHECK(NodeSet::full(0).size() == 0);
}

}  // namespace chokepoint::models
