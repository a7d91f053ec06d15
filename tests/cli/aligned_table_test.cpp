#include "cli/aligned_table.hpp"

#include <doctest/doctest.h>

namespace chokepoint::cli {

TEST_CASE("columns are as wide as their widest cell and numbers stand to the right") {
  const std::vector<std::vector<std::string>> rows{{"name", "power"}, {"a", "9 W"}, {"long name", "-"}};
  CHECK(aligned_table(rows) ==
        "name       power\n"
        "----------------\n"
        "a            9 W\n"
        "long name      -\n");
}

TEST_CASE("a table that is too wide breaks its texts and headings at blanks") {
  const std::vector<std::vector<std::string>> rows{
      {"name", "peak power", "what it says"}, {"a", "-9 W", "one two three"}, {"b", "10 W", "four"}};
  CHECK(table_width(rows) == 31);
  CHECK(aligned_table(rows, 31) == aligned_table(rows));
  CHECK(aligned_table(rows, 21) ==
        "name    peak  what it\n"
        "       power  says\n"
        "---------------------\n"
        "a       -9 W  one two\n"
        "              three\n"
        "b       10 W  four\n");
}

TEST_CASE("where breaking is not enough columns stand below each other") {
  const std::vector<std::vector<std::string>> rows{
      {"point", "first", "second", "third"}, {"group"}, {"0", "12345.678", "12345.678", "12345.678"}};
  CHECK(aligned_table(rows, 27) ==
        "point      first     second\n"
        "---------------------------\n"
        "group\n"
        "    0  12345.678  12345.678\n"
        "\n"
        "point      third\n"
        "----------------\n"
        "group\n"
        "    0  12345.678\n");
}

TEST_CASE("no line is wider than asked unless a word or a number is") {
  const std::vector<std::vector<std::string>> rows{{"a name of a column", "second heading", "third", "fourth one"},
                                                   {"some words of a row", "1,234 to 5,678", "more words", "17 %"},
                                                   {"another", "9 to 10", "and-one-that-is-long", "3 %"}};
  for (std::size_t width = 36; width <= 80; ++width) {
    CAPTURE(width);
    const std::string text = aligned_table(rows, width);
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = text.find('\n', begin);
      CHECK(end - begin <= width);
      begin = end + 1;
    }
    for (const char* word : {"another", "5,678", "and-one-that-is-long", "17 %", "fourth"})
      CHECK(text.find(word) != std::string::npos);
  }
}

}  // namespace chokepoint::cli
