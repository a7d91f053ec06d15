#include "analysis/study/design/saltelli.hpp"

#include "analysis/study/design/design_draws.hpp"

namespace chokepoint::analysis {
namespace {

std::vector<std::uint64_t> saltelli_shifts(const DesignChance& chance) {
  std::vector<std::uint64_t> words;
  for (const char* sample : {"a/", "b/"})
    for (const std::string& name : chance.names)
      words.push_back(word(chance.seed, "design/saltelli/" + (sample + name)));
  return words;
}

}  // namespace

Saltelli::Saltelli(const Form& form, const DesignChance& chance)
    : form_(form), sides_(chance.names.size()), sequence_(saltelli_shifts(chance)) {}

void Saltelli::place(std::uint64_t index, std::span<double> coordinates) const {
  const std::uint64_t member = index % block();
  std::vector<double> both(2 * sides_);
  sequence_.at(index / block(), both);
  // Which sample most columns are from, and the column that is not, if any.
  const bool last = member + 1 == block();
  const bool from_b = last || member > sides_;
  const std::uint64_t exchanged = member == 0 || last ? sides_ : (member - 1) % sides_;
  for (std::uint64_t i = 0; i < sides_; ++i) coordinates[i] = both[from_b != (i == exchanged) ? sides_ + i : i];
}

}  // namespace chokepoint::analysis
