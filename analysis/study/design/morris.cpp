#include "analysis/study/design/morris.hpp"

#include <algorithm>

#include "models/contract/expects.hpp"
#include "sim/kernel/random_stream.hpp"

namespace chokepoint::analysis {

Morris::Morris(const Form& form, const DesignChance& chance) : form_(form), seed_(chance.seed) {
  models::expects(form.levels >= 2 && form.levels % 2 == 0, "Morris's lattice has an even number of levels");
  for (const std::string& name : chance.names) streams_.push_back("design/morris/" + name);
}

double Morris::delta() const {
  const auto levels = static_cast<double>(form_.levels);
  return levels / (2.0 * (levels - 1.0));
}

void Morris::place(std::uint64_t index, std::span<double> coordinates) const {
  const std::size_t sides = streams_.size();
  const auto trajectory = static_cast<std::uint32_t>(index / (sides + 1));
  const std::uint64_t moved = index % (sides + 1);
  const std::uint64_t half = form_.levels / 2;
  struct Move {
    double turn = 0.0;  // a parameter moves before those of larger ones
    std::size_t side = 0;
  };
  std::vector<Move> moves(sides);
  std::vector<bool> up(sides);
  for (std::size_t i = 0; i < sides; ++i) {
    sim::RandomStream stream(seed_, trajectory, streams_[i]);
    moves[i] = {.turn = stream.uniform(), .side = i};
    up[i] = stream.uniform() < 0.5;
    const auto lower = static_cast<std::uint64_t>(stream.uniform() * static_cast<double>(half));
    coordinates[i] = static_cast<double>(lower);
  }
  std::ranges::sort(moves,
                    [](const Move& a, const Move& b) { return a.turn != b.turn ? a.turn < b.turn : a.side < b.side; });
  for (std::size_t turn = 0; turn < sides; ++turn) {
    const std::size_t side = moves[turn].side;
    const bool above = up[side] == (turn < moved);
    coordinates[side] =
        (coordinates[side] + (above ? static_cast<double>(half) : 0.0)) / static_cast<double>(form_.levels - 1);
  }
}

}  // namespace chokepoint::analysis
