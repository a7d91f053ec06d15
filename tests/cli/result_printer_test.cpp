#include "cli/result_printer.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "analysis/output/example_record.hpp"
#include "cli/command.hpp"

namespace chokepoint::cli {

TEST_CASE("a result as JSON can be read by a program") {
  const auto summary =
      nlohmann::json::parse(result_text(analysis::example_record(10, 60), Format::json, {.colour = true}));
  CHECK(summary["electricity_cost"] == 252288000.0);
  CHECK(summary["seed"] == 1);
}

TEST_CASE("a result as a table has a picture if it has a series") {
  const std::string text = result_text(analysis::example_record(10, 60), Format::table, {});
  CHECK(text.find("electricity") != text.npos);
  CHECK(text.find("power, MW") != text.npos);
}

TEST_CASE("an unknown format is refused") {
  CHECK(parse_format("json") == Format::json);
  CHECK_THROWS_AS(parse_format("xml"), UsageError);
}

}  // namespace chokepoint::cli
