#pragma once

#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace chokepoint::cli {

/// Exit codes of the program.
enum class Exit : int { ok = 0, failed = 1, bad_input = 2, interrupted = 130 };

/// A command line that cannot be understood; its text says what was found and what was expected.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One word after the program's name. `run` may throw InputError and UsageError (exit 2).
struct Command {
  std::string_view name;
  std::string_view summary;
  Exit (*run)(std::span<const std::string> arguments);
};

/// In the order in which the help lists them.
std::span<const Command> commands();

/// Runs the command that `arguments` begin with and turns every error into a message and an exit code.
Exit run_program(std::span<const std::string> arguments);

}  // namespace chokepoint::cli
