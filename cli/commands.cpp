#include <array>

#include "cli/catalogue_command.hpp"
#include "cli/command.hpp"

namespace chokepoint::cli {

std::span<const Command> commands() {
  static constexpr std::array all{
      Command{"catalogue", "what is known of accelerators, servers and the rest, with sources", run_catalogue},
  };
  return all;
}

}  // namespace chokepoint::cli
