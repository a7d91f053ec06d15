#include "sim/input/csv_table.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "sim/input/fault.hpp"

namespace chokepoint::sim {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(const char* text, char separator = ',') {
  CsvTable table(text, "x.csv", separator);
  Rows rows;
  while (table.next()) rows.emplace_back(table.fields().begin(), table.fields().end());
  return rows;
}

}  // namespace

TEST_CASE("the same rows come from any line end and from a text with a byte order mark") {
  const Rows expected{{"a", "b"}, {"1", "2"}};
  CHECK(rows_of("a,b\n1,2\n") == expected);
  CHECK(rows_of("a,b\r\n1,2\r\n") == expected);
  CHECK(rows_of("\xef\xbb\xbf"
                "a,b\n\n1,2") == expected);
  CHECK(rows_of("a;b\n1;2", ';') == expected);
}

TEST_CASE("empty fields are kept and a quoted field may hold separators quotes and line ends") {
  CHECK(rows_of(",,\n") == Rows{{"", "", ""}});
  CHECK(rows_of("\"x, \"\"y\"\"\",2\r\n3,\"\"\n") == Rows{{"x, \"y\"", "2"}, {"3", ""}});
  CHECK(rows_of("\"two\nlines\",1\n") == Rows{{"two\nlines", "1"}});
}

TEST_CASE("a row knows its line") {
  CsvTable table("a\n\n\"b\nc\"\nd\n", "x.csv");
  std::vector<std::size_t> lines;
  while (table.next()) lines.push_back(table.line());
  CHECK(lines == std::vector<std::size_t>{1, 3, 5});
}

TEST_CASE("a quote that is never closed is shown by line") {
  CsvTable table("a\n\"b\n", "x.csv");
  CHECK(table.next());
  try {
    table.next();
    FAIL("no fault");
  } catch (const InputError& error) {
    CHECK(error.faults()[0].where == "line 2");
  }
}

TEST_CASE("columns are found by name and numbers are read whole") {
  CsvTable table("job, gpus\n", "x.csv");
  table.next();
  CHECK(table.find("gpus") == 1);
  CHECK_FALSE(table.find("nodes").has_value());
  CHECK(parse_number(" 1.5e3 ") == 1500.0);
  CHECK(parse_number("+2") == 2.0);
  CHECK(std::isnan(*parse_number("nan")));
  for (const char* text : {"", "1,5", "1 2", "x", "+-1", "1.5 kW"}) CHECK_FALSE(parse_number(text).has_value());
  CHECK(parse_integer("12") == 12);
  CHECK_FALSE(parse_integer("12.5").has_value());
  CHECK(guess_separator("time;kW\n1,2,3,4") == ';');
}

}  // namespace chokepoint::sim
