#include "cli/command.hpp"

#include <algorithm>
#include <cstdio>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "analysis/pool/interrupt.hpp"
#include "analysis/store/database.hpp"
#include "sim/input/fault.hpp"
#include "sim/input/near_name.hpp"

namespace chokepoint::cli {
namespace {

void print_help() {
  std::string text = "usage: chokepoint COMMAND [ARGUMENTS]   (chokepoint COMMAND --help says more)\n\n";
  for (const Command& command : commands()) text += fmt::format("  {:<12}{}\n", command.name, command.summary);
  text += "\nof ./chokepoint alone, the start script of the sources:\n";
  text += fmt::format("  {:<12}{}\n", "test", "builds and runs the tests");
  text += fmt::format("  {:<12}{}\n", "bench", "builds and runs the benchmarks");
  std::fputs(text.c_str(), stdout);
}

Exit run_command(std::span<const std::string> arguments) {
  if (arguments.empty() || arguments[0] == "--help" || arguments[0] == "help") {
    print_help();
    return arguments.empty() ? Exit::bad_input : Exit::ok;
  }
  if (arguments[0] == "--version") {
    std::puts("chokepoint " CHOKEPOINT_VERSION);
    return Exit::ok;
  }
  const auto found = std::ranges::find(commands(), arguments[0], &Command::name);
  if (found != commands().end()) return found->run(arguments.subspan(1));
  std::vector<std::string> names;
  for (const Command& command : commands()) names.emplace_back(command.name);
  const std::string hint = sim::near_name_hint(arguments[0], names);
  throw UsageError(
      fmt::format("unknown command \"{}\" ({})", arguments[0], hint.empty() ? "chokepoint --help lists them" : hint));
}

}  // namespace

Exit run_program(std::span<const std::string> arguments) {
  try {
    const Exit exit = run_command(arguments);
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
      throw UsageError("standard output: expected room for the result, found an error while writing");
    return exit;
  } catch (const sim::InputError& error) {
    for (const sim::Fault& fault : error.faults()) fmt::print(stderr, "error: {}\n", fault.text());
    return Exit::bad_input;
  } catch (const UsageError& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return Exit::bad_input;
  } catch (const analysis::Interrupted&) {
    std::fputs("interrupted: nothing was written\n", stderr);
    return Exit::interrupted;
  } catch (const std::overflow_error& error) {
    fmt::print(stderr, "error: expected amounts that can be counted, found {}\n", error.what());
    return Exit::bad_input;
  } catch (const analysis::DatabaseError& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return Exit::failed;
  } catch (const std::bad_alloc&) {
    std::fputs("error: expected enough memory for this input, found none left\n", stderr);
    return Exit::failed;
  } catch (const std::exception& error) {
    fmt::print(stderr, "internal error: {}\n", error.what());
    return Exit::failed;
  }
}

}  // namespace chokepoint::cli
