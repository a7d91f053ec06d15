#include "models/training/collective_time.hpp"

#include <doctest/doctest.h>

namespace chokepoint::models {

TEST_CASE("eight ranks sum a gigabyte at 100 GB/s in two times seven eighths of its time and fourteen latencies") {
  const CollectiveShape shape{.ranks = 8, .bytes = 1e9, .bytes_per_s = 1e11, .latency_s = 1e-5};
  CHECK(allreduce_s(shape) == doctest::Approx(2 * 7.0 / 8.0 * 0.01 + 14e-5));
  CHECK(reduce_scatter_s(shape) == doctest::Approx(7.0 / 8.0 * 0.01 + 7e-5));
  CHECK(all_gather_s(shape) + reduce_scatter_s(shape) == doctest::Approx(allreduce_s(shape)));
  CHECK(all_to_all_s(shape) == doctest::Approx(7.0 / 8.0 * 0.01 + 7e-5));
  CHECK(point_to_point_s(shape) == doctest::Approx(0.01001));
}

TEST_CASE("one rank has nobody to wait for") {
  CHECK(allreduce_s({.ranks = 1, .bytes = 1e9, .bytes_per_s = 1e9, .latency_s = 1.0}) == 0.0);
}

TEST_CASE("a hierarchical sum of one node or of one rank a node is a plain one") {
  const HierarchicalShape node{.nodes = 1,
                               .ranks_of_node = 8,
                               .bytes = 1e9,
                               .link_bytes_per_s = 2e11,
                               .network_bytes_per_s = 1e10,
                               .link_latency_s = 1e-6,
                               .network_latency_s = 1e-5};
  CHECK(hierarchical_allreduce_s(node) ==
        doctest::Approx(allreduce_s({.ranks = 8, .bytes = 1e9, .bytes_per_s = 2e11, .latency_s = 1e-6})));
  HierarchicalShape apart = node;
  apart.nodes = 8;
  apart.ranks_of_node = 1;
  CHECK(hierarchical_allreduce_s(apart) ==
        doctest::Approx(allreduce_s({.ranks = 8, .bytes = 1e9, .bytes_per_s = 1e10, .latency_s = 1e-5})));
}

}  // namespace chokepoint::models
