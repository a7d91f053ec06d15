#pragma once

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "models/contract/expects.hpp"

namespace chokepoint::models {

/// The policies of one kind, each under the name that a scenario gives it: what there is, and how it is made, said
/// once. Those that have something to be told are made with the terms, the others without.
template <class Policy, class Terms>
class PolicyList {
 public:
  using Make = std::unique_ptr<Policy> (*)(const Terms& terms);
  struct Entry {
    std::string name;
    Make make;
  };

  template <class Concrete>
  static Entry entry(std::string name) {
    return {std::move(name), [](const Terms& terms) -> std::unique_ptr<Policy> {
              if constexpr (std::is_constructible_v<Concrete, const Terms&>) {
                return std::make_unique<Concrete>(terms);
              } else {
                return std::make_unique<Concrete>();
              }
            }};
  }

  PolicyList(std::initializer_list<Entry> entries) {
    for (const Entry& entry : entries) {
      names_.push_back(entry.name);
      make_.push_back(entry.make);
    }
  }

  [[nodiscard]] std::span<const std::string> names() const { return names_; }
  /// `name` is one of names().
  [[nodiscard]] std::unique_ptr<Policy> make(std::string_view name, const Terms& terms) const {
    const auto found = std::ranges::find(names_, name);
    expects(found != names_.end(), "the name of a policy is one of the list");
    return make_[static_cast<std::size_t>(found - names_.begin())](terms);
  }

 private:
  std::vector<std::string> names_;
  std::vector<Make> make_;
};

}  // namespace chokepoint::models
