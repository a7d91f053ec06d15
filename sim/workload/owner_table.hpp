#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace chokepoint::sim {

/// The owners of a fleet's jobs, whatever works bring them: users or tenants of traces, or works by their names. Each
/// has a number, in the order in which they are first named.
class OwnerTable {
 public:
  std::uint32_t number(std::string_view name) {
    const auto [place, is_new] = numbers_.try_emplace(std::string(name), static_cast<std::uint32_t>(names_.size()));
    if (is_new) names_.emplace_back(name);
    return place->second;
  }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

 private:
  std::vector<std::string> names_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
};

}  // namespace chokepoint::sim
