#include "analysis/study/design/latin_hypercube.hpp"

#include "analysis/study/design/design_draws.hpp"

namespace chokepoint::analysis {

LatinHypercube::LatinHypercube(std::uint64_t points, const DesignChance& chance) : points_(points), seed_(chance.seed) {
  for (const std::string& name : chance.names)
    sides_.push_back({.stream = "design/latin-hypercube/" + name + "/place",
                      .part_of = IndexPermutation(points, word(seed_, "design/latin-hypercube/" + name + "/order"))});
}

void LatinHypercube::place(std::uint64_t index, std::span<double> coordinates) const {
  for (std::size_t i = 0; i < sides_.size(); ++i) {
    const double within = sim::RandomStream(seed_, static_cast<std::uint32_t>(index), sides_[i].stream).uniform();
    coordinates[i] = (static_cast<double>(sides_[i].part_of(index)) + within) / static_cast<double>(points_);
  }
}

}  // namespace chokepoint::analysis
