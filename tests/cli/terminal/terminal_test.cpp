#include "cli/terminal/terminal.hpp"

#include <cstdlib>

#include <doctest/doctest.h>

namespace chokepoint::cli {

TEST_CASE("what is no terminal has no colour and as many columns as COLUMNS says") {
  std::FILE* const file = std::tmpfile();
  REQUIRE(file != nullptr);
  ::unsetenv("COLUMNS");
  CHECK(terminal_of(file).width == 80);
  CHECK(!terminal_of(file).colour);
  CHECK(!terminal_of(file).interactive);
  ::setenv("COLUMNS", "100", 1);
  CHECK(terminal_of(file).width == 100);
  ::setenv("COLUMNS", "7", 1);
  CHECK(terminal_of(file).width == 40);
  std::fclose(file);
}

TEST_CASE("the locale says whether there are more than plain characters") {
  ::unsetenv("LC_ALL");
  ::unsetenv("LC_CTYPE");
  ::setenv("LANG", "de_DE.UTF-8", 1);
  CHECK(terminal_of(stdout).unicode);
  ::setenv("LC_ALL", "C", 1);
  CHECK(!terminal_of(stdout).unicode);
  ::setenv("LC_ALL", "C.utf8", 1);
  CHECK(terminal_of(stdout).unicode);
}

}  // namespace chokepoint::cli
