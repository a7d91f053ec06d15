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
#include "sim/input/fault.hpp"

namespace chokepoint::cli {
namespace {

/// "@" stands for the name.
constexpr std::string_view starter = R"({
  // A scenario to start from; it runs as it is:
  //   chokepoint check @.json --describe     says in words what it simulates
  //   chokepoint run @.json                  simulates it
  //   chokepoint run @.json --set /sites/0/limit="20 kW" --out results
  // Quantities are texts with a unit; "chokepoint schema" lists all keys, "chokepoint catalogue" all names.
  "name": "@",
  "title": "Four servers, jobs by chance, a week of electricity",

  // On the clock of the first site. An "end" may stand in place of the "duration".
  "start": "2026-01-05",
  "duration": "7 d",
  "currency": "CNY",
  // What one unit of another currency is worth. An assumption: put in the rate of your day.
  "exchange_rates": {"USD": "7 CNY"},
  "seed": 1,

  "sites": [
    {
      "name": "site",
      "time_zone": "Asia/Shanghai",
      "tariff": "yangquan-flat",
      "carbon": "china",
      // Facility power over IT power: a number, or a name of "chokepoint catalogue cooling".
      "pue": 1.3,
      // The most that the grid gives; where it is short, no more jobs start ("slow" and "suspend" are the others).
      "limit": "40 kW",
      "on_limit": "hold"
    }
  ],

  "fleets": [
    {
      "name": "cluster",
      // A name of "chokepoint catalogue servers".
      "server": "dgx-a100-80gb",
      "nodes": 4,
      "scheduler": "fifo",
      "placement": "best-fit",
      // Jobs by chance; {"kind": "trace", "file": "jobs.csv"} replays those of a real cluster.
      "workload": {
        "kind": "synthetic",
        "mean_interval": "20 min",
        "median_duration": "1 h",
        "log_sd": 1.0,
        "sizes": [
          {"gpus": 1, "weight": 60},
          {"gpus": 4, "weight": 25},
          {"gpus": 8, "weight": 15}
        ]
      }
    }
  ]
}
)";

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
  Options options("chokepoint new NAME [--out FILE]", "Writes a commented scenario that runs as it is.");
  options.operand("NAME", name).option("out", "FILE", "where to (NAME.json in this folder)", out);
  if (!options.parse(arguments)) return Exit::ok;
  if (name.ends_with(".json")) name.resize(name.size() - 5);
  expect_name(name);

  std::string text;
  for (const char letter : starter)
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
