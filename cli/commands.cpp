#include <array>

#include "cli/command.hpp"

namespace chokepoint::cli {

std::span<const Command> commands() {
  static constexpr std::array<Command, 0> all{};
  return all;
}

}  // namespace chokepoint::cli
