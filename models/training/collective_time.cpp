#include "models/training/collective_time.hpp"

#include "models/contract/expects.hpp"

namespace chokepoint::models {
namespace {

double ring_s(const CollectiveShape& shape, double steps) {
  expects(shape.ranks >= 1 && shape.bytes >= 0.0, "a collective has ranks and bytes");
  if (steps == 0.0) return 0.0;
  expects(shape.bytes_per_s > 0.0, "a collective has a bandwidth");
  return steps * (shape.latency_s + shape.bytes / shape.ranks / shape.bytes_per_s);
}

}  // namespace

double all_gather_s(const CollectiveShape& shape) {
  return ring_s(shape, shape.ranks - 1);
}

double reduce_scatter_s(const CollectiveShape& shape) {
  return ring_s(shape, shape.ranks - 1);
}

double allreduce_s(const CollectiveShape& shape) {
  return ring_s(shape, 2.0 * (shape.ranks - 1));
}

double all_to_all_s(const CollectiveShape& shape) {
  return ring_s(shape, shape.ranks - 1);
}

double point_to_point_s(const CollectiveShape& shape) {
  expects(shape.bytes_per_s > 0.0, "a message has a bandwidth");
  return shape.latency_s + shape.bytes / shape.bytes_per_s;
}

double hierarchical_allreduce_s(const HierarchicalShape& shape) {
  const CollectiveShape inside{.ranks = shape.ranks_of_node,
                               .bytes = shape.bytes,
                               .bytes_per_s = shape.link_bytes_per_s,
                               .latency_s = shape.link_latency_s};
  const CollectiveShape across{.ranks = shape.nodes,
                               .bytes = shape.bytes / shape.ranks_of_node,
                               .bytes_per_s = shape.network_bytes_per_s,
                               .latency_s = shape.network_latency_s};
  return reduce_scatter_s(inside) + allreduce_s(across) + all_gather_s(inside);
}

}  // namespace chokepoint::models
