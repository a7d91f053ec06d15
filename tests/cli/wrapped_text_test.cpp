#include "cli/wrapped_text.hpp"

#include <doctest/doctest.h>

namespace chokepoint::cli {

TEST_CASE("lines are broken at blanks and a word that is too long stands alone") {
  using Lines = std::vector<std::string>;
  CHECK(wrapped_lines("one two", 7) == Lines{"one two"});
  CHECK(wrapped_lines("one two", 6) == Lines{"one", "two"});
  CHECK(wrapped_lines("a very-long-word b", 6) == Lines{"a", "very-long-word", "b"});
  CHECK(wrapped_lines("  in dent", 6) == Lines{"  in", "dent"});
  CHECK(wrapped_lines("", 6) == Lines{""});
}

TEST_CASE("further lines of a text are indented and as long as the first") {
  CHECK(wrapped_text("one two three four", 9) == "one two\n  three\n  four\n");
  CHECK(wrapped_text("", 9) == "\n");
  CHECK(longest_word("one three four") == 5);
}

}  // namespace chokepoint::cli
