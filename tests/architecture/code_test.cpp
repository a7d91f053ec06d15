#include <set>
#include <string>

#include <doctest/doctest.h>

#include "architecture/source_tree.hpp"

namespace chokepoint::architecture {
namespace {

TEST_CASE("only the command line prints or exits") {
  // A forked run ends with _exit, which is neither.
  const std::set<std::string> barred{"std::cout",  "std::cerr", "std::clog",       "std::puts", "std::printf",
                                     "printf",     "puts",      "stdout",          "stderr",    "fmt::print",
                                     "std::exit",  "exit",      "std::quick_exit", "abort",     "std::abort",
                                     "xbt_assert", "xbt_die"};
  for (const SourceFile& file : layer_files()) {
    if (file.in("cli")) continue;
    for (const std::string& name : names_used(file)) {
      CAPTURE(file.path);
      CAPTURE(name);
      CHECK_FALSE(barred.contains(name));
    }
  }
}

TEST_CASE("models and sim have no clock and no chance but their own") {
  const std::set<std::string> barred{
      "std::rand",   "rand",          "std::random_device",         "std::mt19937", "std::shuffle", "std::mt19937_64",
      "std::sample", "clock_gettime", "std::default_random_engine", "std::time",    "gettimeofday"};
  for (const SourceFile& file : layer_files()) {
    if (!file.in("models") && !file.in("sim")) continue;
    for (const std::string& name : names_used(file)) {
      CAPTURE(file.path);
      CAPTURE(name);
      CHECK_FALSE(barred.contains(name));
      CHECK_FALSE((name.starts_with("std::") && name.ends_with("_distribution")));
      for (const auto* clock : {"system_clock", "steady_clock", "high_resolution_clock"})
        CHECK_FALSE(name.ends_with(clock));
    }
  }
}

}  // namespace
}  // namespace chokepoint::architecture
