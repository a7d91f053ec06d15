#include <array>

#include "cli/bill_command.hpp"
#include "cli/command.hpp"

namespace chokepoint::cli {

std::span<const Command> commands() {
  static constexpr auto all = std::to_array<Command>({
      {"bill", "what a load costs on a tariff", run_bill},
  });
  return all;
}

}  // namespace chokepoint::cli
