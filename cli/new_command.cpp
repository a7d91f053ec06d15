#include "cli/new_command.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <unistd.h>

#include <fmt/format.h>

#include "cli/options.hpp"
#include "cli/starters.hpp"
#include "sim/input/fault.hpp"

namespace chokepoint::cli {
namespace {

void expect_name(const std::string& name) {
  const auto fits = [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
           letter == '-' || letter == '_' || letter == '.';
  };
  if (name.empty() || name.front() == '.' || name.front() == '-' || !std::ranges::all_of(name, fits))
    throw UsageError(fmt::format("NAME: expected letters, digits, \"-\", \"_\" and \".\", found \"{}\"", name));
}

void write_new_file(const std::string& path, const std::string& text) {
  const auto refuse = [&path](std::string expected, std::string found) {
    throw sim::InputError(sim::Fault{.file = path, .expected = std::move(expected), .found = std::move(found)});
  };
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (file < 0 && errno == EEXIST) refuse("the name of a new file", "one that is there already");
  if (file < 0) refuse("a place to write the scenario", std::strerror(errno));
  const bool written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const int reason = errno;
  if (::close(file) == 0 && written) return;
  ::unlink(path.c_str());
  refuse("a place to write the scenario", std::strerror(written ? errno : reason));
}

}  // namespace

Exit run_new(std::span<const std::string> arguments) {
  std::string name;
  std::optional<std::string> out;
  bool market = false;
  Options options("chokepoint new NAME [options]",
                  "Writes a commented scenario that runs as it is: a cluster at a site.");
  options.operand("NAME", name)
      .flag("market", "a market for accelerators in place of the cluster", market)
      .option("out", "FILE", "where to (NAME.json in this folder)", out);
  if (!options.parse(arguments)) return Exit::ok;
  if (name.ends_with(".json")) name.resize(name.size() - 5);
  expect_name(name);

  std::string text;
  for (const char letter : market ? market_starter : cluster_starter)
    if (letter == '@') {
      text += name;
    } else {
      text += letter;
    }
  const std::string path = out.value_or(name + ".json");
  write_new_file(path, text);
  fmt::print("{} is written; next: chokepoint run {}\n", path, path);
  return Exit::ok;
}

}  // namespace chokepoint::cli
