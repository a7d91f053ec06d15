#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "sim/catalogue/entry.hpp"
#include "sim/input/fault.hpp"
#include "sim/input/near_name.hpp"

namespace chokepoint::sim {

/// All entries of one kind, read when first asked for and kept; safe to ask from several threads.
template <class T>
class Shelf {
 public:
  using Entries = std::map<std::string, Entry<T>>;

  Shelf(std::string_view kind, std::function<Entries()> read) : kind_(kind), read_(std::move(read)) {}

  [[nodiscard]] const Entries& entries() const {
    std::call_once(once_, [this] { entries_ = read_(); });
    return entries_;
  }

  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& [name, entry] : entries()) names.push_back(name);
    return names;
  }

  /// Null if there is no such entry.
  [[nodiscard]] const Entry<T>* find(std::string_view name) const {
    const auto found = entries().find(std::string(name));
    return found == entries().end() ? nullptr : &found->second;
  }

  /// Throws InputError with a near name if there is no such entry.
  [[nodiscard]] const Entry<T>& at(std::string_view name) const {
    if (const Entry<T>* entry = find(name)) return *entry;
    throw InputError(Fault{.file = "catalogue " + kind_,
                           .where = {},
                           .expected = "the name of an entry",
                           .found = '"' + std::string(name) + '"',
                           .hint = name_hint(name, names())});
  }

 private:
  std::string kind_;
  std::function<Entries()> read_;
  mutable std::once_flag once_;
  mutable Entries entries_;
};

}  // namespace chokepoint::sim
