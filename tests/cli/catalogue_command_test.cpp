#include "cli/catalogue_command.hpp"

#include <doctest/doctest.h>

#include "sim/catalogue/catalogue.hpp"

namespace chokepoint::cli {
namespace {

Exit run_here(const std::vector<std::string>& arguments) {
  return run_catalogue(arguments);
}

std::string hint_of(const std::vector<std::string>& arguments) {
  try {
    run_catalogue(arguments);
  } catch (const sim::InputError& error) {
    return error.faults().front().hint;
  }
  return "no fault";
}

}  // namespace

TEST_CASE("every kind and every entry can be shown as a table and as JSON") {
  CHECK(run_here({}) == Exit::ok);
  for (const sim::CatalogueKind& kind : sim::catalogue_kinds()) {
    CHECK(run_here({std::string(kind.name)}) == Exit::ok);
    CHECK(run_here({std::string(kind.name), "--format", "json"}) == Exit::ok);
    const sim::Json entries = sim::catalogue_json(kind.name);
    for (const auto& [name, entry] : entries.items()) {
      CHECK(run_here({std::string(kind.name), name}) == Exit::ok);
      CHECK(run_here({std::string(kind.name), name, "--format", "json"}) == Exit::ok);
    }
  }
}

TEST_CASE("a misspelt kind or name is answered with the near one") {
  CHECK(hint_of({"server"}) == "did you mean \"servers\"?");
  CHECK(hint_of({"servers", "dgx-h10"}) == "did you mean \"dgx-h100\"?");
  CHECK(hint_of({"accelerators", "h100-80gb-smx5"}) == "did you mean \"h100-80gb-sxm5\"?");
}

}  // namespace chokepoint::cli
