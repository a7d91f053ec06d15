#include "analysis/study/design/sobol_design.hpp"

#include "analysis/study/design/design_draws.hpp"

namespace chokepoint::analysis {
namespace {

std::vector<std::uint64_t> sobol_shifts(const DesignChance& chance) {
  std::vector<std::uint64_t> words;
  for (const std::string& name : chance.names) words.push_back(word(chance.seed, "design/sobol/" + name));
  return words;
}

}  // namespace

SobolDesign::SobolDesign(std::uint64_t points, const DesignChance& chance)
    : points_(points), sequence_(sobol_shifts(chance)) {}

}  // namespace chokepoint::analysis
