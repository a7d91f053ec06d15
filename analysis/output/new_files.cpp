#include "analysis/output/new_files.hpp"

#include <system_error>
#include <utility>
#include <vector>

#include "sim/input/fault.hpp"

namespace chokepoint::analysis {

void expect_new_files(std::span<const std::filesystem::path> files, const std::string& hint) {
  std::vector<sim::Fault> faults;
  for (const std::filesystem::path& file : files) {
    std::error_code error;
    const auto status = std::filesystem::symlink_status(file, error);
    if (std::filesystem::exists(status))
      faults.push_back({.file = file.string(),
                        .where = {},
                        .expected = "a name that is not taken",
                        .found = std::filesystem::is_directory(status) ? "a folder" : "a file",
                        .hint = hint});
  }
  sim::throw_if_any(std::move(faults));
}

}  // namespace chokepoint::analysis
