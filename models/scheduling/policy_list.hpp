#pragma once

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/contract/expects.hpp"

namespace chokepoint::models {

/// The policies of one kind, each under the name that a scenario gives it: what there is, and how it is made, said
/// once.
template <class Policy>
class PolicyList {
 public:
  using Make = std::unique_ptr<Policy> (*)();
  struct Entry {
    std::string name;
    Make make;
  };

  template <class Concrete>
  static Entry entry(std::string name) {
    return {std::move(name), [] { return std::unique_ptr<Policy>(std::make_unique<Concrete>()); }};
  }

  PolicyList(std::initializer_list<Entry> entries) {
    for (const Entry& entry : entries) {
      names_.push_back(entry.name);
      make_.push_back(entry.make);
    }
  }

  [[nodiscard]] std::span<const std::string> names() const { return names_; }
  /// `name` is one of names().
  [[nodiscard]] std::unique_ptr<Policy> make(std::string_view name) const {
    const auto found = std::ranges::find(names_, name);
    expects(found != names_.end(), "the name of a policy is one of the list");
    return make_[static_cast<std::size_t>(found - names_.begin())]();
  }

 private:
  std::vector<std::string> names_;
  std::vector<Make> make_;
};

}  // namespace chokepoint::models
