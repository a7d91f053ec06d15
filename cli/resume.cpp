#include "cli/resume.hpp"

#include <cstdio>

#include <fmt/format.h>

#include "sim/input/fault.hpp"

namespace chokepoint::cli {

void expect_store_to_resume(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path))
    throw sim::InputError(sim::Fault{.file = path.string(),
                                     .where = {},
                                     .expected = "a store to go on with",
                                     .found = "no such file",
                                     .hint = "without --resume one is begun"});
}

void tell_stop(const std::string& cause, const std::string& kept, const std::filesystem::path& store) {
  fmt::print(stderr, "{}: {} are done and stand in {}; go on with the same command and --resume\n", cause, kept,
             store.string());
}

}  // namespace chokepoint::cli
